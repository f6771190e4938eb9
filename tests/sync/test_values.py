"""The small rules: addresses, zones, cells for spreadsheets, folding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peergroup.sync.addresses import is_address
from peergroup.sync.cells import safe_cell
from peergroup.sync.folding import fold
from peergroup.sync.records import Record
from peergroup.sync.zones import zone_named

GOOD = [
    "a@b.example",
    "o'connor+x@b-c.d.example",
    "jürgen@müller.example",
    "用户@例子.中国",
    "a.b.@docomo.example",
]
BAD = ["", "a", "a@b", "@b.example", "a@", "a@@b.example", "a b@c.example", "a@b..example", "a@-b.example"]
BAD += [
    "a@b-.example",
    "<a@b.example>",
    "a@b.example, c@d.example",
    "a@b.example\n",
    "a\u200b@b.example",
    "a@b.12",
]
BAD += [
    "x" * 65 + "@b.example",
    "a@" + "x" * 64 + ".example",
    "a@" + "b." * 200 + "example",
    "mailto:a@b.example",
]


@pytest.mark.parametrize("text", GOOD)
def test_what_mail_can_be_sent_to_is_an_address(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize("text", BAD)
def test_what_mail_cannot_be_sent_to_is_no_address(text: str) -> None:
    assert not is_address(text)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("europe_slash_oslo", "Europe/Oslo"),
        ("america_slash_port_hyphen_au_hyphen_prince", "America/Port-au-Prince"),
        ("America/New York", "America/New_York"),
        ("(GMT+01:00) Central European Standard Time (Europe/Warsaw)", "Europe/Warsaw"),
        ("utc", "UTC"),
        ("Mars/Olympus", None),
        ("../../etc/passwd", None),
        ("localtime", None),
        ("()", None),
    ],
)
def test_zones_are_known_in_the_spellings_of_crms(text: str, zone: str | None) -> None:
    assert zone_named(text) == zone


@pytest.mark.parametrize("text", ["", "Ada", "a=b", "O'Connor", "1+1", "'=1", "李"])
def test_harmless_text_leaves_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


@given(st.text(alphabet="=+-@ \t\r\n'a\ufeff", max_size=8))
def test_a_cell_made_safe_is_safe_and_stays_so(text: str) -> None:
    assert safe_cell(text)[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n"}
    assert safe_cell(safe_cell(text)) == safe_cell(text)


@given(st.lists(st.sampled_from("abA"), max_size=12))
def test_the_last_of_each_reference_stands_and_the_order_is_kept(references: list[str]) -> None:
    records = [Record(row, reference, "Ada") for row, reference in enumerate(references)]
    places = fold(records)
    assert [place.position for place in places] == list(range(len(references)))
    for reference in set(references):
        mine = [place for place in places if references[place.position] == reference]
        assert [place.is_standing for place in mine] == [False] * (len(mine) - 1) + [True]
        assert [place.is_first for place in mine] == [True] + [False] * (len(mine) - 1)
        assert {(place.first, place.standing) for place in mine} == {(mine[0].position, mine[-1].position)}

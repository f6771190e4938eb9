"""Text: what a field takes comes back as it was stored, on both databases; what it refuses never gets there."""

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from peergroup.kit import text
from peergroup.kit.text import Email, Key, Line, Note, Question, Tag, Tags, Words, fold, is_email
from tests.world import Actor

anything = st.text(st.characters(exclude_categories=[]), max_size=220)
strange = st.sampled_from(
    [
        "\u200b",
        "\u0301",
        "\ufe0f",
        "\u3164",
        "\x00",
        "\ud800",
        "\u2028",
        "\x85",
        "\xa0",
        "\ufeff",
        "\x1c",
        "\t",
        "\n",
        "\x7f",
        "😀",
        "e\u0301",
    ]
)
mixed = st.lists(strange | st.text(max_size=3), max_size=6).map("".join)


BEYOND = {
    chr(code) for code in [*range(0x1BCA0, 0x1BCA4), *range(0x1D165, 0x1D183), *range(0xE0000, 0xE1000)]
}
UNSEEN = [
    "\u200b",
    "\u200d\u200d",
    "\ufeff",
    "\u2060",
    "\u00ad",
    "\u034f",
    "\u202e",
    "\ufe0f",
    "\U000e0100",
    "\U000e0041\U000e007f",
    "\u0301",
    "\u0301\u0302\u20e3",
    "\u3164",
    "\u115f\u1160",
    "\uffa0",
    "\u2800",
    "\u180e",
    " \u200b \u0301 ",
]


def judged(kind: Any, value: str) -> str | None:
    """What the type makes of a value; None where it refuses."""
    try:
        found: str = TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return None
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=anything | mixed)
@example(value="İ" * 200)
@example(value="ß" * 200)
@example(value="\U0010ffff" * 200)
async def test_a_line_is_stored_as_it_was_judged(player: Actor, value: str) -> None:
    expected = judged(Line, value)
    body = TypeAdapter(dict[str, str]).dump_json({"name": value}) if value.isprintable() else None
    sent = (
        {"content": body, "headers": {"Content-Type": "application/json"}}
        if body
        else {"json": {"name": value}}
    )
    try:
        made = await player.call("POST", "/toys", **sent)
    except UnicodeEncodeError:
        return  # No client can send a lone surrogate but as an escape: tests/kit/test_limits.py does.
    if expected is None:
        assert made.status_code == 422, made.text
    elif made.status_code == 409:
        assert "conflict" in made.json()["code"]  # The same name as before, differently written.
    else:
        assert made.status_code == 201, made.text
        assert made.json()["name"] == expected
        read = await player.get(f"/toys/{made.json()['id']}")
        assert read.json()["name"] == expected


@given(anything | mixed)
def test_the_patterns_of_the_contract_judge_like_the_types(value: str) -> None:
    if any("\ud800" <= character <= "\udfff" for character in value):
        return  # No JSON text holds one that is alone.
    short = 0 < len(value) <= 200
    if any(character in BEYOND for character in value):
        return  # No pattern of both languages can name them.
    # A line break at the very end is where `$` means something else in Python than in ECMA-262.
    line = re.fullmatch(text.LINE_PATTERN[1:-1], value) is not None
    said = re.fullmatch(text.SAID_PATTERN[1:-1], value) is not None
    assert (judged(Line, value) is not None) == (line and short)
    assert (judged(Question, value) is not None) == (said and 0 < len(value) <= 300)


@pytest.mark.parametrize(("kind", "longest"), [(Line, 200), (Question, 300), (Note, 2_000), (Words, 10_000)])
def test_every_type_has_its_length(kind: Any, longest: int) -> None:
    assert judged(kind, "x" * longest) is not None
    assert judged(kind, "x" * (longest + 1)) is None
    assert judged(kind, "") is None
    assert judged(kind, " \t ") is None
    assert judged(kind, "a\x00b") is None


@pytest.mark.parametrize("unseen", UNSEEN)
@pytest.mark.parametrize("kind", [Line, Question, Note, Words, Tag])
def test_what_nobody_can_see_is_blank(kind: Any, unseen: str) -> None:
    assert judged(kind, unseen) is None
    for seen in ("a", "1", "😀", "ब", "字", "é", "-", "."):
        assert (judged(kind, f"{unseen}{seen}{unseen}") or "").strip() == f"{unseen}{seen}{unseen}".strip()


@pytest.mark.parametrize("name", UNSEEN)
async def test_a_name_that_nobody_can_see_is_refused(player: Actor, name: str) -> None:
    refused = await player.post("/toys", {"name": name})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/name")


def test_a_line_has_no_breaks_and_no_outer_blanks() -> None:
    assert judged(Line, "  Ada Lovelace ") == "Ada Lovelace"
    for character in "\n\r\t\x0b\x0c\x1b\x7f":
        assert judged(Line, f"Ada{character}Lovelace") is None


def test_words_keep_their_lines() -> None:
    assert judged(Words, "one\n\ttwo\n") == "one\n\ttwo\n"


@pytest.mark.parametrize("key", ["a", "a.b-c_d", "0", "x" * 100])
def test_keys_are_plain(key: str) -> None:
    assert judged(Key, key) == key


@pytest.mark.parametrize("key", ["", "A", "-a", "a b", "a\n", "ä", "x" * 101])
def test_keys_are_nothing_else(key: str) -> None:
    assert judged(Key, key) is None


@pytest.mark.parametrize("address", ["ada@example.com", "a+b@sub.example.org", "ü@example.com", "a@ü.de"])
def test_these_are_addresses(address: str) -> None:
    assert is_email(address)
    assert judged(Email, f" {address} ") == address


@pytest.mark.parametrize(
    "address",
    ["", "ada", "ada@", "@example.com", "ada@example", "a b@example.com", "a@b@example.com", "ada@example.com\n",
     "ada@.com", "ada@example..com", "<ada@example.com>", "ada\x00@example.com", "x" * 65 + "@example.com",
     "ada@" + "x" * 320 + ".com"],
)  # fmt: skip
def test_these_are_none(address: str) -> None:
    assert not is_email(address)


@given(st.text(max_size=400))
def test_judging_an_address_takes_no_longer_than_reading_it(value: str) -> None:
    is_email(value * 2)
    is_email("a@" + ".".join(value) + "@")


def test_folding_finds_the_same_address_however_it_is_written() -> None:
    assert fold(" ADA@Example.COM ") == fold("ada@example.com")
    assert fold("STRASSE") == fold("straße")


def test_there_are_at_most_thirty_tags() -> None:
    TypeAdapter(Tags).validate_python(["x"] * 30)
    with pytest.raises(ValidationError):
        TypeAdapter(Tags).validate_python(["x"] * 31)

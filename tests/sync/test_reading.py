"""Reading exports: what rows come of which bytes."""

import collections
import itertools
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peergroup.sync.reading import Reader
from peergroup.sync.rows import Bounds, Row

DATA = Path(__file__).parents[1] / "data"
SMALL = Bounds(field=40, row=80, columns=6, column_name=12, block=7)


def rows_of(data: bytes, content_type: str | None = None, bounds: Bounds | None = None) -> list[Row]:
    reader = Reader(content_type, bounds or Bounds())
    return [*reader.feed(data), *reader.close()]


def cells_of(data: bytes, content_type: str | None = None) -> list[list[str | None]]:
    return [list(row.cells.values()) for row in rows_of(data, content_type)]


def codes_of(data: bytes, bounds: Bounds | None = None) -> list[tuple[int, str | None]]:
    return [(row.number, row.problem.code if row.problem else None) for row in rows_of(data, None, bounds)]


@pytest.mark.parametrize(
    ("file", "encoding", "delimiter", "rows", "footer_rows"),
    [
        ("hubspot-contacts.csv", "utf-8", ",", 21, 0),
        ("salesforce-report.csv", "utf-8", ",", 3, 3),
        ("excel-german.csv", "cp1252", ";", 2, 0),
    ],
)
def test_the_exports_are_read_as_they_are(
    file: str, encoding: str, delimiter: str, rows: int, footer_rows: int
) -> None:
    reader = Reader("text/csv")
    found = [*reader.feed((DATA / file).read_bytes()), *reader.close()]
    assert (reader.encoding, reader.delimiter) == (encoding, delimiter)
    assert (len(found), reader.footer_rows) == (rows, footer_rows)
    assert [row.number for row in found] == list(range(2, rows + 2))
    assert not any(row.problem for row in found)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_umlauts_survive_every_encoding(encoding: str) -> None:
    assert cells_of("Id;Name\n1;Jürgen Groß\n2;Zoë\n".encode(encoding)) == [
        ["1", "Jürgen Groß"],
        ["2", "Zoë"],
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_the_encoding_is_told_by_the_first_umlaut_however_late_it_comes(encoding: str) -> None:
    rows = rows_of(b"Id,Name\n" + b"1,Plain Name\n" * 20_000 + "2,Jürgen\n".encode(encoding))
    assert rows[-1].cells == {"Id": "2", "Name": "Jürgen"}


def test_one_broken_name_does_not_turn_a_utf_8_file_into_another() -> None:
    data = "Id,Name\n1,Zoë\n2,Jürgen\n".encode() + b"3,Bj\xf8rn\n" + "4,Åsa\n".encode()
    assert codes_of(data) == [(2, None), (3, None), (4, "undecodable_text"), (5, None)]
    assert rows_of(data)[3].cells["Name"] == "Åsa"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_delimiter_and_line_end_are_found_out(delimiter: str, line_end: str) -> None:
    text = line_end.join([delimiter.join(row) for row in (("Id", '"Name, in; full"'), ("1", "AB"))])
    assert rows_of(text.encode())[0].cells == {"Id": "1", "Name, in; full": "AB"}


def test_excels_hint_names_the_delimiter_and_is_no_row() -> None:
    assert rows_of(b"sep=;\r\nId;A,B,C\r\n1;x\r\n") == [Row(2, ("Id", "A,B,C"), {"Id": "1", "A,B,C": "x"})]


def test_quoted_cells_keep_delimiters_quotes_and_line_breaks() -> None:
    data = b'Id,Note,Name\r\n1,"a ""b"", c\r\n\r\nd",X\r\n2,5" pipe,Y\r\n'
    assert cells_of(data) == [["1", 'a "b", c\n\nd', "X"], ["2", '5" pipe', "Y"]]


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    data = b'Id,Note\n1,"two\nlines"\n\n ,\n2,x\n'
    assert [row.number for row in rows_of(data)] == [2, 5]


def test_columns_of_one_name_are_told_apart() -> None:
    reader = Reader()
    assert not [*reader.feed(b"Email,,Email, Email \n"), *reader.close()]
    assert reader.columns == ("Email", "", "Email (2)", "Email (3)")


def test_a_short_row_lacks_cells_and_a_long_one_is_a_problem_unless_the_surplus_is_empty() -> None:
    data = b"Id,Name\n1\n2,A,,\n3,Pena Industrial, S.A.\n"
    assert codes_of(data) == [(2, None), (3, None), (4, "too_many_cells")]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b'Id,Name\n1,"' + b"x\n" * 60 + b'"\n2,B\n', (2, "row_too_long")),
        (b"Id,Name\n1," + b"x" * 41 + b"\n2,B\n", (2, "cell_too_long")),
        (b"Id,Name\n1,a\0b\n2,B\n", (2, "nul_character")),
        (b'Id,Name\n2,B\n3,"never closed\n4,D\n', (3, "unclosed_quote")),
        (b"a,b,c,d,e,f,g\n1,2\n", (1, "too_many_columns")),
        (b"Id,a name too long\n1,2\n", (1, "column_name_too_long")),
        (b'{"id": 1, "name": "a\\u0000b"}\n{"id": "2", "name": "B"}', (1, "nul_character")),
        (b'{"id": 1, "name": "a\\ud800b"}\n{"id": "2", "name": "B"}', (1, "undecodable_text")),
        (b'{"id": NaN}\n{"id": "2", "name": "B"}', (1, "not_an_object")),
        (b'{"id": ' + b"[" * 60 + b"\n" + b'{"id": "2", "name": "B"}', (1, "not_an_object")),
        (b'{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1}\n{"id": "2", "name": "B"}', (1, "too_many_columns")),
        (b'{"a name too long": 1}\n{"id": "2", "name": "B"}', (1, "column_name_too_long")),
    ],
)
def test_what_is_out_of_bounds_is_a_problem_of_its_row_alone(data: bytes, problem: tuple[int, str]) -> None:
    rows = rows_of(data, bounds=SMALL)
    found = [(row.number, row.problem.code) for row in rows if row.problem]
    good = [[*row.cells.values()] for row in rows if not row.problem]
    assert found == [problem]
    assert good == ([] if problem[0] == 1 and data[:1] != b"{" else [["2", "B"]])


def test_an_overlong_note_cannot_pass_its_lines_off_as_rows() -> None:
    note = b'"' + b'x ""y"",\n666,Intruder\n' * 10 + b'"'
    data = b"Id,Name,Note\n1,A," + note + b"\n2,B,\n"
    assert codes_of(data, SMALL) == [(2, "row_too_long"), (3, None)]


@pytest.mark.parametrize("quoted", [b'x"y', b'"x"y"', b'"x"",""y"'])
def test_an_overlong_row_ends_where_its_quoting_says(quoted: bytes) -> None:
    # The quotes stand far behind the bound, where the row is already being skipped.
    data = b"Id,Note\n1," + b"x" * 120 + b"," + quoted + b"\n2,B\n"
    assert codes_of(data, SMALL) == [(2, "row_too_long"), (3, None)]


def test_the_bound_on_rows_is_the_same_whether_or_not_the_row_fits_a_block() -> None:
    for block in (7, 1000):
        bounds = Bounds(field=100, row=80, block=block)
        assert codes_of(b"Id,Note\n1," + b"x" * 78 + b"\n2," + b"x" * 79 + b"\n", bounds) == [
            (2, None),
            (3, "row_too_long"),
        ]


def test_half_a_character_at_the_end_is_a_problem_of_the_last_row() -> None:
    data = "Id,Name\n1,Ada".encode("utf-16")
    assert codes_of(data) == [(2, None)]
    assert codes_of(data + b"x") == [(2, "undecodable_text")]


def test_blanks_before_the_header_are_kept_until_it_is_known_what_comes() -> None:
    data = b"\n" * 20 + b"\tName\tId\n1\tA\t2\n"
    assert rows_of(data, bounds=SMALL) == [Row(22, ("", "Name", "Id"), {"": "1", "Name": "A", "Id": "2"})]


def test_json_nested_beyond_reason_is_a_problem_and_not_a_crash() -> None:
    assert codes_of(b'{"id":' + b"[" * 100_000 + b"\n") == [(1, "not_an_object")]


def test_ndjson_keeps_numbers_as_written_and_knows_all_columns() -> None:
    data = b'{"id": 12345678901234567890, "vip": true}\n\n{"id": "7", "name": null, "tags": ["a"]}\n'
    first, second = rows_of(data)
    assert first == Row(1, ("id", "vip", "name", "tags"), {"id": "12345678901234567890", "vip": "true"})
    assert (second.number, second.cells) == (3, {"id": "7", "name": "", "tags": None})


def test_the_content_type_outranks_the_first_character() -> None:
    assert cells_of(b"{id,name\n1,A\n", "text/csv; charset=utf-8") == [["1", "A"]]
    assert cells_of(b'\xef\xbb\xbf \n{"id": "1"}') == [["1"]]
    assert codes_of(b"") == []
    assert rows_of(b"id,name\n", "application/x-ndjson")[0].problem is not None
    assert cells_of(b"a,b\tc\n1\t2\n", "text/tab-separated-values") == [["1", "2"]]


@pytest.mark.parametrize(
    ("below", "footers", "kept"),
    [
        (b"\nPeer group candidates\nGenerated by Ines Moreau\n", 2, []),
        (b'"Copyright (c) 2026 salesforce.com, inc.",,\n', 1, []),
        (b"\nGrand Totals (3 records)\n\n9,Real,r@x.example\n", 1, ["9"]),
        (b"\n9,Real Person,\n", 0, ["9"]),
        (b"\n10121\nK-001\n", 0, ["10121", "K-001"]),
        (b"\nmaren oster@fjord.example\n", 0, ["maren oster@fjord.example"]),
        (b"\n0049 30 1234\n", 0, ["0049 30 1234"]),
        (b"Two words,,\n", 0, ["Two words"]),
        (b"\nTwo words,,x\n", 0, ["Two words"]),
    ],
)
def test_footers_are_counted_and_contacts_are_never_taken_for_one(
    below: bytes, footers: int, kept: list[str]
) -> None:
    reader = Reader()
    rows = [*reader.feed(b"Id,Name,Email\n1,A,a@x.example\n" + below), *reader.close()]
    assert (reader.footer_rows, [row.cells["Id"] for row in rows[1:]]) == (footers, kept)


def test_a_list_with_two_columns_has_no_footers() -> None:
    assert len(rows_of(b"Id,Name\n\nCopyright notice\n")) == 1


TEXTS = st.text(alphabet='ab,;\t|"\n\r{}:1é€\0\ufeff\U0001f40d', max_size=120)
BYTES = st.one_of(
    st.binary(max_size=200),
    st.builds(str.encode, TEXTS, st.sampled_from(["utf-8", "utf-16", "utf-8-sig"])),
    st.builds(lambda text: text.encode("cp1252", "replace"), TEXTS),
    st.builds(
        lambda lines: "\n".join(f'{{"a": "{line}"}}' for line in lines).encode(), st.lists(TEXTS, max_size=4)
    ),
)


@given(data=BYTES, cuts=st.lists(st.integers(0, 400), max_size=8), blocks=st.integers(1, 50))
def test_where_the_stream_is_cut_makes_no_difference(data: bytes, cuts: list[int], blocks: int) -> None:
    reader, edges = Reader(bounds=SMALL), [0, *sorted(cuts), len(data)]
    pieces = [data[start:end] for start, end in itertools.pairwise(edges)]
    rows = [row for piece in pieces for row in reader.feed(piece)]
    assert [*rows, *reader.close()] == rows_of(data, bounds=SMALL)
    # Nor does the size of the blocks inside, but for NDJSON's columns, which are known as far as was read.
    other = rows_of(data, bounds=Bounds(field=40, row=80, columns=6, column_name=12, block=blocks))
    assert [row[:1] + row[2:] for row in other] == [row[:1] + row[2:] for row in rows_of(data, bounds=SMALL)]


@given(data=BYTES, content_type=st.sampled_from([None, "text/csv", "application/x-ndjson"]))
def test_no_bytes_make_the_reader_raise(data: bytes, content_type: str | None) -> None:
    for row in rows_of(data, content_type):
        assert len(row.cells) <= len(row.columns)
        "".join(cell or "" for cell in row.cells.values()).encode()


UNITS = {
    "open quote": b"x," * 31 + b"y\n",
    "one line": b"x" * 64,
    "blank": b" " * 63 + b"\n",
    "rows": b"1,A," + b"x" * 59 + b"\n",
    "quotes": b'""' + b"x" * 62,
}


def peak_of(kind: str, pieces: int) -> int:
    """The most memory held, in bytes, while that many pieces of 64 KiB are read."""
    reader = Reader()
    tracemalloc.start()
    try:
        collections.deque(
            reader.feed(b'Id,Name,Note\n1,A,"' if kind == "open quote" else b"Id,Name,Note\n"), 0
        )
        for _ in range(pieces):
            collections.deque(reader.feed(UNITS[kind] * 1024), 0)
        collections.deque(reader.close(), 0)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", UNITS)
def test_memory_does_not_grow_with_the_file_whatever_comes(kind: str) -> None:
    assert peak_of(kind, 40) < 1.3 * peak_of(kind, 8) < 2_500_000

"""From rows to people: columns, rules, folding, and the three exports as a whole."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peergroup.sync.cells import safe_cell
from peergroup.sync.folding import fold
from peergroup.sync.mapping import Mapping, MappingError, detect, override
from peergroup.sync.reading import Reader
from peergroup.sync.records import Notice, Record, Rejection
from peergroup.sync.rows import Row

DATA = Path(__file__).parents[1] / "data"
COLUMNS = ("Id", "Name", "Email", "Company", "Title", "Industry", "Time Zone", "Level")


def read(file: str) -> tuple[Mapping, list[Record], list[Rejection], int]:
    reader = Reader("text/csv")
    rows = [*reader.feed((DATA / file).read_bytes()), *reader.close()]
    mapping = detect(reader.columns)
    taken = [mapping.apply(row) for row in rows]
    records = [one for one in taken if isinstance(one, Record)]
    return mapping, records, [one for one in taken if isinstance(one, Rejection)], reader.footer_rows


def judged(**cells: str | None) -> Record | Rejection:
    """What becomes of a row that is good but for these cells (`Time_Zone` stands for `Time Zone`)."""
    given_cells = {"Id": "1", "Name": "Ada", **{name.replace("_", " "): text for name, text in cells.items()}}
    return detect(COLUMNS).apply(Row(7, COLUMNS, given_cells))


def code_of(outcome: Record | Rejection) -> str | None:
    return outcome.code if isinstance(outcome, Rejection) else None


def conflicts(records: list[Record], taken: dict[str, str]) -> list[str]:
    """References whose e-mail belongs to another reference already; `taken` is e-mail → reference."""
    found = []
    for record in records:
        key = record.email_key
        if key and taken.setdefault(key, record.external_id) != record.external_id:
            found.append(record.external_id)
    return found


def test_the_three_exports_become_the_people_they_hold() -> None:
    taken: dict[str, str] = {}
    outcomes = {}
    for file in ("hubspot-contacts.csv", "salesforce-report.csv", "excel-german.csv"):
        _, records, rejections, footer_rows = read(file)
        standing = [record for record, place in zip(records, fold(records), strict=True) if place.is_standing]
        clash = conflicts(standing, taken)
        people = len(standing) - len(clash)
        outcomes[file] = (
            len(records),
            people,
            clash,
            [(r.row, r.column, r.code) for r in rejections],
            footer_rows,
        )
    assert outcomes == {
        "hubspot-contacts.csv": (
            19,
            17,
            ["10113"],
            [(16, "Last Name", "no_name"), (17, "Email", "not_an_email")],
            0,
        ),
        "salesforce-report.csv": (3, 2, ["0035g00000ABCDEAA1"], [], 3),
        "excel-german.csv": (2, 2, [], [], 0),
    }


def test_the_hubspot_export_is_taken_as_it_stands() -> None:
    mapping, records, rejections, _ = read("hubspot-contacts.csv")
    by_reference = {record.external_id: record for record in records}
    assert by_reference["10101"] == Record(
        row=2,
        external_id="10101",
        name="Maren Östergård",
        email="maren@fjordlogic.example",
        company="Fjordlogic AS",
        job_title="CEO",
        industry="Computer Software",
        time_zone="Europe/Oslo",
    )
    assert (by_reference["10104"].row, by_reference["10104"].job_title) == (19, "CEO")
    assert by_reference["10114"].email is None
    assert by_reference["10117"].name == '=HYPERLINK("http://evil.example") Formula'
    assert by_reference["10117"].company == "+1+1 Ltd"
    assert [notice.code for notice in by_reference["10118"].warnings] == ["unknown_time_zone"]
    assert by_reference["10118"].time_zone is None
    assert (by_reference["10119"].name, by_reference["10120"].name) == ("Ида Петрова", "李 雷")
    assert {record.external_id for record in records if record.warnings} == {"10118"}
    assert rejections[1].reason == "This is not an e-mail address."
    assert mapping.ignored[0] == "Phone Number"
    assert mapping.ignored[-1] == "Notes"


def test_the_other_two_exports_keep_spelling_and_lose_blanks() -> None:
    assert [record.email for record in read("salesforce-report.csv")[1]][2] == "MARTA@kowalska.example"
    first, second = read("excel-german.csv")[1]
    assert (first.external_id, first.name, first.job_title) == ("K-001", "Jürgen Müller", "Geschäftsführer")
    assert (second.name, second.company) == ("Sabine Groß", "Groß; Söhne")


@pytest.mark.parametrize(
    ("columns", "fields"),
    [
        (
            ("Kd.-Nr.", "Vorname", "Name", "E-Mail-Adresse"),
            ["external_id", "first_name", "last_name", "email"],
        ),
        (("id", "NAME", "e_mail", "Zeitzone"), ["external_id", "name", "email", "time_zone"]),
        (("hs_object_id", "firstname", "jobtitle"), ["external_id", "first_name", "job_title"]),
        (("Id", "FirstName", "TimeZoneSidKey"), ["external_id", "first_name", "time_zone"]),
        (("Datensatz-ID", "Vollständiger Name", "Telefon"), ["external_id", "name"]),
    ],
)
def test_columns_are_known_by_their_usual_names(columns: tuple[str, ...], fields: list[str]) -> None:
    assert detect(columns).fields == dict(zip(fields, columns, strict=False))


def test_of_two_columns_for_one_field_the_more_telling_one_is_taken() -> None:
    mapping = detect(("ID", "Record ID", "Name", "Shoe size"))
    assert (mapping.fields["external_id"], mapping.ignored) == ("Record ID", ("ID", "Shoe size"))


def test_overrides_outrank_names_and_can_leave_a_column_out() -> None:
    chosen = [override("Who = really?=name"), override("id=IGNORE"), override("key=external_id")]
    mapping = detect(("ID", "Name", "Who = really?", "Key"), chosen)
    assert mapping.fields == {"name": "Who = really?", "external_id": "Key"}
    assert mapping.ignored == ("ID", "Name")


@pytest.mark.parametrize("text", ["Name", "=name", "Name=shoe_size", "Name="])
def test_an_override_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(MappingError, match="COLUMN=field"):
        override(text)


@pytest.mark.parametrize(
    ("columns", "overrides", "message"),
    [
        (("Surname", "Mail"), [], "the columns are: Surname, Mail"),
        (("Id", "Mail"), [], "No column holds names"),
        ((), [], "the file has no header"),
        (("Id", "Name"), [("Nam", "name")], "no column “Nam”; the columns are: Id, Name"),
        (("Id", "A", "B"), [("A", "name"), ("B", "name")], "mapped already"),
        (("Id", "A"), [("A", "name"), ("A", "email")], "mapped already"),
        (("Id", "A"), [("A", "shoe_size")], "no field “shoe_size”"),
        (tuple(f"c{n}" for n in range(99)), [], "c29 and 69 more"),
    ],
)
def test_a_file_that_cannot_be_mapped_is_told_why(
    columns: tuple[str, ...], overrides: list[tuple[str, str]], message: str
) -> None:
    with pytest.raises(MappingError, match=message):
        detect(columns, overrides)


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"Id": " "}, "no_reference", "Id"),
        ({"Id": "1,01E+15"}, "mangled_reference", "Id"),
        ({"Name": "\u00a0 "}, "no_name", "Name"),
        ({"Name": None}, "not_text", "Name"),
        ({"Email": "ada(at)x.example"}, "not_an_email", "Email"),
        ({"Id": "x" * 201}, "too_long", "Id"),
        ({"Name": "x" * 201}, "too_long", "Name"),
        ({"Email": "x" * 321}, "too_long", "Email"),
        ({"Company": "x" * 201}, "too_long", "Company"),
        ({"Title": "x" * 201}, "too_long", "Title"),
        ({"Industry": "x" * 201}, "too_long", "Industry"),
    ],
)
def test_a_row_is_rejected_with_row_column_and_reason(
    cells: dict[str, str | None], code: str, column: str
) -> None:
    rejection = judged(**cells)
    assert isinstance(rejection, Rejection)
    assert (rejection.row, rejection.column, rejection.code) == (7, column, code)
    assert rejection.reason.endswith(".")


def test_texts_of_exactly_the_longest_length_are_taken() -> None:
    assert code_of(judged(Id="x" * 200, Name="x" * 200, Company="x" * 200)) is None


def test_first_and_last_name_together_may_not_be_too_long() -> None:
    columns = ("Id", "First Name", "Last Name")
    row = Row(2, columns, {"Id": "1", "First Name": "x" * 100, "Last Name": "y" * 100})
    assert code_of(detect(columns).apply(row)) == "too_long"


def test_a_broken_row_becomes_its_rejection() -> None:
    reader = Reader()
    rows = [*reader.feed(b"Id,Name\n1,a\0b\n"), *reader.close()]
    assert detect(reader.columns).apply(rows[0]) == Rejection(
        2, None, "This row contains a NUL character.", "nul_character"
    )


def test_columns_that_come_later_add_fields_but_move_none() -> None:
    mapping, later = detect(("id", "name")), ("id", "name", "email", "Record ID")
    cells = {"id": "1", "name": "Ada", "email": "ada@x.example", "Record ID": "9"}
    assert mapping.apply(Row(2, later, cells)) == Record(2, "1", "Ada", "ada@x.example")


def test_addresses_are_kept_as_given_and_compared_without_case() -> None:
    record = judged(Email=" Ada@STRASSE.Example\t")
    assert isinstance(record, Record)
    assert (record.email, record.email_key) == ("Ada@STRASSE.Example", "ada@strasse.example")


def test_an_unknown_zone_is_a_warning_and_no_rejection() -> None:
    record = judged(Time_Zone="Mars/Olympus")
    assert isinstance(record, Record)
    reason = "This time zone is not known; the organization's zone is used."
    assert record.warnings == (Notice("unknown_time_zone", "Time Zone", reason),)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", " =1", "\n=1", "\ufeff=1", "＝1", "\tx", "\rx"]
)
def test_what_could_be_a_formula_leaves_as_text_and_comes_in_unchanged(text: str) -> None:
    assert safe_cell(text) == f"'{text}"
    record = judged(Company=text)
    assert isinstance(record, Record)
    assert record.company == " ".join(text.split())


CELLS = st.dictionaries(st.sampled_from(COLUMNS), st.none() | st.text(max_size=30), max_size=8)


@given(CELLS)
def test_no_cells_make_the_mapping_raise(cells: dict[str, str | None]) -> None:
    outcome = detect(COLUMNS).apply(Row(2, COLUMNS, cells))
    assert isinstance(outcome, Record | Rejection)


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)


@given(st.lists(WORDS.filter(lambda text: text.split()), min_size=1, max_size=5))
def test_what_python_writes_as_csv_is_read_back(names: list[str]) -> None:
    file = io.StringIO()
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows([["Id", "Name"], *(["1", name] for name in names)])
    reader = Reader()
    rows = [*reader.feed(file.getvalue().encode("utf-8-sig")), *reader.close()]
    assert [row.cells["Name"] for row in rows] == names

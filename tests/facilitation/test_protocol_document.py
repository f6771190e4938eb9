"""The document format: what it takes, what it refuses, and where it says so."""

import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peergroup.facilitation.document import InvalidProtocol, parse, read
from peergroup.facilitation.library import builtins
from peergroup.facilitation.protocol import json_schema
from peergroup.kit.yaml_text import UnreadableText, read_yaml
from tests.facilitation.people import DOCUMENTS, a_protocol

METHODS = sorted(path.stem for path in DOCUMENTS.glob("*.yaml"))


def findings_of(text: str) -> list[tuple[str, int | None]]:
    with pytest.raises(InvalidProtocol) as refused:
        read(text)
    return [(finding.pointer, finding.line) for finding in refused.value.findings]


@pytest.mark.parametrize("name", METHODS)
def test_every_method_written_only_as_yaml_is_taken_and_fits_the_schema(name: str) -> None:
    text = (DOCUMENTS / f"{name}.yaml").read_text(encoding="utf-8")
    protocol = read(text, source=name)
    plain, _ = read_yaml(text)
    jsonschema.validate(plain, json_schema(), cls=jsonschema.Draft202012Validator)
    assert parse(protocol.model_dump(mode="json")) == protocol


def test_the_published_schema_is_a_schema_and_every_field_has_a_description_and_an_example() -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for part in (schema, *schema["$defs"].values()):
        assert part["additionalProperties"] is False
        for name, field in part["properties"].items():
            assert field.get("description"), name
            assert field.get("examples"), name


def test_dumping_a_document_gives_back_the_spelling_of_its_author() -> None:
    text = a_protocol(
        "accepts: {everyone: [idea]}, exit: [min_contributions, everyone_posted_or_passed]",
        "accepts: {everyone: [reply]}, parents: {reply: idea}, exit: [min_contributions: 2]",
    )
    plain, _ = read_yaml(text)
    assert read(text).model_dump(mode="json", exclude_unset=True) == plain


def test_a_digest_depends_on_what_is_said_and_not_on_how_it_is_written() -> None:
    first = read(a_protocol("accepts: {everyone: [idea]}"))
    quoted = read(a_protocol('"accepts": {"everyone": ["idea"]}, visibility: open'))
    other = read(a_protocol("accepts: {everyone: [card]}"))
    assert first.digest() == quoted.digest() != other.digest()


@pytest.mark.parametrize(
    ("phase", "pointer"),
    [
        ("colour: red", "/phases/0/colour"),
        ("breakout: 5", "/phases/0/breakout"),
        ("breakout: true", "/phases/0/breakout"),
        ("breakout: 2.0", "/phases/0/breakout"),
        ("visibility: hidden", "/phases/0/visibility"),
        ("anonymous: 1", "/phases/0/anonymous"),
        ("accepts: {everyone: idea}", "/phases/0/accepts/everyone"),
        ("accepts: {everyone: []}", "/phases/0/accepts/everyone"),
        ("accepts: {everyone: [idea, idea]}", "/phases/0/accepts/everyone"),
        ("accepts: {everyone: [An Idea]}", "/phases/0/accepts/everyone/0"),
        ("accepts: {everyone: [idea]}, per_person: {idea: 0}", "/phases/0/per_person/idea"),
        ("accepts: {everyone: [idea]}, per_person: {idea: many}", "/phases/0/per_person/idea"),
        ("listens: [everyone, everyone]", "/phases/0/listens"),
        ("marks: [{list: top, on: [idea], by: everyone}]", "/phases/0/marks/0/budget"),
        ("marks: [{list: top, on: [idea], by: everyone, budget: 0}]", "/phases/0/marks/0/budget"),
        ("marks: [{list: t, on: [a], by: everyone, budget: 1, tally: x}]", "/phases/0/marks/0/tally"),
        ("exit: [when_it_feels_right]", "/phases/0/exit/0"),
        ("exit: [min_contributions: 0]", "/phases/0/exit/0/min_contributions"),
        ("exit: [{min_commitments: 1, by: owner}]", "/phases/0/exit/0/by"),
        ("exit: [top_selected: 3]", "/phases/0/exit/0/min_commitments"),
    ],
)
def test_what_the_format_does_not_know_is_refused_at_its_path_and_line(phase: str, pointer: str) -> None:
    found = findings_of(
        a_protocol("", "").replace("p1, title: Phase, minutes: 5", f"p1, title: P, minutes: 5, {phase}")
    )
    assert (pointer, 4) in found


@pytest.mark.parametrize(
    ("minutes", "pointer"),
    [
        ("0", "/phases/0/minutes"),
        ("241", "/phases/0/minutes"),
        ("five", "/phases/0/minutes"),
        ("1:30", "/phases/0/minutes"),
        ("{min: 5}", "/phases/0/minutes/max"),
        ("{min: 6, max: 5}", "/phases/0/minutes"),
    ],
)
def test_a_timebox_is_whole_minutes_in_order(minutes: str, pointer: str) -> None:
    assert findings_of(a_protocol("").replace("minutes: 5", f"minutes: {minutes}")) == [(pointer, 4)]


@pytest.mark.parametrize(
    ("top", "pointer"),
    [
        ({"title": "''"}, "/title"),
        ({"title": '"two\\nlines"'}, "/title"),
        ({"key": "Ten Brains"}, "/key"),
        ({"subject": "person"}, "/subject"),
        ({"roles": "{owner: everybody}"}, "/roles/owner"),
        ({"rounds": "0"}, "/rounds"),
        ({"rounds": "every owner"}, "/rounds"),
        ({"participants": "{min: 5, max: 3}"}, "/participants"),
        ({"version": "2"}, "/version"),
    ],
)
def test_the_head_of_a_document_is_as_strict(top: dict[str, str], pointer: str) -> None:
    assert [found for found, _ in findings_of(a_protocol("", **top))] == [pointer]


def test_the_key_on_is_a_key_and_not_the_word_true() -> None:
    assert read_yaml("{on: yes, no: off}")[0] == {"on": "yes", "no": "off"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("key: a\nkey: b", 2),
        ("key: &x a\ntitle: *x", 1),
        ("key: a\ntitle: *x", 2),
        ("key: !!python/name:os.system a", 1),
        ("roles: !x {}", 1),
        ("key: a\n---\nkey: b", 2),
        ("key: a\n  title: [", 2),
        ("{[a]: b}", 1),
        ("key: a\x00", 1),
        ("a: " + "[" * 5000, 1),
        ("a: " + "x" * 70_000, 1),
    ],
)
def test_text_that_is_more_than_plain_data_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(InvalidProtocol) as refused:
        read(text)
    assert [finding.line for finding in refused.value.findings] == [line]


def test_an_error_reads_as_a_line_of_the_file() -> None:
    with pytest.raises(
        InvalidProtocol, match=r"^mine.yaml: line 4, column 41: /phases/0/hue: the format knows"
    ):
        read(a_protocol("hue: red"), source="mine.yaml")


def test_json_is_read_by_the_same_rules_and_its_findings_have_no_lines() -> None:
    with pytest.raises(InvalidProtocol) as refused:
        parse({"key": "a", "title": "A", "phases": [{"key": "b", "title": "B", "minutes": "x"}]})
    assert [(item.pointer, item.line) for item in refused.value.findings] == [("/phases/0/minutes", None)]


@pytest.mark.parametrize("data", [None, 3, "text", [], {"phases": {}}, {"phases": [None]}])
def test_data_of_another_shape_is_refused_with_findings(data: object) -> None:
    with pytest.raises(InvalidProtocol) as refused:
        parse(data)
    assert refused.value.findings


@given(st.text(max_size=200))
def test_any_text_is_either_read_or_refused_with_its_line(text: str) -> None:
    refusals: list[int | None] = []
    try:
        read_yaml(text)
    except UnreadableText as refused:
        refusals.append(refused.finding.line)
    assert None not in refusals


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=15,
)


@given(PLAIN)
def test_json_text_is_read_as_what_it_says(data: object) -> None:
    read_back, places = read_yaml(json.dumps(data))
    assert read_back == data
    assert "" in places


@given(PLAIN)
def test_any_plain_data_is_either_a_protocol_or_refused_with_findings(data: object) -> None:
    with pytest.raises(InvalidProtocol) as refused:
        parse(data)
    assert refused.value.findings


def test_built_in_methods_fit_the_published_schema() -> None:
    for protocol in builtins():
        jsonschema.validate(protocol.model_dump(mode="json"), json_schema())

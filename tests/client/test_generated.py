"""What is generated is what the contract makes of it, and is called as a reader of the contract would guess."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from peergroup.client.generating import naming, typing_
from peergroup.client.generating.writing import CLIENT, CONTRACT, files, stale
from tests.matrix.source import ROOT, modules
from tests.test_architecture import by_hand

ONCE_MORE = "run: python -m peergroup.client.generating"


def test_what_is_checked_in_is_what_the_contract_makes_of_it() -> None:
    assert [str(file.relative_to(CLIENT)) for file in stale(CONTRACT)] == [], ONCE_MORE


def test_only_what_is_generated_is_exempt_from_the_rules_for_what_is_written() -> None:
    exempt = {module.name for module in modules()} - {module.name for module in by_hand()}
    assert exempt == {f"client/{name}" for name in files(CONTRACT)}


def test_another_contract_is_noticed(tmp_path: Path) -> None:
    contract = json.loads(CONTRACT.read_text(encoding="utf-8"))
    contract["paths"]["/v1/groups"]["get"]["operationId"] = "find_groups"
    other = tmp_path / "openapi.json"
    other.write_text(json.dumps(contract), encoding="utf-8")
    done = generate(str(other), "--check")
    assert (done.returncode, done.stderr) == (1, "stale: rooms/__init__.py\nstale: rooms/groups.py\n")
    assert generate("--check").returncode == 0
    assert generate(str(tmp_path / "none.json")).returncode == 2


def test_a_room_that_is_not_there_yet_is_written_in_its_place(tmp_path: Path) -> None:
    contract = json.loads(CONTRACT.read_text(encoding="utf-8"))
    contract["paths"]["/v1/companies"]["get"]["tags"] = ["guilds"]
    other = tmp_path / "openapi.json"
    other.write_text(json.dumps(contract), encoding="utf-8")
    made = files(other)
    lines = [line for line in made["rooms/__init__.py"].splitlines() if line.startswith("    from ")]
    assert lines == sorted(lines)
    assert "def list_companies" in made["rooms/guilds.py"]


def test_two_methods_of_one_name_are_refused(tmp_path: Path) -> None:
    contract = json.loads(CONTRACT.read_text(encoding="utf-8"))
    contract["paths"]["/v1/people"]["post"]["operationId"] = "list_person"
    other = tmp_path / "openapi.json"
    other.write_text(json.dumps(contract), encoding="utf-8")
    done = generate(str(other), "--check")
    assert done.returncode == 1
    assert "would both be people.list" in done.stderr


def generate(*words: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "peergroup.client.generating", *words]
    return subprocess.run(line, cwd=ROOT / "src", capture_output=True, text=True, check=False)


TAGS = ["challenges", "icebreakers", "library", "me", "people", "search", "sessions"]


@pytest.mark.parametrize(
    ("operation", "tag", "name"),
    [
        ("submit_challenge", "challenges", "submit"),
        ("send_back_challenge", "challenges", "send_back"),
        ("list_challenges", "challenges", "list"),
        ("list_challenge_actions", "challenges", "list_actions"),
        ("get_person_by_reference", "people", "get_by_reference"),
        ("upsert_person", "people", "upsert"),
        ("upsert_people", "people", "upsert_people"),
        ("get_session_icebreaker", "icebreakers", "get_session_icebreaker"),
        ("create_agenda_template", "library", "create_agenda_template"),
        ("list_my_keys", "me", "list_keys"),
        ("get_me", "me", "get"),
        ("pass_session", "sessions", "pass_"),
    ],
)
def test_methods_are_called_as_their_operations_without_the_noun_of_the_tag(
    operation: str, tag: str, name: str
) -> None:
    assert naming.method(operation, tag, TAGS) == name


@pytest.mark.parametrize(
    ("schema", "sent", "read"),
    [
        ({"type": "string", "format": "date-time"}, "Time", "dt.datetime"),
        ({"type": "string", "format": "uuid"}, "Id", "str"),
        ({"enum": ["a", "b"]}, "Literal['a', 'b']", "Literal['a', 'b'] | str"),
        ({"anyOf": [{"type": "null"}, {"enum": ["a"]}]}, "Literal['a'] | None", "Literal['a'] | str | None"),
        ({"type": "array", "items": {"type": "integer"}}, "Sequence[int]", "list[int]"),
        (
            {"type": "object", "additionalProperties": {"type": "integer"}},
            "Mapping[str, int]",
            "dict[str, int]",
        ),
        (
            {"type": "object", "patternProperties": {"^a": {"type": "boolean"}}},
            "Mapping[str, bool]",
            "dict[str, bool]",
        ),
        (
            {"$ref": "#/components/schemas/peergroup__people__schemas__MergeIn"},
            "PeopleMergeIn",
            "PeopleMergeIn",
        ),
        (
            {
                "oneOf": [
                    {"type": "array", "items": {"anyOf": [{"type": "null"}, {"type": "string"}]}},
                    {"type": "null"},
                ]
            },
            "Sequence[str | None] | None",
            "list[str | None] | None",
        ),
        ({}, "Any", "Any"),
    ],
)
def test_schemas_become_the_types_that_one_expects(schema: dict[str, Any], sent: str, read: str) -> None:
    assert (typing_.annotation(schema, sent=True), typing_.annotation(schema, sent=False)) == (sent, read)

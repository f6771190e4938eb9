"""A difference is read by people before they agree, and by scripts."""

import io
import json
from typing import Any

import pytest
from rich.console import Console

from peergroup.cli.difference import NOTHING, as_json, changes_of, plain, show, summary, value

SAID: list[dict[str, Any]] = [
    {"kind": "theme", "group": None, "name": "Hiring", "change": "created", "fields": [], "reason": None},
    {
        "kind": "session",
        "group": "Founders North",
        "name": "2027-03",
        "change": "updated",
        "fields": [
            {"field": "local_start", "before": "2027-03-16T18:00", "after": "2027-03-23T18:00"},
            {"field": "title", "before": None, "after": "March"},
        ],
        "reason": None,
    },
    {"kind": "session", "group": "Founders North", "name": "2027-04", "change": "deleted", "fields": []},
    {
        "kind": "session",
        "group": "Founders North",
        "name": "2027-05",
        "change": "kept",
        "reason": "People have said whether they come.",
    },
    {"kind": "session", "group": "Founders North", "name": "2027-06", "change": "unchanged"},
    {
        "kind": "agenda_template",
        "group": None,
        "name": "Evening",
        "change": "created",
        "fields": [{"field": "minutes", "before": None, "after": 90}],
    },
]


def shown(said: list[dict[str, Any]], *, applied: bool = False, colours: bool = False) -> str:
    out = io.StringIO()
    show(changes_of(said), Console(file=out, width=60, force_terminal=colours), applied=applied)
    return out.getvalue()


def test_what_is_new_is_shown_with_signs_and_the_rest_is_counted() -> None:
    assert shown(SAID).splitlines() == [
        "+ theme Hiring",
        "",
        "group Founders North",
        "  ~ session 2027-03",
        '      local_start  "2027-03-16T18:00" → "2027-03-23T18:00"',
        '      title        null → "March"',
        "  - session 2027-04",
        "  · session 2027-05  kept: People have said whether they come.",
        "",
        "+ agenda template Evening",
        "    minutes  90",
        "",
        "2 to create, 1 to change, 1 to delete, 1 kept, 1 unchanged.",
    ]
    assert (
        shown(SAID, applied=True).splitlines()[-1] == "2 created, 1 changed, 1 deleted, 1 kept, 1 unchanged."
    )


def test_colours_only_repeat_what_the_signs_say() -> None:
    coloured = shown(SAID, colours=True)
    assert "\x1b[32m+ theme Hiring\x1b[0m" in coloured
    assert "\x1b[31m  - session 2027-04\x1b[0m" in coloured
    assert "\x1b" not in shown(SAID)


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        ([], NOTHING),
        (["unchanged", "unchanged"], NOTHING),
        (["unchanged", "kept", "locked"], f"{NOTHING} 1 kept, 1 locked."),
        (["created", "unchanged"], "1 to create, 1 unchanged."),
        (["postponed"], "1 postponed."),
    ],
)
def test_the_last_line_says_whether_there_is_anything_to_do(outcomes: list[str], said: str) -> None:
    assert summary(changes_of([{"key": "2027-03", "change": outcome} for outcome in outcomes])) == said


def test_a_word_of_a_newer_service_is_shown_as_it_is() -> None:
    assert shown([{"key": "2027-03", "change": "postponed"}]).startswith("? session 2027-03  postponed\n")


def test_what_people_called_something_steers_nothing() -> None:
    name = "Hiring [red]now[/red] \x1b[2J\r\u202egnirih"
    (first, *_) = shown([{"kind": "theme", "name": name, "change": "created"}]).splitlines()
    assert first == "+ theme Hiring [red]now[/red] �[2J��gnirih"
    assert plain("Größe — ok 👩‍🚀") == "Größe — ok 👩‍🚀"
    assert "\x1b" not in value("\x1b[2J")


def test_a_long_value_is_cut_to_one_line() -> None:
    assert value("x\ny") == '"x\\ny"'
    assert (len(value("x" * 500)), value("x" * 500)[-1]) == (60, "…")


def test_scripts_get_every_change_and_the_counts() -> None:
    made = as_json(changes_of(SAID), applied=False)
    assert json.loads(json.dumps(made)) == made
    assert [one["change"] for one in made["changes"]] == [one["change"] for one in SAID]
    assert made["changes"][1] == SAID[1]
    assert made["summary"] == {
        "created": 2,
        "updated": 1,
        "deleted": 1,
        "kept": 1,
        "locked": 0,
        "unchanged": 1,
    }
    assert made["changes"][3]["reason"] == SAID[3]["reason"]
    assert made["applied"] is False

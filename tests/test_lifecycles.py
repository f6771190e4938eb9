"""Every lifecycle's table, walked: state × verb × role has exactly the outcome that its row says."""

import importlib.util
from pathlib import Path
from typing import Any

import httpx
import pytest

from peergroup.kit.verbs import Living
from tests.matrix.roles import CAST
from tests.matrix.stage import Stage
from tests.matrix.states import CONCERNED, Life, Subject, admitted, life_of, lived, living
from tests.world import Actor

DOCS = Path(__file__).parents[1] / "docs"
STATES = [(one, state) for one in living() for state in one.lifecycle.states]
GUARDS = [
    (one, name, guard.code)
    for one in living()
    for name, verb in one.lifecycle.public()
    for guard in verb.guards
]


def named(value: Any) -> str:
    return value.thing if isinstance(value, Living) else str(value)


async def say(one: Living, stage: Stage, who: Actor, subject: Any, verb: str) -> httpx.Response:
    life = lived(one)
    body = await life.body(stage, verb) if life is not None else None
    return await who.post(f"{one.path}/{subject}/{verb}", body)


def actors(stage: Stage, subject: Subject) -> dict[str, Actor]:
    found = {name: stage.cast[name] for name in CAST}
    return found if subject.concerned is None else found | {CONCERNED: subject.concerned}


def expected(one: Living, life: Life, subject: Subject, at: tuple[str, str], name: str) -> tuple[int, str]:
    """What the table says: status, and the code of the problem."""
    state, verb = at
    if name not in life.found_by(state):
        return 404, "not_found"
    row = one.lifecycle.verbs[verb]
    if not admitted(row, name, subject):
        return 403, "forbidden"
    return (200, "") if state in row.sources else (409, "invalid_transition")


def allowed(one: Living, subject: Subject, state: str, name: str) -> list[str]:
    """The verbs whose state and role fit."""
    return [
        verb for verb, row in one.lifecycle.public() if state in row.sources and admitted(row, name, subject)
    ]


@pytest.mark.parametrize("one", living(), ids=named)
def test_somebody_said_how_it_lives(one: Living) -> None:
    assert life_of(one)


@pytest.mark.parametrize(("one", "state"), STATES, ids=named)
async def test_every_verb_from_this_state(one: Living, state: str, stage: Stage) -> None:
    if (life := lived(one)) is None:
        return
    subject = await life.made(stage, state)
    is_used_up = False
    for verb, row in one.lifecycle.public():
        for name in sorted(
            actors(stage, subject), key=lambda name: name in allowed_for(one, life, state, verb)
        ):
            if is_used_up:
                subject, is_used_up = await life.made(stage, state), False
            who = actors(stage, subject)[name]
            answer = await say(one, stage, who, subject.id, verb)
            status, code = expected(one, life, subject, (state, verb), name)
            said = f"{name} says {verb} to a {state} {one.thing}: {answer.status_code} {answer.text[:300]}"
            if status == 200:
                assert answer.status_code in (200, 202), said
                lands = life.lands.get(verb) or (row.to if isinstance(row.to, str) else state)
                assert lands in (row.targets or (state,)), f"{verb} is drawn without leading to {lands}"
                if "allowed_actions" in answer.json():
                    assert answer.json()["state"] == lands, said
                is_used_up = True
                continue
            assert (answer.status_code, answer.json()["code"]) == (status, code), said
            if status == 409:
                assert answer.json()["allowed"] == allowed(one, subject, state, name), said


def allowed_for(one: Living, life: Life, state: str, verb: str) -> set[str]:
    """Who gets through: they come last, because each of them uses the subject up."""
    anybody = Subject(None)
    return {
        name for name in (*CAST, CONCERNED) if expected(one, life, anybody, (state, verb), name)[0] == 200
    }


@pytest.mark.parametrize(("one", "state"), STATES, ids=named)
async def test_what_is_offered_is_what_the_table_admits(one: Living, state: str, stage: Stage) -> None:
    if (life := lived(one)) is None:
        return
    subject = await life.made(stage, state)
    for name, who in actors(stage, subject).items():
        answer = await who.get(f"{one.path}/{subject.id}/actions")
        if name not in life.found_by(state):
            assert answer.status_code == 404, f"{name}: {answer.text}"
            continue
        assert answer.status_code == 200, f"{name}: {answer.text}"
        offered = [action["verb"] for action in answer.json()["actions"]]
        assert offered == allowed(one, subject, state, name), f"{name} at a {state} {one.thing}"


@pytest.mark.parametrize(("one", "verb", "code"), GUARDS, ids=named)
async def test_every_guard_stands_in_the_way(one: Living, verb: str, code: str, stage: Stage) -> None:
    if (life := lived(one)) is None or (verb, code) in life.unreachable:
        return
    assert code in life.obstacles, (
        f"Nothing makes the guard {code!r} of {one.thing} object. Write into tests/<room>/states.py:\n\n"
        f"    @life.obstacle({code!r})\n"
        f"    async def …(stage: Stage, verb: str, state: str) -> Obstructed | None: …\n"
    )
    met = 0
    for state in one.lifecycle.verbs[verb].sources:
        obstructed = await life.obstacles[code](stage, verb, state)
        if obstructed is None:
            continue
        met += 1
        answer = await say(one, stage, obstructed.by, obstructed.id, verb)
        said = f"{verb} of a {state} {one.thing}: {answer.status_code} {answer.text[:300]}"
        assert (answer.status_code, answer.json()["code"]) == (409, "guard_failed"), said
        assert code in [guard["code"] for guard in answer.json()["guards"]], said
    assert met, (
        f"no state of {one.thing} lets the guard {code!r} object to {verb!r}: life.never(…) says why not"
    )


@pytest.mark.parametrize("one", living(), ids=named)
def test_every_state_is_reached(one: Living) -> None:
    reached = {one.lifecycle.first}
    for _ in one.lifecycle.verbs:
        for verb in one.lifecycle.verbs.values():
            if reached & set(verb.sources):
                reached |= set(verb.targets)
    assert reached == set(one.lifecycle.states)


def test_the_pages_drawn_from_the_tables_are_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    drawing = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(drawing)
    for name, text in drawing.pages().items():
        written = (DOCS / name).read_text(encoding="utf-8") if (DOCS / name).exists() else ""
        assert written == text, f"docs/{name} is out of date: run `python docs/generate.py` and commit it"

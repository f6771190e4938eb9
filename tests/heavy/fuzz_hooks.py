"""What no schema can say, given to schemathesis: it changes only requests that are meant to be valid.

Each line below is a rule of the service that JSON Schema has no words for; a request that breaks it by chance
would be refused, rightly, and reported as a flaw.
"""

import datetime as dt
import json
import os
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import schemathesis
from schemathesis.core.parameters import ParameterLocation

from peergroup.kit.time import zone_names
from tests.heavy.rehearsing import Rehearsal, Rehearsed
from tests.matrix.probes import UUID

_EITHER = (("company", "company_id"), ("person", "person_id"), ("document", "protocol"), ("token", "email"))
_IDS = {
    "person_id": "person_id", "connector_id": "person_id", "company_id": "company_id", "recorded_for": "person_id",
    "session_id": "session_id", "theme_id": "theme_id", "agenda_template_id": "template_id",
}  # fmt: skip
_OPAQUE = ("cursor", "after", "Last-Event-ID")
_numbers = count()
_succeeded: set[str] = set()
_places: dict[tuple[str, str], Any] = defaultdict(count)
_asking = httpx.Client(timeout=20)
URL, TOKEN = os.environ["PEERGROUP_FUZZ_URL"], os.environ["PEERGROUP_FUZZ_TOKEN"]
KNOWN: dict[str, list[Any]] = json.loads(Path(os.environ["PEERGROUP_FUZZ_KNOWN"]).read_text())
REHEARSAL = Rehearsal(os.environ["PEERGROUP_DATABASE_URL"], os.environ["PEERGROUP_SECRET"])
WHO, SPARE = os.environ["PEERGROUP_FUZZ_WHO"], os.environ["PEERGROUP_FUZZ_SPARE"]


@schemathesis.auth(refresh_interval=None)
class Speaker:
    """Who asks, unless the hook below lets the one ask whom a call was rehearsed for."""

    def get(self, case: Any, context: Any) -> str:
        # Signing out ends the credential it comes with.
        return SPARE if _name(case) == "sign_out" else TOKEN

    def set(self, case: Any, data: str, context: Any) -> None:
        case.headers = case.headers or {}
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Let two of three requests ask about what was made for them, and make sense of those meant to be valid.

    An operation that has not succeeded yet gets the whole of what was rehearsed.
    """
    turn, new = next(_numbers), _name(case) not in _succeeded
    call = REHEARSAL.call(_name(case), WHO) if case.meta and (new or turn % 3) else None
    if call is not None:
        _play(case, call)
    if not case.meta or not case.meta.generation.mode.is_positive:
        return
    if call is None:
        _name_what_is_there(case)
    _drop_what_only_the_server_makes(case)
    if case.path.endswith("/events/stream"):
        # From the first event on, of whatever type: a stream with nothing to say stays open.
        case.query = {"after": _first_event()} if _first_event() else {}
        case.headers["Authorization"] = f"Bearer {TOKEN}"
    elif call is not None:
        _follow(case, call, whole=call.entitled and (new or turn % 2 == 0))
    elif isinstance(case.body, dict | list):
        _repair(case.body)


@schemathesis.hook
def after_call(context: Any, case: Any, response: Any) -> None:
    """Note what has succeeded."""
    if 200 <= response.status_code < 300:
        _succeeded.add(_name(case))


def _drop_what_only_the_server_makes(case: Any) -> None:
    """Cursors belong to one list; and another request needs another key."""
    for name in _OPAQUE:
        for place in (case.query, case.headers):
            if place is not None and name in place:
                del place[name]
    if case.headers is not None and "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = str(uuid4())


def _name(case: Any) -> str:
    return str(case.operation.definition.raw.get("operationId", ""))


def _play(case: Any, call: Rehearsed) -> None:
    """Whatever is wrong with the request elsewhere: it is asked about something that is there, by its people."""
    if not case.meta.is_negative_at(ParameterLocation.PATH) and case.path_parameters:
        case.path_parameters.update(call.path)
    if case.meta.is_negative_at(ParameterLocation.HEADER):
        return
    case.headers = case.headers or {}
    if call.token is not None:
        case.headers["Authorization"] = f"Bearer {call.token}"
    else:  # Nobody has to sign in, and some addresses take nobody who has.
        case.headers.pop("Authorization", None)


def _follow(case: Any, call: Rehearsed, *, whole: bool) -> None:
    """The body as it was rehearsed; or the generated one, which names the same things."""
    for name in ("If-Match", "If-None-Match"):
        case.headers.pop(name, None)
    case.headers.update({name: value for name, value in call.headers.items() if name != "Content-Type"})
    if whole or not isinstance(case.body, dict | list):
        if call.body is not None:
            case.body = call.body
        if "Content-Type" in call.headers:
            case.media_type = call.headers["Content-Type"]
        case.query = (case.query or {}) | call.query
        return
    _repair(case.body, names_things=False)
    _name_the_same(case.body, call.body)


def _name_the_same(body: Any, rehearsed: Any) -> None:
    """Put the identifiers of a rehearsed body into a generated one, wherever both have the field."""
    if isinstance(body, dict) and isinstance(rehearsed, dict):
        for name in body.keys() & rehearsed.keys():
            if _is_named(rehearsed[name]) and body[name] is not None:
                body[name] = rehearsed[name]
            else:
                _name_the_same(body[name], rehearsed[name])
        for name in [one for one in body.keys() - rehearsed.keys() if _is_named(body[one])]:
            del body[name]  # Nobody has such a thing.
    elif isinstance(body, list) and isinstance(rehearsed, list) and rehearsed:
        for one in body:
            _name_the_same(one, rehearsed[0])


def _is_named(value: Any) -> bool:
    values = value if isinstance(value, list) else [value]
    return bool(values) and all(isinstance(one, str) and UUID.fullmatch(one) for one in values)


@cache
def _first_event() -> str:
    answer = _asking.get(f"{URL}/v1/events?limit=1", headers={"Authorization": f"Bearer {TOKEN}"})
    return str(answer.json()["items"][0]["id"]) if answer.status_code == 200 else ""


def _name_what_is_there(case: Any) -> None:
    """Nine times of ten ask about something that exists; where it is a verb, something that admits it now."""
    parameters = case.path_parameters or {}
    for name, value in parameters.items():
        if value in (None, "None"):  # Taken from an answer in which the field was null.
            parameters[name] = str(uuid4())
    if not parameters or next(_numbers) % 10 == 0:
        return
    for name in parameters:
        if values := KNOWN.get("spare_group_id" if case.path.endswith("/archive") else name):
            parameters[name] = values[next(_numbers) % len(values)]
    thing, verb = case.path.rpartition("/")[::2]
    if case.method.upper() == "POST" and len(parameters) == 1 and thing.endswith("}"):
        (name,) = parameters
        found = _admitting(thing, name, verb)
        if found is not None:
            parameters[name] = found


def _admitting(path: str, name: str, verb: str) -> str | None:
    """Something of this kind that would carry the verb out now, if there is one among the next few."""
    values = KNOWN.get("spare_group_id" if verb == "archive" else name, [])
    for _ in range(min(len(values), 8)):
        value = str(values[next(_places[path, verb]) % len(values)])
        address = f"{URL}{path.replace('{' + name + '}', value)}/actions"
        answer = _asking.get(address, headers={"Authorization": f"Bearer {TOKEN}"})
        if answer.status_code == 200:
            offered = {one["verb"] for one in answer.json()["actions"] if one["possible"]}
            if verb in offered:
                return value
        elif answer.status_code == 404 and "Not Found" in answer.text:
            return None
    return None


def _repair(body: Any, *, names_things: bool = True) -> None:
    """Replace, at any depth, what cannot be meant; with `names_things`, identifiers by those of things there are."""
    if isinstance(body, dict):
        _make_sense(body, names_things=names_things)
    for one in body.values() if isinstance(body, dict) else body:
        if isinstance(one, (dict, list)):
            _repair(one, names_things=names_things)


def _make_sense(body: dict[str, Any], *, names_things: bool) -> None:
    for name, value in body.items():
        if isinstance(value, str) and value and not any(one.isprintable() and one != " " for one in value):
            body[name] = "Words."
    for name in body.keys() & _SENSE.keys():
        if isinstance(body[name], str):
            body[name] = _SENSE[name](body[name])
    for name in body.keys() & _IDS.keys() if names_things else ():
        values = KNOWN.get(_IDS[name])
        if isinstance(body[name], str) and values:
            body[name] = values[next(_numbers) % len(values)]
    if names_things:
        body.pop("moderators", None)  # They have to be active, and the run deactivates people.
    for one, other in _EITHER:
        if one in body and other in body:
            del body[_less(body, one, other)]


def _less(body: dict[str, Any], one: str, other: str) -> str:
    """Which of two goes: the one that is null, else each in turn."""
    if None in (body[one], body[other]):
        return one if body[one] is None else other
    return one if next(_numbers) % 2 else other


def _zone(said: str) -> str:
    return said if said in zone_names() else "Europe/Berlin"


def _later(said: str) -> str:
    return (dt.datetime.now(dt.UTC) + dt.timedelta(days=90)).isoformat()


def _exists(said: str) -> str:
    try:
        dt.datetime.fromisoformat(said)
    except ValueError:
        return "2030-02-28T18:00"
    return said


_SENSE: dict[str, Callable[[str], str]] = {
    "time_zone": _zone,
    "expires_at": _later,
    "local_start": _exists,
    "protocol": lambda said: "ten_brains",
}

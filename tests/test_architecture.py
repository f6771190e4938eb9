"""How the house is built: floors, tables, routes, words and sizes. Each rule stands in docs/house.md."""

import ast
import os
import re
import statistics
import subprocess
import sys
from typing import Any

import pytest

from peergroup import rooms
from peergroup.app import assemble
from peergroup.kit.routing import Room
from peergroup.kit.verbs import registered
from tests.matrix.routes import operations
from tests.matrix.source import ROOT, SOURCE, Module, modules

assert rooms.ROOMS, "importing them makes every table known"

# Floors.


def test_imports_run_down_only() -> None:
    lint = "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", lint],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(SOURCE.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3_000:] + done.stderr[-1_000:]


def test_the_kit_knows_no_room() -> None:
    found = [
        f"{module.name} imports {name}"
        for module in modules()
        if module.room == "kit"
        for name in module.imports()
        if name.startswith("peergroup.") and not name.startswith("peergroup.kit")
    ]
    assert found == []


# Routes.

EVERY_ROUTE = pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.name)
ONE_SENTENCE = re.compile(r"[A-Z][^\n]*\.")
_SECOND = re.compile(r"[.!?]\s+[A-Z]")


def test_every_room_of_the_package_is_in_the_house() -> None:
    known = {route.endpoint.__name__ for room in rooms.ROOMS for route in room.routes}
    declared = [
        f"{module.name}: {name}"
        for module in modules()
        for name in _rooms_in(module)
        if not {route.endpoint.__name__ for route in _room(module, name).routes} <= known
        and module.room not in ("operations", "reference")
    ]
    assert declared == [], "add the room to src/peergroup/rooms.py"


def _rooms_in(module: Module) -> list[str]:
    return [
        target.id
        for node in module.tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        for target in node.targets
        if isinstance(target, ast.Name) and ast.unparse(node.value.func) == "Room"
    ]


def _room(module: Module, name: str) -> Room:
    dotted = "peergroup." + module.name.removesuffix(".py").replace("/", ".")
    found: Room = getattr(__import__(dotted, fromlist=[name]), name)
    return found


@EVERY_ROUTE
def test_every_route_has_a_name_of_its_own_and_a_summary_of_one_sentence(operation: Any) -> None:
    assert [one.name for one in operations()].count(operation.name) == 1
    assert re.fullmatch(r"[a-z]+(_[a-z]+)+", operation.name), f"{operation.name} is no verb_thing"
    summary = ((operation.meta and operation.route.endpoint.__doc__) or "").strip().partition("\n")[0]
    assert is_one_sentence(summary), f"{operation.said}: {summary!r} is not one sentence"


def is_one_sentence(text: str) -> bool:
    """A capital letter at the beginning, one full stop at the end, and none between."""
    return ONE_SENTENCE.fullmatch(text) is not None and _SECOND.search(text) is None


def test_what_every_verb_does_is_said_in_one_sentence() -> None:
    assemble()
    found = [
        f"{one.thing}: {name} says {text!r}"
        for one in registered.values()
        for name in one.lifecycle.verbs
        if not is_one_sentence(
            text := (getattr(one.actions, name).__doc__ or "").strip().partition("\n\n")[0]
        )
    ]
    assert found == []


# Words and sizes.


GENERATED = "`python -m peergroup.client.generating`: do not edit."
"""Written from the contract and read method by method, in an editor: as long as the contract makes them."""


def by_hand() -> list[Module]:
    """The modules that somebody wrote; tests/client/test_generated.py says that the others are as generated."""
    return [module for module in modules() if GENERATED not in (ast.get_docstring(module.tree) or "")]


def test_files_are_small() -> None:
    assert [f"{m.name}: {m.lines} lines" for m in by_hand() if m.lines > 300] == []
    assert statistics.median(m.lines for m in by_hand()) < 110


def test_functions_are_small() -> None:
    found = [
        f"{module.name}: {function.name} has {function.end_lineno - function.lineno + 1} lines"
        for module in by_hand()
        for function in module.functions()
        if (function.end_lineno or 0) - function.lineno + 1 > 50
    ]
    assert found == []


THEIRS = ("process_bind_param", "process_result_value", "handle_async_request")
"""Names that a library asks for."""


def test_names_say_what_is_done() -> None:
    found = {
        f"{module.name}: {name}"
        for module in modules()
        for name in module.named()
        if {"manager", "helper", "helpers", "util", "utils"} & set(words(name))
    }
    found |= {
        f"{module.name}: {function.name}"
        for module in modules()
        for function in module.functions()
        if words(function.name)[0] in ("process", "handle") and function.name not in THEIRS
    }
    assert found == set()


def words(name: str) -> list[str]:
    """The words of which a name is made."""
    split: list[str] = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().strip("_").split("_")
    return split


def test_every_module_says_what_it_is() -> None:
    assert [m.name for m in modules() if m.text.strip() and not ast.get_docstring(m.tree)] == []


def test_every_public_function_and_class_of_the_kit_says_what_it_is() -> None:
    found = [
        f"{module.name}: {node.name}"
        for module in modules()
        if module.room == "kit"
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert found == []


# One home each.

_LOOKUPS = {
    "kit/context.py": "its home",
    "organizations/actions.py": "the organization is its own tenant: its key is one id",
    "access/sign_in.py": "a request to sign in belongs to no organization yet",
    "access/devices.py": "a token of a device that is gone is refused with 401, not with 404",
    "access/redeem.py": "a link that is gone is refused with 401, not with 404",
    "groups/founding.py": "a signature has no id: its key is covenant and person",
    "facilitation/company.py": "a participant has no id: the key is exercise and person",
    "facilitation/voting.py": "the same, for the lock alone",
}


def calling(*endings: str) -> set[str]:
    """The modules in which something is called whose written form ends so."""
    return {module.name for module in modules() for name, _, _ in module.calls() if name.endswith(endings)}


def test_only_the_clock_knows_the_time() -> None:
    known = {"kit/time.py": "the clock", "kit/mail.py": "the date of a letter is when it is handed over"}
    found = calling(
        "datetime.now", "datetime.utcnow", "date.today", "datetime.today", "time.now", "time.time"
    )
    # Rate limits and meters measure spans, not instants; the composition hands the clock itself over.
    assert found - known.keys() - {"kit/ratelimit.py", "kit/meter.py"} == set()


def test_only_the_context_gets_rows_by_their_key() -> None:
    assert calling("db.get") - _LOOKUPS.keys() == set(), "use kit.context.get, or say here why not"


def test_nobody_commits() -> None:
    assert calling(".commit", ".rollback") - {"kit/rehearsal.py"} == set()


OUTSIDE = (
    "httpx",
    "httpcore",
    "aiosmtplib",
    "smtplib",
    "urllib.request",
    "http.client",
    "requests",
    "aiohttp",
)
SPEAKS = {
    "kit/outgoing.py": "the client for addresses of others",
    "kit/outgoing_addresses.py": "judges such addresses; speaks to nobody",
    "access/oidc/web.py": "issuers publish their keys over HTTP; asked outside of every transaction",
    "kit/mail.py": "the mailer",
    "cli": "commands speak HTTP to a service",
    "client": "the client speaks HTTP",
    "demo": "the demonstration speaks HTTP to itself",
    "webhooks": "deliveries are jobs",
    "sync/sources/calling.py": "connectors are asked by jobs",
    "sync/sources/connections.py": "it hands the connectors their client",
}


def test_nothing_outside_is_reached_from_a_request() -> None:
    found = [
        f"{module.name} imports {name}"
        for module in modules()
        for name in module.imports()
        if name.startswith(OUTSIDE) and module.name not in SPEAKS and module.room not in SPEAKS
    ]
    assert found == []


def test_mails_are_sent_by_jobs_only() -> None:
    for module in modules():
        senders = {inside for name, _, inside in module.calls() if name.endswith("mailer.send")}
        jobs = {
            function.name
            for function in module.functions()
            if any(ast.unparse(one).startswith(("job(", "jobs.job(")) for one in function.decorator_list)
        }
        reached = {inside for name, _, inside in module.calls() if name.split(".")[-1] in senders}
        assert not senders or senders <= jobs or reached <= jobs, f"{module.name}: {senders} sends mail"

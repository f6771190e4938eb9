"""Schemathesis against a real server: the world it finds, who it speaks as, and what came of it.

Used by `.ci/fuzz` and by the heavy tests. The world is the year that `peergroup demo` tells, so that every kind
of thing exists in most of its states; the dictionaries below name those things to the generator.
"""

import json
import subprocess
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from peergroup.access import credentials, scopes
from peergroup.app import build_house, create_app
from peergroup.demo.voices import stage
from peergroup.demo.year import Told, tell
from peergroup.kit.context import House
from peergroup.kit.model import Model
from tests.databases import built_database
from tests.servers import Server, environment

IDENTITIES = ("admin", "member", "service")
CONTRACT = Path("openapi/openapi.json")
# What the path calls it, and the table it is in; what a dictionary does not name is made up.
_THINGS = {
    "group_id": "group", "session_id": "session", "challenge_id": "challenge", "exercise_id": "exercise",
    "contribution_id": "contribution", "commitment_id": "commitment", "membership_id": "membership",
    "company_id": "company", "other_id": "company", "run_id": "sync_run", "connection_id": "connection",
    "conflict_id": "sync_conflict", "template_id": "agenda_template",
    "theme_id": "theme", "person_id": "person",
}  # fmt: skip
# Refused with 422 for what they mean together, which no schema can say: (operation, why).
_MEANING = {
    "create_protocol": "phases, roles and exits of a method have to fit each other",
    "simulate_protocol": "the same, and either a method or a document",
    "create_covenant": "a newer version cannot bind before an older one",
    "relate_companies": "a company has no relation to itself",
    "upload_sync_records": "a file without records, or not in the format it is said to be in",
    "redeem_sign_in": "either the link, or address, code and verifier",
    "decide_tie": "either a choice with its reason, or a run-off",
    "invite_member": "either somebody known, or a name and an address",
    "create_exercise": "deadlines belong to exercises between sessions, not to live ones",
    "create_session": "the segments of an agenda have to fit into the session",
    "update_session": "the same",
    "replace_agenda": "the same",
    "create_series": "a series begins on a day of its rule, and the rule names days within five years",
    "update_series": "the same",
    "delete_session": "only a session of a series has others that follow it",
    "replace_plan": "every session of a plan has a time in its year and a key of its own",
    "apply_season": "the same, and everybody and everything it names is known",
    "close_case": "a decision fits the kind of its case",
    "create_prospect": "either somebody known, or a name and an address; and nobody introduces themselves",
    "create_introduction": "two different people of the group, and not oneself",
    "merge_person": "what is resolved is a conflict of these two people",
    "update_contribution": "a day and a next action belong to promises alone",
    "create_commitment": "a session is named exactly where the commitment comes from one",
    "check_admission": "who is checked has to be active in the organization",
    "create_sync_run": "only what is fetched is applied by itself, and has no columns of a file",
    "replace_mapping": "every column is mapped once, to a field of a person",
    "preview_mapping": "the same, and the sample holds records with a reference and a name",
    "create_connection": "an account has one way in, whole",
    "update_connection": "the same, and stays of its kind",
    "create_identity_provider": "an issuer's address is one that can be reached",
    "create_challenge": "a method that is named has to be one that works on a challenge",
    "update_challenge": "the same",
    "create_webhook_endpoint": "the address leads to a host on the internet, on a port of the web",
    "update_webhook_endpoint": "the same",
    "draw_icebreaker": "a round fits the state of its session, and only one between sessions has an end",
}
_WORDS: dict[str, list[str | int]] = {
    "source": ["hubspot"], "key": ["ten_brains", "icebreaker_round"], "number": [1],
    "list_name": ["helped", "resonates", "votes"], "code": ["not_found", "stale", "invalid"],
    "protocol": ["ten_brains", "icebreaker_round"],
}  # fmt: skip
_NO_FLAW: list[str | int] = ["2xx", 304, 401, 403, 404, 409, 410, 412, 428]
_REFUSED: list[str | int] = [400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 422, 428]
_TEMPLATE = {"title": "One hot seat", "segments": [{"title": "Hot seat", "kind": "hot_seat", "minutes": 45}]}


@dataclass
class Ground:
    """What a run stands on: a database with a year in it, tokens, and the values worth trying."""

    url: str
    tokens: dict[str, str]
    spare: str
    """A token that may be signed out."""
    known: dict[str, list[Any]]


@dataclass
class Outcome:
    """What one identity found."""

    failures: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    statuses: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    output: str = ""

    def succeeded(self) -> set[str]:
        return {name for name, seen in self.statuses.items() if any(200 <= code < 300 for code in seen)}


async def prepare(kind: str, folder: Path, name: str = "fuzz") -> Ground:
    """A fresh database of this kind with a year of life, and what is in it."""
    async with built_database(kind, folder, name) as settings:
        house = build_house(settings)
        try:
            async with stage(create_app(house=house)) as client:
                told = await tell(house, client, lambda _: None)
                tokens, spare = await _voices(house, told)
                await _stir(told)
            return Ground(settings.database_url, tokens, spare, await _known(house, told))
        finally:
            await house.database.close()


async def _stir(told: Told) -> None:
    """Begin what the year left ready: a session under way, and an exercise in its first phase."""
    moderator = told.circles["Founders North"].moderator
    await moderator.post("/agenda-templates", _TEMPLATE)
    await moderator.post(f"/sessions/{told.ready['session']['id']}/start", {"reason": "Everybody is here."})
    await moderator.post(f"/challenges/{told.ready['challenge_id']}/start")
    for number in range(6):  # To be archived, so that the others stay.
        await moderator.post("/groups", {"name": f"Spare {number}", "focus": "Nothing yet"})


async def _voices(house: House, told: Told) -> tuple[dict[str, str], str]:
    """The moderator of one group as its organization's owner, a member of it, and a service with every scope."""
    circle, cast = told.circles["Founders North"], told.cast
    await cast.owner.put(f"/people/{circle.moderator.person_id}/organization-role", {"role": "owner"})
    async with house.acting(house.system(cast.organization_id)) as ctx:
        _, service = await credentials.issue(ctx, "service", name="fuzz", scopes=list(scopes.FOR_SERVICES))
        _, spare = await credentials.issue(ctx, "key", person_id=circle.members[3].person_id, name="spare")
    return {"admin": circle.moderator.token, "member": circle.members[0].token, "service": service}, spare


async def _known(house: House, told: Told) -> dict[str, list[Any]]:
    """The things of this organization by the name of their parameter, without the people we speak as."""
    circle = told.circles["Founders North"]
    homes = {one.id for one in told.circles.values()}
    ours = {str(circle.moderator.person_id), str(circle.members[0].person_id)}
    known: dict[str, list[Any]] = {name: list(words) for name, words in _WORDS.items()}
    async with house.acting(house.system(told.cast.organization_id)) as ctx:
        for name, table in _THINGS.items():
            ids = Model.metadata.tables[table].c
            rows = (
                await ctx.db.execute(
                    select(ids.id)
                    .where(ids.organization_id == told.cast.organization_id)
                    .order_by(ids.id)
                    .limit(300)
                )
            ).scalars()
            known[name] = [str(one) for one in rows if str(one) not in ours]
        known["spare_group_id"] = [one for one in known["group_id"] if one not in homes]
        known["group_id"] = [circle.id]
        references = Model.metadata.tables["person_reference"].c
        found = await ctx.db.execute(
            select(references.external_id).where(references.organization_id == told.cast.organization_id)
        )
        known["external_id"] = sorted(found.scalars())
    return {name: values for name, values in known.items() if values}


def configuration() -> str:
    """What is allowed to happen, as a schemathesis.toml."""
    lines = [
        "request-timeout = 30.0",
        "warnings = false",
        "max-stream-events = 2",
        "[checks.positive_data_acceptance]",
        # A stale If-Match, and what is not there, not yours, or not possible now, is no flaw of the data.
        f"expected-statuses = {json.dumps(_NO_FLAW)}",
        "[checks.negative_data_rejection]",
        f"expected-statuses = {json.dumps(_REFUSED)}",
        "[generation]",
        "allow-x00 = false",
    ]
    for operation in _MEANING:
        lines += [
            "[[operations]]",
            f'include-operation-id = "{operation}"',
            f"checks.positive_data_acceptance.expected-statuses = {json.dumps([*_NO_FLAW, 422])}",
        ]
    lines += [
        "[[operations]]",  # Judged one by one: what is wrong is said in the result of its item.
        'include-operation-id = "upsert_people"',
        f"checks.negative_data_rejection.expected-statuses = {json.dumps([200, *_REFUSED])}",
    ]
    return "\n".join(lines) + "\n"


def run(ground: Ground, who: str, seconds: int, folder: Path, address: str, *more: str) -> Outcome:
    """All checks as one identity, for about so many seconds."""
    place = folder / who
    place.mkdir(parents=True, exist_ok=True)
    written, report = place / "schemathesis.toml", place / "events.ndjson"
    written.write_text(configuration())
    (place / "known.json").write_text(json.dumps(ground.known))
    aware = environment(ground.url) | {
        "SCHEMATHESIS_HOOKS": "tests.heavy.fuzz_hooks",
        "PEERGROUP_FUZZ_KNOWN": str((place / "known.json").resolve()),
        "PEERGROUP_FUZZ_TOKEN": ground.tokens[who],
        "PEERGROUP_FUZZ_SPARE": ground.spare,
        "PEERGROUP_FUZZ_WHO": who,
        "PEERGROUP_FUZZ_URL": address,
        "PYTHONPATH": "src:.",
    }
    command = [
        str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(written),
        "run", str(CONTRACT), "--url", address, "--checks", "all", "--max-time", str(seconds),
        "--continue-on-failure", "--report", "ndjson", "--report-ndjson-path", str(report), *more,
    ]  # fmt: skip
    output = place / "output.txt"
    code = _watched(command, aware, output, seconds, who)
    outcome = read(report)
    outcome.output = str(output)
    if code not in (0, 1):
        outcome.failures["schemathesis itself"].append(output.read_text(errors="replace")[-2000:])
    return outcome


def _watched(command: list[str], aware: dict[str, str], output: Path, seconds: int, who: str) -> int:
    """The exit code of a run; every few seconds a line says how far it is."""
    began = time.monotonic()
    with output.open("w", encoding="utf-8") as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT, env=aware)
        try:
            while (spent := time.monotonic() - began) < seconds + 600:
                try:
                    return process.wait(10)
                except subprocess.TimeoutExpired:
                    sys.stderr.write(f"{who}: {spent:.0f} of about {seconds} seconds\n")
            return -1
        finally:
            process.kill()
            process.wait()


def read(report: Path) -> Outcome:
    """What a report of events tells: the failures by check and operation, and every status by operation."""
    outcome = Outcome()
    with report.open(encoding="utf-8") as lines:
        for line in lines:
            event = json.loads(line)
            if "ScenarioFinished" in event:
                _scenario(outcome, event["ScenarioFinished"]["recorder"])
            elif "NonFatalError" in event or "FatalError" in event:
                outcome.failures["schemathesis itself"].append(line[:2000])
    return outcome


def _scenario(outcome: Outcome, recorder: Any) -> None:
    for case, exchange in recorder.get("interactions", {}).items():
        asked = recorder["cases"][case]["value"]
        answer = exchange.get("response") or {"status_code": 0}
        outcome.statuses[f"{asked['method']} {asked['path']}"][answer["status_code"]] += 1
    for case, checks in recorder.get("checks", {}).items():
        asked = recorder["cases"][case]["value"]
        for check in checks:
            if check["status"] != "success":
                said = json.dumps(check.get("failure_info", check.get("failure", check)))
                outcome.failures[f"{check['name']} · {asked['method']} {asked['path']}"].append(said)


async def spend(
    kind: str, seconds: int, folder: Path, scratch: Path, identities: tuple[str, ...] = IDENTITIES, *more: str
) -> dict[str, Outcome]:
    """Prepare a database, serve it, and run as each identity in turn."""
    sys.stderr.write(f"telling a year on {kind}\n")
    ground = await prepare(kind, scratch)
    server = Server(ground.url).start().wait()
    try:
        return {who: run(ground, who, seconds, folder, server.address, *more) for who in identities}
    finally:
        server.stop()


def operations() -> set[str]:
    """Method and path of every operation of the contract."""
    paths = json.loads(CONTRACT.read_text(encoding="utf-8"))["paths"]
    return {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}


def told(outcomes: dict[str, Outcome]) -> str:
    """The outcome in lines for whoever reads it."""
    every, lines = operations(), []
    for who, outcome in outcomes.items():
        requests = sum(seen.total() for seen in outcome.statuses.values())
        lines.append(f"{who}: {requests} requests, 2xx on {len(outcome.succeeded() & every)} of {len(every)}")
        for name, said in sorted(outcome.failures.items()):
            lines.append(f"  {name} ({len(said)}): {said[0][:600]}")
    reached = set[str]().union(*(one.succeeded() for one in outcomes.values())) & every
    lines.append(f"together: 2xx on {len(reached)} of {len(every)} operations")
    lines += [f"  never: {name}" for name in sorted(every - reached)]
    lines += [f"422 to a valid body is no failure in {name}: {why}" for name, why in sorted(_MEANING.items())]
    return "\n".join(lines)

"""The run: one world on each database, the same hostile request to both, and a comparison of the verdicts."""

import asyncio
import itertools
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from peergroup.app import assemble, build_house
from tests.databases import built_database
from tests.heavy.hostile.asking import Asked, Change, asked
from tests.heavy.hostile.line import SILENT, Answer, Line
from tests.heavy.hostile.plan import Mixer, changes
from tests.matrix.examples import Example, discover, made_for
from tests.matrix.routes import Operation, operations
from tests.matrix.stage import Stage, a_stage
from tests.servers import Server

KINDS = ("sqlite", "postgresql")
WORKERS = 4
AT_ONCE = 25
BUSY = 503
_RETRIES = 5
Trial = tuple[Operation, Example, tuple[Change, ...]]


@dataclass
class Side:
    """One database: its stage, and the process that serves it."""

    kind: str
    stage: Stage
    server: Server


@dataclass
class Tally:
    """What came of it."""

    wanted: list[Operation] = field(default_factory=list)
    inputs: int = 0
    busy: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    parts: Counter[str] = field(default_factory=Counter)
    succeeded: set[str] = field(default_factory=set)
    once: set[str] = field(default_factory=set)
    """The operations that succeed once with the same thing, and not a second time."""
    findings: list[str] = field(default_factory=list)
    told_at: int = 0
    began: float = field(default_factory=time.monotonic)

    def told(self) -> str:
        """The result in lines."""
        spent = time.monotonic() - self.began
        codes = ", ".join(f"{count} × {verdict}" for verdict, count in self.verdicts.most_common(14))
        parts = ", ".join(f"{count} in a {part}" for part, count in self.parts.most_common())
        lines = [
            f"{self.inputs} hostile inputs to both databases in {spent:.0f} s, {self.busy} answered 503 and repeated",
            f"parts: {parts}",
            f"verdicts: {codes}",
            f"routes whose untouched example succeeds on both: {len(self.succeeded)} of {len(self.wanted)}",
            *(f"  not: {one.said}" for one in self.wanted if one.name not in self.succeeded),
            f"findings: {len(self.findings)}",
            *(f"  {one}" for one in self.findings),
        ]
        return "\n".join(lines)


def verdict(answer: Answer) -> tuple[Any, ...]:
    """What a client would act on: status and code, which values are wrong, whether there are entries."""
    said = answer.said
    if not isinstance(said, dict):
        return (answer.status,)
    pointers = tuple(sorted({str(error["pointer"]) for error in said.get("errors", ())}))
    items = said.get("items")
    return (answer.status, said.get("code"), pointers, bool(items) if isinstance(items, list) else None)


class Pair:
    """One worker's connections to both servers, and the requests that it changes."""

    def __init__(self, sides: list[Side], tally: Tally) -> None:
        self.sides, self.tally = sides, tally
        self.lines = [Line(side.server.port) for side in sides]
        self.requests: list[Asked] = []
        self._made_for: Example | None = None

    async def prepare(self, operation: Operation, example: Example) -> None:
        """Fresh things on both sides."""
        self.requests = [asked(operation, await example(side.stage)) for side in self.sides]
        self._made_for = example

    async def ask(self, made: tuple[Change, ...]) -> list[Answer]:
        """The same change of both requests; repeated where one was too busy."""
        for _ in range(_RETRIES):
            answers = await asyncio.gather(*(self._one(place, made) for place in range(len(self.lines))))
            if all(answer.status != BUSY for answer in answers):
                break
            self.tally.busy += 1
            await asyncio.sleep(0.2)
        return list(answers)

    async def _one(self, place: int, made: tuple[Change, ...]) -> Answer:
        request = self.requests[place]
        for change in made:
            request = change.made(request)
        return await self.lines[place].ask(
            request.written(),
            last=request.last,
            endless=request.endless,
            silent=request.method == b"HEAD",
        )

    async def attempt(self, trial: Trial) -> None:
        """One hostile input: judged, and tried a second time with fresh things before it counts as a finding."""
        operation, example, made = trial
        if self._made_for is not example:
            await self.prepare(operation, example)
        answers = await self.ask(made)
        if (wrong := _wrong(answers)) and answers[0].status < 500:
            await self.prepare(operation, example)
            answers = await self.ask(made)
            wrong = _wrong(answers)
        self.tally.inputs += 1
        self.tally.parts[made[0].part] += 1
        self.tally.verdicts[" ".join(str(part) for part in verdict(answers[0])[:2])] += 1
        if wrong:
            said = " + ".join(str(change) for change in made)
            self.tally.findings.append(f"{operation.said}: {said}: {wrong}")
        if made[0].part == "field" and operation.name in self.tally.once and _succeeded(answers):
            self._made_for = None  # It is done: the next one needs something of its own.

    def forget(self) -> None:
        """What comes next begins with fresh things."""
        self._made_for = None

    def close(self) -> None:
        """Hang up."""
        for line in self.lines:
            line.close()


def _succeeded(answers: list[Answer]) -> bool:
    return all(200 <= answer.status < 400 for answer in answers)


def _wrong(answers: list[Answer]) -> str:
    broken = [
        f"{kind} {answer.status}" for kind, answer in zip(KINDS, answers, strict=True) if answer.status >= 500
    ]
    if broken and any(answer.status not in (BUSY, 501, 505) for answer in answers if answer.status >= 500):
        return f"broken: {', '.join(broken)}"
    if any(answer.status == SILENT for answer in answers):
        return f"no answer in time: {[answer.status for answer in answers]}"
    verdicts = [verdict(answer) for answer in answers]
    return "" if verdicts[0] == verdicts[1] else f"{KINDS[0]} {verdicts[0]}, {KINDS[1]} {verdicts[1]}"


async def run(inputs: int, seed: int, folder: Path, only: list[str]) -> Tally:
    """So many hostile inputs at least: every single one there is, then mixtures."""
    discover()
    async with AsyncExitStack() as stack:
        sides = [await _side(stack, kind, folder) for kind in KINDS]
        wanted = [one for one in operations() if not only or one.name in only]
        tally = Tally(wanted)
        contract = _contract()
        planned = {one.name: changes(one, contract) for one in wanted}
        await _untouched(sides, tally, wanted)
        trials = _trials(wanted, planned, inputs, seed)
        await asyncio.gather(*(_work(Pair(sides, tally), trials, inputs, tally) for _ in range(WORKERS)))
    return tally


def _contract() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(assemble().state.contract())
    return document


async def _side(stack: AsyncExitStack, kind: str, folder: Path) -> Side:
    settings = await stack.enter_async_context(built_database(kind, folder, "hostile"))
    house = build_house(settings)
    stack.push_async_callback(house.database.close)
    stage = await a_stage(house)
    stack.push_async_callback(stage.world.client.aclose)
    server = Server(settings.database_url).start().wait()
    stack.callback(server.stop)
    return Side(kind, stage, server)


async def _untouched(sides: list[Side], tally: Tally, wanted: list[Operation]) -> None:
    """What is made hostile must be a request that succeeds: otherwise all of it would end at the door."""
    pair = Pair(sides, tally)
    for operation in wanted:
        for example in made_for(operation):
            await pair.prepare(operation, example)
            if _succeeded(await pair.ask(())):
                tally.succeeded.add(operation.name)
            if not _succeeded(await pair.ask(())):
                tally.once.add(operation.name)
    pair.close()


def _trials(
    wanted: list[Operation], planned: dict[str, list[Change]], inputs: int, seed: int
) -> Iterator[list[Trial]]:
    """The trials, a few of one route at a time, so that they share what was made for them."""
    given = 0
    mixer = Mixer(seed)
    for operation in wanted:
        examples = made_for(operation)
        single = mixer.some(planned[operation.name], share=inputs / sum(map(len, planned.values())))
        for place, some in enumerate(_in_parts(single)):
            given += len(some)
            yield [(operation, examples[place % len(examples)], (change,)) for change in some]
    for operation in itertools.cycle(wanted):
        if given >= inputs:
            return
        examples = made_for(operation)
        given += AT_ONCE
        example = examples[given // AT_ONCE % len(examples)]
        yield [(operation, example, mixer.mixed(planned[operation.name])) for _ in range(AT_ONCE)]


def _in_parts(found: list[Change]) -> Iterator[list[Change]]:
    for begin in range(0, len(found), AT_ONCE):
        yield found[begin : begin + AT_ONCE]


async def _work(pair: Pair, trials: Iterator[list[Trial]], inputs: int, tally: Tally) -> None:
    for some in trials:
        pair.forget()
        for trial in some:
            await pair.attempt(trial)
        _progress(tally, inputs)
    pair.close()


def _progress(tally: Tally, inputs: int) -> None:
    spent = time.monotonic() - tally.began
    line = (
        f"{tally.inputs}/{inputs} inputs, {tally.inputs / spent:.0f} a second, {len(tally.findings)} findings"
    )
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{line}")
    elif tally.inputs // 1_000 > tally.told_at:
        tally.told_at = tally.inputs // 1_000
        sys.stderr.write(f"{line}\n")
    sys.stderr.flush()

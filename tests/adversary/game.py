"""Rounds of ten authors over HTTP: what they do, in random order, and what an onlooker may write down meanwhile.

Who posted when is told to the adversary, person by person. Only one thing is withheld: what goes between an
author and the service about their own sealed card. Whoever reads that need not link anything.
"""

import asyncio
import json
import logging
import random
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from peergroup.kit.context import House
from peergroup.worker import Worker
from tests.adversary.remains import File, Line, side_files
from tests.facilitation.factories import Run, a_run, written
from tests.groups.factories import GroupOf, a_group
from tests.world import Actor, World, a_world

AUTHORS = 10
READ_BY = "contributions for "
EACH = 5
"""Rounds of one exercise."""
TRACKS = 2
"""Groups that play at the same time on one database."""
METHOD = """
key: {key}
title: Cards
rounds: {rounds}
phases:
  - key: write
    title: Write
    prompt: One card each.
    minutes: 5
    accepts: {{everyone: [card]}}
    visibility: {visibility}
    anonymous: true
  - key: choose
    title: Choose
    prompt: One mark each.
    minutes: 5
    marks: [{{list: quiet, on: [card], by: everyone, budget: 1, tally: hidden}}]
"""
TALK = """
key: talk
title: Talk
phases: [{key: talk, title: Talk, prompt: Say something., minutes: 5, accepts: {everyone: [hello]}}]
"""
BLIND, SEALED = "blind", "sealed\n    reveals: choose"


@dataclass
class Round:
    """Ten people, and ten things of which each is one person's: cards that they wrote, or cards that they marked.

    `things` are names of a thing by its first one: the words of a card, the id of a contribution. `answered`
    are the people in the order in which they were answered, `tags` the ETags of these answers. `around` are
    ids that belong to this round alone. `truth` is for the judge.
    """

    what: str
    exercise: str
    people: list[str]
    truth: dict[str, str]
    answered: list[str]
    tags: dict[str, str] = field(default_factory=dict)
    around: frozenset[str] = frozenset()
    aliases: dict[str, str] = field(default_factory=dict)

    @property
    def things(self) -> list[str]:
        return sorted(self.truth)


@dataclass(frozen=True)
class Look:
    """The side files of a SQLite database as they are when an exercise has ended, and the worker has nothing to do."""

    exercise: str
    files: list[File]


@dataclass
class Game:
    """What was played, and every line an onlooker could write down."""

    house: House
    rounds: list[Round] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def note(self, source: str, texts: Iterable[str]) -> None:
        """Write down what somebody was answered, in its order."""
        for text in texts:
            self.lines.append(Line(source, len(self.lines), text))


class Ear(logging.Handler):
    """Writes down what the service logs."""

    def __init__(self, game: Game) -> None:
        super().__init__(logging.INFO)
        self.game = game

    def emit(self, record: logging.LogRecord) -> None:
        if not record.name.startswith("http"):  # the clients' own
            self.game.note("log", [record.getMessage()])


async def play(house: House, client: httpx.AsyncClient, rounds: int) -> Game:
    """So many rounds, in groups that play at the same time, beside an exercise that never ends."""
    game, world = Game(house), await a_world(house, client)
    ear, root = Ear(game), logging.getLogger()
    before = root.level
    root.addHandler(ear)
    root.setLevel(logging.INFO)
    try:
        each = min(EACH, rounds)
        methods = [
            await written(world, METHOD.format(key=key, rounds=each, visibility=visibility))
            for key, visibility in (("blind_cards", BLIND), ("sealed_cards", SEALED))
        ]
        talk = await written(world, TALK)
        await _a_bystander(world, methods[1])
        waiting = iter([methods[n % 2] for n in range(-(-rounds // each))])
        tracks = min(TRACKS, -(-rounds // each))
        await asyncio.gather(*(_track(game, world, talk, waiting) for _ in range(tracks)))
        await Worker(house).drain()
    finally:
        root.removeHandler(ear)
        root.setLevel(before)
    return game


async def _a_bystander(world: World, method: str) -> None:
    """An exercise that goes on all the time, so that no table is ever empty and no page of it ever given back."""
    run = await a_run(world, method, members=4)
    for member in run.members:
        await run.say(member, "card", a_card()[0])


async def _track(game: Game, world: World, talk: str, waiting: Iterable[str]) -> None:
    group = await a_group(world, members=AUTHORS)
    talking = await a_run(world, talk, group=group)
    for method in waiting:
        run = await a_run(world, method, group=group)
        for number in range(1, EACH + 1):
            await _round(game, run, talking, number)
            if (await run.seen_by(run.moderator))["state"] != "running":
                break
        await _read_everything(game, run)
        await _look(game, run)
    await _read_events(game, world, group)


def a_card() -> tuple[str, str]:
    """What a card says, and the one word of it that is nowhere else. How much it says is nobody's habit."""
    word = f"w{secrets.token_hex(8)}"
    return f"{'So it is. ' * random.randrange(8)}{word}", word


def _in_any_order(people: list[Actor]) -> list[Actor]:
    return random.sample(people, len(people))


async def _round(game: Game, run: Run, talking: Run, number: int) -> None:
    people = [str(one.person_id) for one in run.members]
    cards = Round("card", run.id, people, {}, [])
    for author in _in_any_order(run.members):
        await _write(run, author, cards)
        if number == 1:
            # Under their names they say something right beside it: what that leaves tells who came after whom.
            cards.around |= {(await talking.say(author, "hello"))["id"]}
        if len(cards.truth) == AUTHORS // 2:
            game.note("exercise meanwhile", [json.dumps(await run.seen_by(run.moderator))])
    await run.must("advance")
    revealed = await run.said_to(run.moderator, limit="200")
    cards.aliases = {one["body"].split()[-1]: one["id"] for one in revealed if one["round"] == number}
    game.rounds += [cards, await _vote(run, people, list(cards.aliases.values()))]
    await run.must("advance")


async def _write(run: Run, author: Actor, cards: Round) -> None:
    body, word = a_card()
    answer = await author.call(
        "POST",
        f"/exercises/{run.id}/contributions",
        json={"kind": "card", "body": body},
        headers={"Idempotency-Key": str(uuid4())},
    )
    assert answer.status_code == 201, answer.text
    me = str(author.person_id)
    cards.truth[word] = me
    cards.answered.append(me)
    cards.tags[me] = answer.headers["etag"]


async def _vote(run: Run, people: list[str], cards: list[str]) -> Round:
    """Each marks another card, in secret; so every card has one mark, and its result tells nothing."""
    votes = Round("mark", run.id, people, {}, [])
    for voter, card in zip(_in_any_order(run.members), random.sample(cards, len(cards)), strict=True):
        answer = await voter.put(f"/contributions/{card}/marks/quiet")
        assert answer.status_code == 200, answer.text
        votes.truth[card] = str(voter.person_id)
        votes.answered.append(str(voter.person_id))
    votes.aliases = {card: card for card in cards}
    return votes


async def _look(game: Game, run: Run) -> None:
    async with game.turn:
        await Worker(game.house).drain()
        game.looks.append(Look(run.id, side_files(game.house.settings.database_url, " at once")))


async def _read_everything(game: Game, run: Run) -> None:
    """What everybody is answered who asks afterwards."""
    game.note("contributions", map(json.dumps, await run.said_to(run.moderator, limit="200")))
    for reader in run.members:
        found = await run.said_to(reader, limit="200")
        game.note(f"{READ_BY}{reader.person_id}", map(json.dumps, found))
    for path in (f"/exercises/{run.id}", f"/exercises/{run.id}/results", f"/exercises/{run.id}/minutes"):
        answer = await run.moderator.get(path)
        assert answer.status_code == 200, answer.text
        told: Any = answer.json() | {"etag": answer.headers.get("etag")}
        game.note(path.rpartition("/")[2] if path.count("/") > 2 else "exercise", [json.dumps(told)])


async def _read_events(game: Game, world: World, group: GroupOf) -> None:
    """Every event that anybody may see."""
    readers = {
        "moderator": group.moderator,
        "owner": world.owner,
        "service": await world.service("events:read"),
    }
    for name, reader in readers.items():
        cursor: str | None = ""
        while cursor is not None:
            query = {"limit": 200} | ({"after": cursor} if cursor else {})
            answer = await reader.get("/events", params=query)
            assert answer.status_code == 200, answer.text
            page = answer.json()
            game.note(f"events for {name}", map(json.dumps, page["items"]))
            cursor = page["next_cursor"] if page["items"] else None

"""A year of life in a made-up organization, told from its first day to now."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
import yaml

from peergroup.demo import meeting
from peergroup.demo.cast import Cast, Circle, bring_in, found, gather, join, shipped
from peergroup.demo.hot_seat import HotSeat
from peergroup.demo.voices import StoryClock, Voice
from peergroup.kit.context import House
from peergroup.worker import Worker

Progress = Callable[[str], None]
MONTHS = 12
_FIELDS = ("question", "context", "tried", "help_wanted")


@dataclass
class Told:
    """What the story left behind."""

    cast: Cast
    circles: dict[str, Circle]
    ready: Any
    """The session that can be started now."""


async def tell(house: House, client: httpx.AsyncClient, progress: Progress, *, months: int = MONTHS) -> Told:
    """Tell the last `months` of a year; the house's clock is the story's until it ends."""
    life = yaml.safe_load(shipped("life.yaml"))
    today, real = house.clock(), house.clock
    clock = StoryClock(today - dt.timedelta(days=370))
    house.clock = clock
    try:
        progress("people come in from the CRM")
        cast = await found(
            house,
            client,
            name="Northwind Circle",
            owner="Ines Moreau",
            email="ines@northwind-circle.example",
            zone=meeting.ZONE,
        )
        await bring_in(cast, shipped("people.csv"), "hubspot")
        circles = {one["name"]: await _circle(cast, life, one) for one in life["groups"]}
        for month in range(MONTHS - months, MONTHS):
            for one in life["groups"]:
                progress(f"{one['name']}: {one['themes'][month]}")
                clock.at = max(clock.at, today - dt.timedelta(days=360 - 30 * month))
                await _month(cast, one, circles[one["name"]], _told_in(life, one["name"]), month, clock)
        for one in life["groups"]:
            await _parked(circles[one["name"]], [e for e in _told_in(life, one["name"]) if not e["say"]])
        await _movements(cast, circles["Founders North"], clock, today)
        await _under_way(circles["Makers South"])
        clock.at = max(clock.at, today)
        await _half_a_year_ahead(circles["Makers South"], clock)
        ready = await _ready(circles["Founders North"], clock)
        return Told(cast, circles, ready)
    finally:
        house.clock = real


async def _circle(cast: Cast, life: Any, one: Any) -> Circle:
    return await gather(
        cast, name=one["name"], focus=one["focus"], covenant=life["covenant"],
        moderator=cast.voices[one["moderator"]], members=[cast.voices[key] for key in one["members"]],
    )  # fmt: skip


def _told_in(life: Any, group: str) -> list[Any]:
    return [entry for entry in life["challenges"] if entry["group"] == group]


async def _month(
    cast: Cast, one: Any, circle: Circle, told: list[Any], month: int, clock: StoryClock
) -> None:
    """A session, with a hot seat as long as there is something to tell, and what came of the promise."""
    worker = Worker(cast.house)
    await worker.drain()
    title = one["themes"][month]
    theme = await circle.moderator.post("/themes", {"title": title})
    local = (clock.at + dt.timedelta(days=3)).replace(hour=18, minute=0)
    session = await meeting.plan(circle.moderator, circle.id, title, local, theme["id"])
    # Every third time somebody cannot come; the moderator, first in the list, always does.
    missing = month % len(circle.members) + 1 if month % 3 == 2 else None
    await meeting.answer(session["id"], circle.everybody, missing=missing)
    entry = _turn(told, month)
    challenge = await _park(circle, entry, month, session) if entry else None
    await meeting.begin(circle.moderator, session, clock)
    if entry and challenge:
        await _hot_seat(circle, challenge, entry, month, clock).play()
    await meeting.close(circle.moderator, session["id"], circle.everybody, clock, missing=missing)
    await worker.drain()
    if entry and challenge and entry.get("outcome"):
        await _report(circle, challenge, entry, month, clock)


def _turn(told: list[Any], month: int) -> Any:
    """What is told this month: from the first month on what has an outcome, in the last one what has none yet."""
    done = [entry for entry in told if entry.get("outcome")]
    open_ = [entry for entry in told if entry["say"] and not entry.get("outcome")]
    if month >= MONTHS - len(open_):
        return open_[month - MONTHS]
    return done[month] if month < len(done) else None


def _owner(circle: Circle, month: int) -> Voice:
    return circle.members[month % len(circle.members)]


async def _park(circle: Circle, entry: Any, month: int, session: Any) -> str:
    """A member writes the challenge down, others say "mine too", the moderator gives it the hot seat."""
    owner = _owner(circle, month)
    made = await owner.post(f"/groups/{circle.id}/challenges", {name: entry[name] for name in _FIELDS})
    challenge = str(made["id"])
    await owner.post(f"/challenges/{challenge}/submit")
    for other in circle.members[month % 3 :: 4]:
        if other is not owner:
            await other.put(f"/challenges/{challenge}/second")
    await circle.moderator.post(f"/challenges/{challenge}/accept")
    await circle.moderator.patch(f"/challenges/{challenge}", {"session_id": session["id"], "position": 1})
    return challenge


def _hot_seat(circle: Circle, challenge: str, entry: Any, month: int, clock: StoryClock) -> HotSeat:
    owner = _owner(circle, month)
    brains = [member for member in circle.members if member is not owner]
    return HotSeat(
        challenge, entry, owner, circle.moderator, brains[month % 3 :] + brains[: month % 3], clock
    )


async def _report(circle: Circle, challenge: str, entry: Any, month: int, clock: StoryClock) -> None:
    """Two weeks later the owner keeps the promise and says what came of it."""
    owner = _owner(circle, month)
    clock.at += dt.timedelta(days=12)
    mine = await owner.get(f"/commitments?owner=me&state=open&group_id={circle.id}")
    for commitment in mine["items"]:
        await owner.post(
            f"/commitments/{commitment['id']}/{'complete' if entry['outcome'] != 'not' else 'miss'}"
        )
    await owner.post(
        f"/challenges/{challenge}/resolve", {"outcome": entry["outcome"], "learned": entry["learned"]}
    )


async def _parked(circle: Circle, entries: list[Any]) -> None:
    """What nobody has worked on yet: accepted, submitted, parked."""
    for place, entry in enumerate(entries):
        owner = circle.members[-1 - place]
        made = await owner.post(f"/groups/{circle.id}/challenges", {name: entry[name] for name in _FIELDS})
        if place < 2:
            await owner.post(f"/challenges/{made['id']}/submit")
        for other in circle.members[place : place + 3]:
            if other is not owner:
                await other.put(f"/challenges/{made['id']}/second")


async def _movements(cast: Cast, circle: Circle, clock: StoryClock, today: dt.datetime) -> None:
    """Somebody is on leave, somebody just joined, somebody is invited, and some challenges ended otherwise."""
    clock.at = max(clock.at, today - dt.timedelta(days=6))
    guest, newcomer = cast.voices["538"], cast.voices["541"]
    await circle.moderator.post(f"/groups/{circle.id}/memberships", {"person_id": str(newcomer.person_id)})
    south = cast.voices["503"]
    groups = await south.get("/groups")
    await join(groups["items"][0]["id"], south, guest)
    first, second = circle.members[0], circle.members[1]
    for owner, question, verb, body in (
        (first, "How do I choose between two good machines?", "withdraw", None),
        (
            second,
            "How do I get my neighbour to stop parking at the gate?",
            "drop",
            {"reason": "Not for this group."},
        ),
        (second, "How do I write a job ad?", "send_back", {"reason": "What exactly is hard about it?"}),
    ):
        made = await owner.post(f"/groups/{circle.id}/challenges", {
            "question": question, "context": "It comes back every quarter.", "tried": "Waiting.",
            "help_wanted": "ideas"})  # fmt: skip
        await owner.post(f"/challenges/{made['id']}/submit")
        actor = owner if verb == "withdraw" else circle.moderator
        await actor.post(f"/challenges/{made['id']}/{verb}", body)


async def _under_way(circle: Circle) -> None:
    """One challenge that the group works on between two sessions, everybody in their own time."""
    lot = await circle.moderator.get(f"/groups/{circle.id}/parking-lot")
    challenge = next(entry["id"] for entry in lot["items"] if entry["state"] == "submitted")
    await circle.moderator.post(f"/challenges/{challenge}/accept")
    await circle.moderator.post(f"/challenges/{challenge}/start", {"mode": "async"})


async def _half_a_year_ahead(circle: Circle, clock: StoryClock) -> None:
    """A plan: on every second Wednesday of six months, each with a host, and the hot seats in the order of turns."""
    turns = (await circle.moderator.get(f"/groups/{circle.id}/hot-seat-rotation"))["items"]
    people = [turn["person"]["id"] for turn in turns]
    soon = clock.at + dt.timedelta(days=35)
    year, first = (soon.year, soon.month) if soon.month <= 7 else (soon.year + 1, 1)
    entries = [
        {
            "key": f"{year}-{first + place:02}",
            "host_id": people[-1 - place % len(people)],
            "hot_seats": [people[place % len(people)]],
        }
        for place in range(6)
    ]
    usual = {
        "rule": "FREQ=MONTHLY;BYDAY=2WE",
        "local_time": "18:00",
        "time_zone": meeting.ZONE,
        "minutes": 120,
        "place": "Everybody's workshop in turn",
    }
    body = {"usual": usual, "entries": [entry | {"agenda": meeting.AGENDA} for entry in entries]}
    await circle.moderator.put(f"/groups/{circle.id}/plans/{year}", body, headers={"If-Match": "*"})


async def _ready(circle: Circle, clock: StoryClock) -> Any:
    """One session that can be started now, with a challenge on its hot seat, and one next month."""
    local = clock.at.astimezone(meeting.zone()) + dt.timedelta(minutes=45)
    session = await meeting.plan(circle.moderator, circle.id, "What lasts", local, None)
    await meeting.answer(session["id"], circle.everybody)
    lot = await circle.moderator.get(f"/groups/{circle.id}/parking-lot")
    waiting = next(entry for entry in lot["items"] if entry["state"] == "submitted")
    await circle.moderator.post(f"/challenges/{waiting['id']}/accept")
    await circle.moderator.patch(f"/challenges/{waiting['id']}", {"session_id": session["id"], "position": 1})
    later = await meeting.plan(
        circle.moderator,
        circle.id,
        "Next year",
        (local + dt.timedelta(days=30)).replace(hour=18, minute=0),
        None,
    )
    await meeting.answer(later["id"], circle.everybody[:6])
    return {"session": session, "challenge_id": waiting["id"]}

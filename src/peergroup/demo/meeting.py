"""Sessions of a made-up group: planned, answered, held, closed."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from peergroup.demo.voices import StoryClock, Voice

AGENDA = [
    {"title": "Opening: the covenant is read out", "kind": "opening", "minutes": 10},
    {"title": "How are you, in one word?", "kind": "check_in", "minutes": 10},
    {"title": "What became of our promises", "kind": "commitments", "minutes": 15},
    {"title": "Hot seat", "kind": "hot_seat", "minutes": 50},
    {"title": "Closing round", "kind": "closing", "minutes": 15},
]
ZONE = "Europe/Berlin"


def zone() -> ZoneInfo:
    """The zone in which the made-up people meet."""
    return ZoneInfo(ZONE)


async def plan(moderator: Voice, group_id: str, title: str, local: dt.datetime, theme_id: str | None) -> Any:
    """A scheduled session of two hours."""
    session = await moderator.post(
        f"/groups/{group_id}/sessions",
        {
            "title": title,
            "theme_id": theme_id,
            "local_start": local.strftime("%Y-%m-%dT%H:%M"),
            "time_zone": ZONE,
            "dst_policy": "shift_forward",
            "minutes": 120,
            "agenda": AGENDA,
        },
    )
    return await moderator.post(f"/sessions/{session['id']}/schedule")


async def answer(session_id: str, people: Sequence[Voice], *, missing: int | None = None) -> None:
    """Everybody says yes; the one at place `missing` says no."""
    for place, person in enumerate(people):
        said = "no" if place == missing else "yes"
        await person.put(f"/sessions/{session_id}/rsvps/{person.person_id}", {"answer": said})


async def begin(moderator: Voice, session: Any, clock: StoryClock) -> None:
    """At its time the moderator starts it, and goes on to the hot seat."""
    clock.at = max(clock.at, dt.datetime.fromisoformat(session["starts_at"]))
    await moderator.post(f"/sessions/{session['id']}/start")
    for segment in AGENDA[:3]:
        clock.at += dt.timedelta(minutes=int(str(segment["minutes"])) - 1)
        await moderator.post(f"/sessions/{session['id']}/next")


async def close(
    moderator: Voice,
    session_id: str,
    people: Sequence[Voice],
    clock: StoryClock,
    *,
    missing: int | None = None,
) -> None:
    """Mark who was there, and close."""
    clock.at += dt.timedelta(minutes=12)
    for place, person in enumerate(people):
        state = "excused" if place == missing else "present"
        await moderator.put(f"/sessions/{session_id}/attendance/{person.person_id}", {"mark": state})
    await moderator.post(f"/sessions/{session_id}/complete")

"""Whatever is done to series, in whatever order: what holds afterwards."""

from itertools import pairwise
from random import Random
from typing import Any

import pytest

from peergroup.sessions.occurrences import dates
from peergroup.sessions.recurrence_text import parsed
from tests.groups.factories import GroupOf, a_group
from tests.scale import scaled
from tests.sessions.factories import answered, codes
from tests.sessions.recurring import AGENDA, a_series, sessions_of
from tests.world import World

RULES = (
    "FREQ=WEEKLY;COUNT=8",
    "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=10",
    "FREQ=WEEKLY;INTERVAL=2;COUNT=5",
    "FREQ=MONTHLY;BYDAY=2TU;COUNT=4",
    "FREQ=WEEKLY;BYDAY=WE;UNTIL=20300401",
    "FREQ=DAILY;INTERVAL=5;COUNT=9",
)
STEPS = scaled(12, 40)


@pytest.mark.parametrize("seed", range(scaled(3, 8)))
async def test_whatever_is_done_to_series_they_say_what_meets(world: World, seed: int) -> None:
    random = Random(seed)
    group = await a_group(world)
    await a_series(group, "FREQ=WEEKLY;COUNT=8", agenda=AGENDA)
    said: set[str] = set()
    out: dict[str, set[str]] = {}
    for _ in range(STEPS):
        sessions = [one for one in await sessions_of(group) if one["state"] == "scheduled"]
        if not sessions:
            await a_series(group, random.choice(RULES[:2]), agenda=AGENDA)
            continue
        await _do_something(random, group, random.choice(sessions), said, out)
        await _holds(group, said, out)


async def _do_something(
    random: Random, group: GroupOf, session: dict[str, Any], said: set[str], out: dict[str, set[str]]
) -> None:
    lead, path, series = group.moderator, f"/sessions/{session['id']}", f"/series/{session['series_id']}"
    hour = f"{random.randint(8, 20):02}:00"
    here = {"local_start": f"{session['occurrence'][:10]}T{hour}"}
    words = {"title": f"Title {random.randint(1, 99)}", "place": f"Room {random.randint(1, 9)}"}
    scope = {"scope": random.choice(("this", "following", "all"))}
    kind = random.choice(
        ("answer", "words", "time", "time", "rule", "rule", "out", "cut", "cancel", "length")
    )
    if kind == "answer":
        assert (await answered(group.members[0], session["id"], "yes")).status_code == 200
        said.add(session["id"])
        return
    if kind == "out":
        answer = await lead.delete(path)
        out.setdefault(session["series_id"], set()).add(session["occurrence"][:10])
    elif kind == "cut" and random.random() < 0.3:
        answer = await lead.delete(path, params={"scope": "following"})
    elif kind == "cancel":
        answer = await lead.post(f"{path}/cancel", {"reason": "Snow."})
    elif kind == "rule":
        answer = await lead.patch(series, {"rule": random.choice(RULES)})
    else:
        bodies = {"words": words, "time": here, "length": {"minutes": random.choice((60, 75, 90))}}
        answer = await lead.patch(path, bodies.get(kind, words), params=scope)
    # Series that were split off may meet where an older one would come to again.
    collides = answer.status_code == 409 and codes(answer) == {"overlap"}
    assert answer.status_code in (200, 204) or collides, (kind, scope, answer.text)


async def _holds(group: GroupOf, said: set[str], out: dict[str, set[str]]) -> None:
    sessions = await sessions_of(group)
    listed = (await group.moderator.get(f"/groups/{group.id}/series")).json()["items"]
    for one in listed:
        series = (await group.moderator.get(f"/series/{one['id']}")).json()
        own = [session for session in sessions if session["series_id"] == one["id"]]
        by_day: dict[str, list[Any]] = {}
        for session in own:
            by_day.setdefault(session["occurrence"][:10], []).append(session)
        assert all(len(same) == 1 for same in by_day.values()), "one session for a day"
        meet = {day for day, (session,) in by_day.items() if session["state"] == "scheduled"}
        off = {day for day, (session,) in by_day.items() if session["state"] == "cancelled"}
        wanted = {str(day) for day in dates(parsed(one["rule"]), one["local_start"], one["time_zone"])}
        expected = set() if one["ended_at"] else wanted - set(series["exdates"]) - off
        assert meet == expected, "the rule says what meets"
        assert out.get(one["id"], set()) <= set(series["exdates"])
        assert not meet & set(series["exdates"]), "what was taken out never comes back"
        for session in own:
            if session["state"] == "scheduled":
                await _follows(group, series, session)
    assert said <= {session["id"] for session in sessions}, "nobody's answer is lost"
    standing = sorted(
        (session["starts_at"], session["ends_at"]) for session in sessions if session["state"] == "scheduled"
    )
    assert all(first[1] <= second[0] for first, second in pairwise(standing))


async def _follows(group: GroupOf, series: dict[str, Any], session: dict[str, Any]) -> None:
    seen = (await group.moderator.get(f"/sessions/{session['id']}")).json()
    for name in ("title", "place", "minutes", "time_zone"):
        assert (seen[name] == series[name]) or name in seen["overridden"], (name, seen[name], series[name])
    time = seen["local_start"][11:] == series["local_start"][11:]
    assert time or "local_start" in seen["overridden"]
    assert seen["occurrence"][11:] == series["local_start"][11:]

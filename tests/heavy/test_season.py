"""A season of many groups, applied as the command applies it: all of it once, and nothing the second time."""

import json
import time
from pathlib import Path
from typing import Any

from peergroup.cli.season_file import read_season
from tests.scale import report, scaled
from tests.seasons.factories import YEAR, a_group, a_season, somebody
from tests.sessions.test_cost import statements
from tests.world import World

GROUPS = scaled(3, 50)
MEMBERS = 8


def _group(number: int) -> dict[str, Any]:
    people = [{"name": f"P {number} {n}", "email": f"p{number}.{n}@example.com"} for n in range(MEMBERS)]
    return a_group(f"Group {number:03}", moderators=["mona@example.com"], members=people)


async def test_a_season_of_many_groups_applies_twice(world: World, tmp_path: Path) -> None:
    await somebody(world, "Mona")
    file = tmp_path / "season.json"
    file.write_text(json.dumps(a_season(*(_group(number) for number in range(GROUPS)))))
    began = time.perf_counter()
    parts = list(read_season(file).parts())
    report(f"{GROUPS} groups of {MEMBERS} with 12 sessions read in {time.perf_counter() - began:.2f} s")
    assert len(parts) == GROUPS + 1
    for wanted in ("created", "unchanged"):
        began, summary, asked = time.perf_counter(), dict[str, int](), list[int]()
        for part in parts:
            with statements(world) as counted:
                answer = await world.owner.post("/seasons", part.body)
            assert answer.status_code == 200, answer.text
            asked.append(len(counted))
            for name, count in answer.json()["summary"].items():
                summary[name] = summary.get(name, 0) + count
        took = time.perf_counter() - began
        kind = "SQLite" if world.house.settings.is_sqlite else "PostgreSQL"
        report(f"{kind}, {wanted}: {took:.1f} s, statements for each group: {min(asked[1:])} to {max(asked)}")
        # Each group, its people but for the moderator who came with it, its year; the library comes first.
        made = 3 + GROUPS * (1 + MEMBERS + 12)
        again = GROUPS * (1 + 1)  # the moderator, and the template that each group names
        total = made + again
        assert summary[wanted] == (made if wanted == "created" else total)
    sessions = (await world.owner.get("/groups")).json()["items"]
    assert len(sessions) == min(GROUPS, 50)
    assert all(part.body["season"] == YEAR for part in parts)

"""Zones whose rules change: sessions stay at their local time, and begin at another instant."""

import datetime as dt
import zoneinfo
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from peergroup.sessions.zone_rules import derive_anew
from peergroup.worker import Worker
from tests.conftest import Clock
from tests.groups.factories import a_group
from tests.sessions.factories import BERLIN, a_draft, a_session, done, event_types
from tests.sessions.recurring import a_series, changed, sessions_of
from tests.world import World


@pytest.fixture
def berlin_like_london(tmp_path: Path) -> Iterator[None]:
    """Zone data of a day on which Germany went over to British time."""
    yield from _berlin_like(tmp_path, "Europe", "London")


@pytest.fixture
def berlin_without_summer(tmp_path: Path) -> Iterator[None]:
    """Zone data of a day on which Germany stopped changing its clocks."""
    yield from _berlin_like(tmp_path, "Africa", "Lagos")


def _berlin_like(place: Path, *other: str) -> Iterator[None]:
    (place / "Europe").mkdir()
    data = files("tzdata").joinpath("zoneinfo", *other).read_bytes()
    (place / "Europe" / "Berlin").write_bytes(data)
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath(to=[str(place), *before])
    zoneinfo.ZoneInfo.clear_cache()
    try:
        yield
    finally:
        zoneinfo.reset_tzpath(to=before)
        zoneinfo.ZoneInfo.clear_cache()


async def _anew(world: World) -> int:
    async with world.acting() as ctx:
        return int(await derive_anew(ctx))


async def test_nothing_moves_while_zones_stay_as_they_are(world: World) -> None:
    group = await a_group(world)
    await a_series(group)
    await a_session(world, group)
    await a_draft(world, group, begins_in=1_000)
    before = await sessions_of(group)
    assert await _anew(world) == 0
    assert await sessions_of(group) == before


async def test_sessions_stay_at_their_local_time(world: World, request: pytest.FixtureRequest) -> None:
    group = await a_group(world)
    await a_series(group, "FREQ=WEEKLY;COUNT=3")
    single = await a_session(world, group, local_start="2030-06-12T18:00", time_zone=BERLIN)
    elsewhere = await a_session(world, group, local_start="2030-06-13T18:00", time_zone="Asia/Tokyo")
    over = await a_session(world, group, local_start="2030-06-14T18:00", time_zone=BERLIN)
    await done(group.moderator, over["id"], "cancel", {"reason": "Snow."})
    before = await sessions_of(group)
    request.getfixturevalue("berlin_like_london")
    assert await _anew(world) == 4
    after = await sessions_of(group)
    assert [one["local_start"] for one in after] == [one["local_start"] for one in before]
    assert [one["starts_at"][11:16] for one in after] == [
        "18:00",
        "18:00",
        "18:00",
        "17:00",
        "09:00",
        "16:00",
    ]
    assert after[0]["ends_at"][11:16] == "19:30"
    moved = (await group.moderator.get(f"/sessions/{single['id']}")).json()
    assert (moved["sequence"], moved["version"]) == (1, single["version"] + 1)
    assert (await event_types(world, single["id"]))[-1] == "session.rescheduled"
    assert (await event_types(world, elsewhere["id"]))[-1] == "session.scheduled"
    assert await _anew(world) == 0


async def test_an_hour_that_is_skipped_no_more_is_kept_again(
    world: World, request: pytest.FixtureRequest
) -> None:
    group = await a_group(world)
    made = await a_series(
        group, "FREQ=DAILY;COUNT=3", local_start="2030-03-30T02:30", dst_policy="shift_forward"
    )
    assert made["occurrences"][1]["local_start"] == "2030-03-31T03:30"
    request.getfixturevalue("berlin_without_summer")
    assert await _anew(world) == 2
    assert [one["local_start"][11:] for one in await sessions_of(group)] == ["02:30"] * 3
    after = await changed(group.moderator, f"/series/{made['id']}", {"title": "Early"})
    assert {one["became"] for one in after["changes"]} == {"changed"}


async def test_every_organization_looks_once_a_day(
    world: World, clock: Clock, request: pytest.FixtureRequest
) -> None:
    group = await a_group(world)
    await a_series(group)
    request.getfixturevalue("berlin_like_london")
    clock.offset += dt.timedelta(days=1, minutes=1)
    await Worker(world.house).drain()
    assert {one["starts_at"][11:16] for one in await sessions_of(group)} == {"18:00"}

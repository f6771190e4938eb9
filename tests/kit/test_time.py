"""Time: one wire form, the same instant back from both databases, and local days across the change of clocks."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import select

from peergroup.kit.time import Day, Instant, TimeZone, end_of_local_day, local_day, now, to_wire, zone_names
from peergroup.people.models import Company
from tests.world import World

instants = st.datetimes(
    dt.datetime(1900, 1, 2),  # noqa: DTZ001 - Hypothesis adds the zone
    dt.datetime(2199, 12, 30),  # noqa: DTZ001 - the lack of a zone is the case
    timezones=st.just(dt.UTC)
    | st.just(ZoneInfo("America/St_Johns"))
    | st.just(ZoneInfo("Pacific/Kiritimati")),
)


def judged(kind: Any, value: Any) -> Any:
    try:
        return TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return None


@given(instants, instants)
def test_text_order_is_time_order(one: dt.datetime, other: dt.datetime) -> None:
    assert len(to_wire(one)) == len("2026-12-15T17:00:00.000000Z")
    # Compared in UTC: in an hour that the clocks repeat, Python compares wall times of one zone.
    assert (to_wire(one) < to_wire(other)) == (one.astimezone(dt.UTC) < other.astimezone(dt.UTC))
    assert dt.datetime.fromisoformat(to_wire(one)) == one.astimezone(dt.UTC)


@pytest.mark.parametrize(
    "value", ["2026-12-15T17:00:00", "1899-12-31T23:00:00Z", "2200-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00",
              "9999-12-31T23:59:59-12:00", "tomorrow", "2026-13-01T00:00:00Z", "2026-12-15T25:00:00Z"],
)  # fmt: skip
def test_an_instant_has_an_offset_and_lies_within_three_centuries(value: str) -> None:
    assert judged(Instant, value) is None


def test_an_instant_is_taken_with_any_offset_and_given_in_utc() -> None:
    taken = judged(Instant, "2026-12-15T18:00:00+01:00")
    assert taken == dt.datetime(2026, 12, 15, 17, tzinfo=dt.UTC)
    assert TypeAdapter(Instant).dump_json(taken) == b'"2026-12-15T17:00:00.000000Z"'


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_the_contract_says_that_it_is_a_time(mode: Any) -> None:
    assert TypeAdapter(Instant).json_schema(mode=mode)["format"] == "date-time"
    assert TypeAdapter(Day).json_schema(mode=mode)["format"] == "date"


def test_a_day_lies_within_the_same_centuries() -> None:
    assert judged(Day, "2026-12-15") == dt.date(2026, 12, 15)
    assert judged(Day, "1899-12-31") is None
    assert judged(Day, "2200-01-01") is None


@pytest.mark.parametrize("zone", ["Europe/Berlin", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+3"])
def test_zones_are_those_of_the_database_of_zones(zone: str) -> None:
    assert judged(TimeZone, zone) == zone


@pytest.mark.parametrize(
    "zone", ["", "Berlin", "europe/berlin", "localtime", "../../etc/passwd", "Europe/Berlin\x00"]
)
def test_nothing_else_is_a_zone(zone: str) -> None:
    assert judged(TimeZone, zone) is None


async def test_an_instant_comes_back_from_the_database_to_the_microsecond(world: World) -> None:
    given_at = dt.datetime(2026, 3, 29, 1, 59, 59, 999_999, tzinfo=ZoneInfo("Europe/Berlin"))
    async with world.acting() as ctx:
        ctx.db.add(Company(name="Timed", created_at=given_at))
        await ctx.db.flush()
        ctx.db.expunge_all()
        found = (await ctx.db.scalars(select(Company).where(Company.created_at == given_at))).one()
    assert found.created_at == given_at
    assert found.created_at.utcoffset() == dt.timedelta()


@pytest.mark.parametrize(
    ("day", "zone", "hours", "ends"),
    [
        ("2026-03-29", "Europe/Berlin", 23, "2026-03-29T22:00:00+00:00"),
        ("2026-10-25", "Europe/Berlin", 25, "2026-10-25T23:00:00+00:00"),
        ("2026-12-15", "Europe/Berlin", 24, "2026-12-15T23:00:00+00:00"),
        ("2024-04-25", "Africa/Cairo", 24, "2024-04-25T22:00:00+00:00"),
        ("2024-04-26", "Africa/Cairo", 23, "2024-04-26T21:00:00+00:00"),
        ("2026-07-01", "Asia/Kathmandu", 24, "2026-07-01T18:15:00+00:00"),
    ],
    ids=[
        "forward",
        "back",
        "ordinary",
        "next midnight does not exist",
        "midnight does not exist",
        "odd offset",
    ],
)
def test_a_local_day_ends_when_the_next_one_begins(day: str, zone: str, hours: int, ends: str) -> None:
    date = dt.date.fromisoformat(day)
    end = end_of_local_day(date, zone)
    assert end == dt.datetime.fromisoformat(ends)
    assert local_day(end, zone) == date + dt.timedelta(days=1)
    assert local_day(end - dt.timedelta(microseconds=1), zone) == date
    assert end - end_of_local_day(date - dt.timedelta(days=1), zone) == dt.timedelta(hours=hours)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2037, 1, 1)), st.sampled_from(sorted(zone_names())))
def test_every_day_of_every_zone_ends_after_it_began(day: dt.date, zone: str) -> None:
    end = end_of_local_day(day, zone)
    assert local_day(end, zone) > day
    assert end - dt.timedelta(hours=49) < end_of_local_day(day - dt.timedelta(days=1), zone) <= end


def test_now_is_in_utc() -> None:
    assert now().utcoffset() == dt.timedelta()

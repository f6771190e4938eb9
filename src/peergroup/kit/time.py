"""The clock, stored instants, and local time with its zone. Nothing else calls `now`."""

import datetime as dt
from functools import lru_cache
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer
from sqlalchemy import DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator, TypeEngine

from peergroup.kit.exact import a_day, an_instant
from peergroup.kit.text import form

WIRE = "%Y-%m-%dT%H:%M:%S.%fZ"
DAY_PATTERN = "^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$"
INSTANT_PATTERN = (
    "^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}"
    r"(\.[0-9]{1,14})?([Zz]|[+-][0-9]{2}:[0-9]{2})$"
)
_EARLIEST, LATEST = dt.datetime(1900, 1, 1, tzinfo=dt.UTC), dt.datetime(2200, 1, 1, tzinfo=dt.UTC)


def now() -> dt.datetime:
    """The present instant in UTC, with microseconds."""
    return dt.datetime.now(dt.UTC)


def to_wire(instant: dt.datetime) -> str:
    """RFC 3339 in UTC, always 27 characters: text order is time order."""
    return instant.astimezone(dt.UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def _in_range(value: dt.datetime) -> dt.datetime:
    # Instants at the very edges cannot be moved to UTC; the databases disagree about them too.
    if value.tzinfo is None:
        raise ValueError("needs a UTC offset, for example 2026-12-15T17:00:00Z")
    if not _EARLIEST.replace(tzinfo=None) <= value.replace(tzinfo=None) < LATEST.replace(tzinfo=None):
        raise ValueError("lies outside the years 1900 to 2199")
    return value.astimezone(dt.UTC)


Instant = Annotated[
    dt.datetime,
    BeforeValidator(an_instant),
    AfterValidator(_in_range),
    PlainSerializer(to_wire, return_type=str, when_used="json"),
    Field(
        description="An instant, RFC 3339 in UTC.",
        examples=["2026-12-15T17:00:00.000000Z"],
        # The serializer's `str` would hide the format from the contract; no other word of it knows a range of years.
        json_schema_extra={"format": "date-time", "pattern": INSTANT_PATTERN},
    ),
]


def _day_in_range(value: dt.date) -> dt.date:
    if not _EARLIEST.date() <= value < LATEST.date():
        raise ValueError("lies outside the years 1900 to 2199")
    return value


Day = Annotated[
    dt.date,
    BeforeValidator(a_day),
    AfterValidator(_day_in_range),
    Field(
        description="A calendar day, ISO 8601.",
        examples=["2026-12-15"],
        json_schema_extra={"pattern": DAY_PATTERN},
    ),
]


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An instant column: `timestamptz` on PostgreSQL, the 27 characters of the wire form on SQLite."""

    impl = DateTime
    cache_ok = True

    @property
    def python_type(self) -> type[Any]:
        return dt.datetime

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(27))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        return to_wire(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        if isinstance(value, str):
            return dt.datetime.fromisoformat(value)
        found: dt.datetime | None = value
        return found


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """Every IANA zone this installation knows, without the machine's own `localtime`."""
    return frozenset(available_timezones()) - {"localtime", "Factory"}


def _is_zone(value: str) -> str:
    if value not in zone_names():
        raise ValueError("is not an IANA time zone, for example Europe/Berlin")
    return value


TimeZone = Annotated[
    str,
    Field(
        min_length=1,
        max_length=64,
        description="An IANA time zone.",
        examples=["Europe/Berlin"],
        json_schema_extra={"pattern": r"^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$"},
    ),
    AfterValidator(_is_zone),
]


def _is_local_time(value: str) -> str:
    if not 2000 <= dt.datetime.fromisoformat(value).year < 2200:
        raise ValueError("lies outside the years 2000 to 2199")
    return value


LocalTime = Annotated[
    str,
    Field(
        pattern=form(
            r"^2[01][0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]$",
            "Use the form 2026-12-15T18:00.",
        ),
        description="What the clock on the wall shows: date and time to the minute, without an offset.",
        examples=["2026-12-15T18:00"],
        json_schema_extra={"minLength": 16, "maxLength": 16},  # said by the pattern, and in one sentence
    ),
    AfterValidator(_is_local_time),
]


def local_instant(local: str, zone: str) -> dt.datetime:
    """The instant at which clocks in `zone` show `local`, in UTC.

    Where clocks go back it is the first of the two; a time that they skip counts from before the change, so
    that it comes out later by what is skipped, and `wall_time` tells another time than was asked for (RFC 5545).
    """
    return dt.datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)


def wall_time(instant: dt.datetime, zone: str) -> str:
    """What clocks in `zone` show at `instant`, to the minute."""
    return instant.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")


def local_day(instant: dt.datetime, zone: str) -> dt.date:
    """The calendar day it is at `instant` in `zone`."""
    return instant.astimezone(ZoneInfo(zone)).date()


def end_of_local_day(day: dt.date, zone: str) -> dt.datetime:
    """The instant at which `day` is over in `zone`: the next midnight that exists there, in UTC."""
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), ZoneInfo(zone))
    return midnight.astimezone(dt.UTC)

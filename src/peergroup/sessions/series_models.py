"""The table of series: what recurs, by which rule, and what was taken out."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from peergroup.kit.model import Entity, Model, Versioned, index, refers

FIELDS = ("title", "theme_id", "place", "capacity")
"""What every session of a series says as the series does, unless it was changed by hand."""
WHEN = ("local_start", "time_zone", "dst_policy")
"""Changed together: a wall time means nothing without its zone."""
OVERRIDES = (*FIELDS, *WHEN, "minutes", "agenda")
"""What may be changed on one session of a series, and is then its own."""


class Series(Versioned, Entity, Model):
    """Meetings that recur: the wall time of the first one with its zone, and a rule."""

    __tablename__ = "series"
    __table_args__ = (index("series_group", "group_id", "id"),)
    group_id: Mapped[UUID] = refers("group")
    theme_id: Mapped[UUID | None] = refers("theme")
    rule: Mapped[str] = mapped_column(String(500))
    local_start: Mapped[str] = mapped_column(String(16))
    last_occurrence: Mapped[str] = mapped_column(String(16))
    """When the last one of the rule begins, in local time: what lists show without working out the rule."""
    time_zone: Mapped[str] = mapped_column(String(64))
    dst_policy: Mapped[str] = mapped_column(String(20), default="refuse")
    minutes: Mapped[int] = mapped_column(Integer)
    title: Mapped[str | None]
    place: Mapped[str | None] = mapped_column(String(2_000))
    capacity: Mapped[int | None] = mapped_column(Integer)
    agenda: Mapped[list[dict[str, Any]]]
    """What new sessions begin with, as in an agenda template."""
    exdates: Mapped[list[str]]
    """The days that were taken out. Days, not times: at another hour they stay out, too."""
    ended_at: Mapped[dt.datetime | None]
    """When it was deleted: what happened stays, and what stays refers to it."""
    updated_at: Mapped[dt.datetime] = mapped_column(sort_order=92)

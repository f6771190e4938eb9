"""The organization: the tenant that everything else belongs to."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from peergroup.kit.ids import Id, new_id
from peergroup.kit.model import Model, Versioned


class Organization(Versioned, Model):
    """A coach, network or company that runs peer groups. A directory row: it is the tenant itself."""

    __tablename__ = "organization"
    __table_args__ = {"info": {"directory": True}}
    id: Mapped[UUID] = mapped_column(Id(), primary_key=True, default=new_id)
    name: Mapped[str]
    time_zone: Mapped[str] = mapped_column(String(64), default="UTC")
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[dt.datetime]

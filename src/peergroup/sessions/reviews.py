"""Too many misses raise a case: the moderators are told, and talk with the person. Never a removal."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from peergroup.groups import cases
from peergroup.groups.case_models import Case
from peergroup.kit.context import Context, get
from peergroup.organizations.models import Organization
from peergroup.organizations.schemas import Settings
from peergroup.sessions.models import Attendance, Session

LOOKED_BACK = dt.timedelta(days=365)
KIND = "attendance"


async def reckon(ctx: Context, session: Session, person_id: UUID) -> None:
    """Raise a case where somebody missed too often, or settle it where a mark was a mistake."""
    row = (await ctx.db.execute(_question(ctx, session, person_id))).one()
    limit = Settings.model_validate(row.settings).misses_before_review
    if row.misses > limit and row.open_id is None:
        await cases.raise_case(ctx, session.group_id, KIND, person_id, misses=row.misses)
    elif row.misses <= limit and row.open_id is not None:
        await cases.settle_by_rule(ctx, await get(ctx, Case, row.open_id, lock=True))


def _question(ctx: Context, session: Session, person_id: UUID) -> Any:
    """The settings, the misses in twelve months, and the open case."""
    misses = (
        select(func.count())
        .select_from(Attendance)
        .join(Session, Session.id == Attendance.session_id)
        .where(
            Attendance.person_id == person_id,
            Attendance.mark == "absent",
            Session.group_id == session.group_id,
            Session.state != "cancelled",
            Session.starts_at > ctx.now - LOOKED_BACK,
        )
        .scalar_subquery()
    )
    open_one = (
        select(Case.id)
        .where(
            Case.group_id == session.group_id,
            Case.kind == KIND,
            Case.person_id == person_id,
            Case.state == "open",
        )
        .scalar_subquery()
    )
    return select(Organization.settings, misses.label("misses"), open_one.label("open_id")).where(
        Organization.id == ctx.organization_id
    )

"""Too many misses raise a review: the moderators are told, and talk with the person. Never a removal."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from peergroup.groups.models import Membership
from peergroup.groups.standing import MODERATORS
from peergroup.kit.context import Context
from peergroup.organizations.models import Organization
from peergroup.organizations.schemas import Settings
from peergroup.sessions.models import Attendance, AttendanceReview, Session

LOOKED_BACK = dt.timedelta(days=365)


async def reckon(ctx: Context, session: Session, person_id: UUID) -> None:
    """Raise a review where somebody missed too often, or take it back where a mark was a mistake."""
    rows = (await ctx.db.execute(_question(ctx, session, person_id))).all()
    if not rows:
        return
    limit = Settings.model_validate(rows[0].settings).misses_before_review
    misses, open_id = rows[0].misses, rows[0].open_id
    if misses > limit and open_id is None:
        await _raise_review(ctx, session, person_id, misses, [row.person_id for row in rows])
    elif misses <= limit and open_id is not None:
        review = await ctx.db.get_one(AttendanceReview, (ctx.organization_id, open_id))
        review.closed_at = ctx.now
        _tell(ctx, "attendance.review_withdrawn", review, [row.person_id for row in rows])


def _question(ctx: Context, session: Session, person_id: UUID) -> Any:
    """One row for each moderator, with the settings, the misses in twelve months, and the open review."""
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
        select(AttendanceReview.id)
        .where(
            AttendanceReview.group_id == session.group_id,
            AttendanceReview.person_id == person_id,
            AttendanceReview.closed_at.is_(None),
        )
        .scalar_subquery()
    )
    return (
        select(Membership.person_id, Organization.settings, misses.label("misses"), open_one.label("open_id"))
        .join(Organization, Organization.id == ctx.organization_id)
        .where(
            Membership.group_id == session.group_id,
            Membership.role.in_(MODERATORS),
            Membership.state == "active",
        )
    )


async def _raise_review(
    ctx: Context, session: Session, person_id: UUID, misses: int, moderators: list[UUID]
) -> None:
    review = AttendanceReview(
        group_id=session.group_id,
        person_id=person_id,
        session_id=session.id,
        misses=misses,
        created_at=ctx.now,
    )
    ctx.db.add(review)
    await ctx.db.flush()
    _tell(ctx, "attendance.review_raised", review, moderators)


def _tell(ctx: Context, type_: str, review: AttendanceReview, moderators: list[UUID]) -> None:
    for moderator in moderators:
        ctx.record(type_, review, only_for=moderator, person_id=review.person_id, misses=review.misses)

"""What challenges and promises add to the minutes of a session, as far as their reader sees them."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from peergroup.challenges.finding import beside_of, covered, with_what_is_shown
from peergroup.challenges.models import Challenge
from peergroup.challenges.presenting import Members, brief
from peergroup.commitments.models import Commitment
from peergroup.commitments.visibility import readable
from peergroup.facilitation.models import Exercise
from peergroup.kit.context import Context
from peergroup.kit.wire import Named
from peergroup.people.models import Person
from peergroup.sessions import minutes
from peergroup.sessions.models import Session
from peergroup.sessions.queries import Here
from peergroup.sessions.result_schemas import EntryOut, SectionOut

MOST = 500


async def worked_on(ctx: Context, session: Session, _here: Here) -> Sequence[SectionOut]:
    """The challenges that had the hot seat. Nothing of what was for those present alone."""
    statement = (
        with_what_is_shown(ctx)
        .where(
            Exercise.session_id == session.id,
            Challenge.confidentiality != "session_only",
            covered(ctx),
        )
        .order_by(Challenge.started_at, Challenge.id)
        .limit(MOST)
    )
    entries = []
    for row in (await ctx.db.execute(statement)).all():
        owner = brief(ctx.principal.person_id, row.Challenge, beside_of(row))["owner"]
        entries.append(EntryOut(text=row.Challenge.question, person=_third(row.Challenge, owner)))
    return [SectionOut(key="challenges", title="Hot seat", entries=entries)] if entries else []


def _third(challenge: Challenge, owner: Members | None) -> Members | None:
    # Minutes are passed on: what the owner alone would see named stays unnamed in them.
    return None if challenge.confidentiality == "chatham" else owner


async def promised(ctx: Context, session: Session, _here: Here) -> Sequence[SectionOut]:
    """The promises that were made in the session."""
    statement = (
        select(Commitment, Person.name)
        .join(Person, Person.id == Commitment.owner_id)
        .outerjoin(Exercise, Exercise.id == Commitment.exercise_id)
        .where(
            Commitment.session_id == session.id,
            Commitment.group_id == session.group_id,
            Commitment.confidentiality != "session_only",
            or_(Exercise.id.is_(None), Exercise.confidentiality != "session_only"),
            readable(ctx),
        )
        .order_by(Commitment.id)
        .limit(MOST)
    )
    entries = [
        EntryOut(
            text=one.body,
            person=None if one.is_unnamed else Named(id=one.owner_id, name=name),
            by_on=one.by_on,
        )
        for one, name in (await ctx.db.execute(statement)).all()
    ]
    return [SectionOut(key="commitments", title="Commitments", entries=entries)] if entries else []


minutes.register("challenges", worked_on)
minutes.register("commitments", promised)

"""How somebody becomes a prospect, and what may be corrected while they are on the way."""

from uuid import UUID

from sqlalchemy import select

from peergroup.kit.context import Context
from peergroup.kit.problems import CONFLICT, INVALID_TRANSITION, Problem, invalid
from peergroup.people.models import TOMBSTONES, Person
from peergroup.people.provision import find_or_make
from peergroup.prospects import lapsing, policy
from peergroup.prospects.models import LIVE, Prospect
from peergroup.prospects.policy import Keeper
from peergroup.prospects.queries import find_prospect
from peergroup.prospects.schemas import ProspectIn, ProspectPatch


async def enter(ctx: Context, given: ProspectIn) -> Prospect:
    """Let somebody into the funnel, known or new; nobody is in it twice at a time."""
    ctx.require(policy.KEEP, await policy.keeper(ctx))
    person = await _person(ctx, given)
    await _judge_connector(ctx, given.connector_id, person.id)
    prospect = Prospect(
        person_id=person.id,
        connector_id=given.connector_id,
        state="new",
        passed=[],
        note=given.note,
        moved_at=ctx.now,
        created_at=ctx.now,
    )
    ctx.db.add(prospect)
    await ctx.db.flush()
    await lapsing.schedule(ctx, prospect)
    ctx.record("prospect.created", prospect, to="new", person_id=person.id, connector_id=given.connector_id)
    return prospect


async def _person(ctx: Context, given: ProspectIn) -> Person:
    person_id = given.person_id
    if given.person is not None:
        person_id = (await find_or_make(ctx, name=given.person.name, email=given.person.email)).id
    live = (Prospect.person_id == Person.id) & Prospect.state.in_(LIVE)
    query = select(Person, Prospect.id).outerjoin(Prospect, live).where(Person.id == person_id)
    row = (await ctx.db.execute(query)).one_or_none()
    if row is None or row.Person.state in TOMBSTONES:
        raise invalid("/person_id", "is nobody known here")
    if row.Person.state != "active":
        raise Problem(CONFLICT, "This person is deactivated; reactivate them first.")
    if row[1] is not None:
        raise Problem(CONFLICT, "This person is a prospect already.", prospect_id=str(row[1]))
    person: Person = row.Person
    return person


async def _judge_connector(ctx: Context, connector_id: UUID | None, person_id: UUID) -> None:
    if connector_id is None:
        return
    if connector_id == person_id:
        raise invalid("/connector_id", "is the prospect")
    state = await ctx.db.scalar(select(Person.state).where(Person.id == connector_id))
    if state is None or state in TOMBSTONES:
        raise invalid("/connector_id", "is nobody known here")


async def change(ctx: Context, prospect_id: UUID, patch: ProspectPatch) -> tuple[Prospect, Keeper]:
    """Correct who introduced a prospect, or what is noted, while they are on the way."""
    prospect, keeper = await find_prospect(ctx, prospect_id, lock=True)
    ctx.require(policy.KEEP, keeper)
    ctx.expect(prospect)
    if prospect.state not in LIVE:
        detail = f"Nothing changes any more: they are {prospect.state}."
        raise Problem(INVALID_TRANSITION, detail, state=prospect.state, allowed=[])
    sent = patch.model_dump(exclude_unset=True)
    if "connector_id" in sent:
        await _judge_connector(ctx, sent["connector_id"], prospect.person_id)
    for name, value in sent.items():
        setattr(prospect, name, value)
    if sent:
        ctx.record("prospect.updated", prospect, person_id=prospect.person_id, changed=sorted(sent))
    await ctx.db.flush()
    return await find_prospect(ctx, prospect_id)

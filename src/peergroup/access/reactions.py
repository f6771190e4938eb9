"""What access does when something happens to people: addresses stay findable, credentials of the gone end."""

from uuid import UUID

from sqlalchemy import select

from peergroup.access import credentials, directory
from peergroup.access.models import Credential
from peergroup.kit import events
from peergroup.kit.context import Context
from peergroup.people import merging, personal_data
from peergroup.people.models import Person

ABOUT_PEOPLE = (
    "person.created",
    "person.updated",
    "person.deactivated",
    "person.reactivated",
    "person.erased",
    "person.merged",
)
personal_data.register(
    "devices and keys",
    holds="Signed-in devices, personal keys with the names their person gave them, and linked identities.",
    remove=credentials.remove,
)
# What signs somebody in does not move along: it ends with the entry it was given to.
merging.register("access", follows=(Credential.made_by_id,))
_SEEN = "access.facts_seen"
_AT_ONCE = 5_000


@events.on(*ABOUT_PEOPLE)
async def follow_people(ctx: Context, _fact: events.Fact) -> None:
    """Keep directory and credentials right. The first fact of a batch takes all the others along."""
    seen = ctx.db.info.get(_SEEN, 0)
    if ctx.unsettled <= seen:
        return
    fresh = [fact for fact in ctx.facts[seen:] if _matters(fact)]
    ctx.db.info[_SEEN] = len(ctx.facts)
    known = {person for fact in fresh if fact.type != "person.created" for person in _people(fact)}
    changed = sorted({person for fact in fresh for person in _people(fact)})
    for start in range(0, len(changed), _AT_ONCE):
        await _follow(ctx, changed[start : start + _AT_ONCE], known)


def _matters(fact: events.Fact) -> bool:
    if fact.type == "person.updated":
        return not {"email", "state"}.isdisjoint(fact.facts.get("changed", ("email",)))
    return fact.type in ABOUT_PEOPLE


def _people(fact: events.Fact) -> list[UUID]:
    """Whom the fact is about; a merge may also have given the survivor an address."""
    subject = fact.subject if isinstance(fact.subject, UUID) else fact.subject.id
    survivor = fact.facts.get("into")
    return [subject] if survivor is None else [subject, UUID(str(survivor))]


async def _follow(ctx: Context, people: list[UUID], known: set[UUID]) -> None:
    columns = (Person.id, Person.state, Person.email_folded)
    rows = (await ctx.db.execute(select(*columns).where(Person.id.in_(people)))).all()
    if before := [person for person in people if person in known]:
        await directory.leave(ctx, "email", before)
        # What was mailed to an address that is no longer theirs signs nobody in.
        await credentials.withdraw_offers(ctx, before)
    await directory.enter(
        ctx,
        "email",
        [
            (directory.address_hash(ctx.house, row.email_folded), row.id)
            for row in rows
            if row.state == "active" and row.email_folded is not None
        ],
    )
    if gone := [row.id for row in rows if row.state != "active"]:
        await credentials.revoke_all_of(ctx, gone)

"""A source does not list somebody any more, or lists them again: what comes of that, in a bulk change.

Only a change at the source counts: whom it shut out and somebody here let in again stays in until the source
lists them anew and drops them once more. Whom somebody here shut out, no source lets in.
"""

from collections.abc import Sequence

from sqlalchemy import select

from peergroup.kit.bulk import among
from peergroup.kit.context import Context
from peergroup.people.models import PersonReference
from peergroup.people.outcomes import Outcome, Warned
from peergroup.people.register import Entry, ReferenceKey, Register, Tie

OWNER_STAYS = Warned(
    "owner_stays", "is_active", "An owner of the organization is not shut out by another system; do it here."
)
STAYS_OUT = Warned(
    "stays_deactivated", "is_active", "This person was deactivated here, and is not let in by another system."
)
MERGED_THERE = Warned(
    "merged_there",
    "external_id",
    "The source merged this record into another one, who is somebody else here; merge the two if they are one.",
)


async def read_other_ties(ctx: Context, known: Register, gone: Sequence[ReferenceKey]) -> None:
    """The other references of those who may have to go: a double entry that was removed is nobody's leaving."""
    people = {entry.id for key in gone if (entry := known.by_reference.get(key))}
    if not people:
        return
    query = select(
        PersonReference.source,
        PersonReference.external_id,
        PersonReference.person_id,
        PersonReference.gone_at,
        PersonReference.apart_from,
    ).where(among(ctx.db, PersonReference.person_id, people))
    for source, external_id, person_id, gone_at, apart_from in (await ctx.db.execute(query)).all():
        tie = known.ties.setdefault((source, external_id), Tie(gone_at, apart_from))
        known.ties_of.setdefault(person_id, {})[source, external_id] = tie


def remove(ctx: Context, known: Register, key: ReferenceKey, *, is_merged: bool = False) -> Outcome:
    """Their source says that they are gone: they are shut out, unless it knows them under another reference too."""
    entry = known.by_reference.get(key)
    if entry is None:
        return Outcome("unchanged", None)
    if entry.role == "owner":
        return Outcome("unchanged", entry.id, None, (OWNER_STAYS,))
    if not known.ties[key].set_gone(ctx.now) or _is_known_otherwise(known, entry, key):
        return Outcome("unchanged", entry.id)
    if is_merged:
        return Outcome("unchanged", entry.id, None, (MERGED_THERE,))
    if entry.columns["state"] != "active":
        return Outcome("unchanged", entry.id)
    entry.move("deactivated", key[0])
    return Outcome("removed", entry.id)


def _is_known_otherwise(known: Register, entry: Entry, key: ReferenceKey) -> bool:
    return any(
        other[0] == key[0] and other != key and tie.gone_at is None
        for other, tie in known.ties_of.get(entry.id, {}).items()
    )


def list_again(ctx: Context, known: Register, key: ReferenceKey) -> tuple[Warned, ...]:
    """Their source lists them: whom it had shut out comes back, without their old access."""
    entry = known.by_reference[key]
    if (tie := known.ties.get(key)) is not None:
        tie.set_gone(None)
    if entry.columns["state"] != "deactivated":
        return ()
    if entry.columns["deactivated_by"] != key[0]:
        return (STAYS_OUT,)
    entry.move("active", None)
    return ()

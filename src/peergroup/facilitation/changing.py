"""Changing what was said: editing, deleting, confirming a note, merging duplicates, dropping what nobody takes."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, delete, literal, select, union_all

from peergroup.facilitation import policy
from peergroup.facilitation.ballot_models import Mark
from peergroup.facilitation.circle import Circle
from peergroup.facilitation.contribution_schemas import ContributionPatch, DropIn, MergeIn
from peergroup.facilitation.entering import find_exercise
from peergroup.facilitation.guards import the_circle
from peergroup.facilitation.marking import may_merge
from peergroup.facilitation.minutes import take_out_of_minutes
from peergroup.facilitation.models import Contribution, Exercise, Revision
from peergroup.facilitation.phase import VOLUNTEER
from peergroup.facilitation.posting import others_said, refusal
from peergroup.facilitation.problems import NOT_ACCEPTED
from peergroup.facilitation.sealed_models import SealedCard
from peergroup.facilitation.sealing import CARDS, key_of, pseudonym
from peergroup.facilitation.seen import sees
from peergroup.facilitation.speaking import lower_voice
from peergroup.facilitation.telling import tell
from peergroup.facilitation.turn import ballot_name, require_open
from peergroup.facilitation.urns import all_sealed, any_marks
from peergroup.facilitation.visibility import leaves_revision
from peergroup.groups.standing import Standing
from peergroup.kit.context import Context, get
from peergroup.kit.policy import Policy
from peergroup.kit.problems import Problem, invalid, not_found
from peergroup.kit.time import local_day


@dataclass(frozen=True, slots=True)
class Held:
    """A contribution or sealed card somebody may see, locked, with its exercise held."""

    exercise: Exercise
    standing: Standing
    thing: Contribution | SealedCard

    @property
    def author_id(self) -> UUID | None:
        """Who said it: nobody but its author holds a sealed card."""
        return self.standing.person_id if isinstance(self.thing, SealedCard) else self.thing.author_id

    @property
    def contribution(self) -> Contribution:
        """The contribution; 404 where it is a sealed card, which nobody but its author knows of."""
        if isinstance(self.thing, SealedCard):
            raise not_found()
        return self.thing


async def hold(ctx: Context, contribution_id: UUID, wanted: Policy, *, lock: bool = False) -> Held:
    """Find what somebody wants to change: 404 unless they see it, and only then 403 unless they may."""
    exercise_id, is_card = await place_of(ctx, contribution_id)
    exercise, standing = await find_exercise(ctx, exercise_id, lock=lock, share=not lock)
    find = _own_card if is_card else _seen
    thing = await find(ctx, exercise, contribution_id)
    ctx.require(wanted, standing, exercise)
    return Held(exercise, standing, thing)


async def _seen(ctx: Context, _exercise: Exercise, contribution_id: UUID) -> Contribution:
    query = (
        select(Contribution)
        .where(Contribution.id == contribution_id, sees(Contribution, ctx.me, str(ctx.me)))
        .with_for_update(of=Contribution)
        .execution_options(populate_existing=True)
    )
    found: Contribution | None = await ctx.db.scalar(query)
    if found is None:
        raise not_found()
    return found


async def place_of(ctx: Context, contribution_id: UUID) -> tuple[UUID, bool]:
    """The exercise of a contribution or sealed card, and whether it is one of the latter; 404 for neither."""
    said, card = Contribution.__table__.c, SealedCard.__table__.c
    found = union_all(
        *(
            select(table.exercise_id, literal(number, Integer()).label("is_card")).where(
                table.organization_id == ctx.organization_id, table.id == contribution_id
            )
            for number, table in enumerate((said, card))
        )
    ).subquery()
    row = (await ctx.db.execute(select(*found.c))).one_or_none()
    if row is None:
        raise not_found()
    return row[0], bool(row[1])


async def _own_card(ctx: Context, exercise: Exercise, card_id: UUID) -> SealedCard:
    """A sealed card of one's own, while its phase lasts; the phase's end takes it out of everybody's hands."""
    key = await key_of(ctx, exercise)
    card = await get(ctx, SealedCard, card_id, lock=True)
    if key is None or card.author != pseudonym(key, CARDS, ctx.me):
        raise not_found()
    return card


async def edit(ctx: Context, contribution_id: UUID, patch: ContributionPatch) -> Held:
    """Change one's own words. Where others could have read them, what they said before stays visible."""
    held = await hold(ctx, contribution_id, policy.SAY)
    thing, sent = held.thing, patch.model_dump(exclude_unset=True)
    ctx.expect(thing)
    await _may_change(ctx, held)
    if isinstance(thing, SealedCard):
        _only_words(sent)
        thing.body = sent.get("body", thing.body)
        await ctx.db.flush()
        return held
    circle = await the_circle(ctx, held.exercise)
    _judge_promise(ctx, circle, thing, sent)
    if "body" in sent and sent["body"] != thing.body and await _was_read(ctx, circle, thing):
        ctx.db.add(Revision(contribution_id=thing.id, body=thing.body or "", created_at=ctx.now))
        thing.revised_at, thing.revision_count = ctx.now, thing.revision_count + 1
    for name, value in sent.items():
        setattr(thing, name, value)
    if sent:
        tell(ctx, held.exercise, thing, "contribution.edited", changed=sorted(sent))
    await ctx.db.flush()
    return held


def _only_words(sent: dict[str, Any]) -> None:
    for name in ("by_on", "action"):
        if sent.get(name) is not None:
            raise invalid(f"/{name}", "belongs to promises alone")


def _judge_promise(ctx: Context, circle: Circle, thing: Contribution, sent: dict[str, Any]) -> None:
    if not {"by_on", "action"} & set(sent):
        return
    if thing.by_on is None:
        _only_words(sent)
        return
    if not _is_present(circle.exercise, thing):
        raise refusal_of(circle.exercise, "After its phase a promise is renegotiated as a commitment.")
    if "by_on" in sent:
        zone = circle.seats[ctx.me].time_zone or "UTC"
        if sent["by_on"] is None or sent["by_on"] < local_day(ctx.now, zone):
            raise invalid("/by_on", "lies in the past")


def refusal_of(exercise: Exercise, detail: str) -> Problem:
    """409 `not_accepted`, naming the present phase."""
    return Problem(NOT_ACCEPTED, detail, phase=exercise.phase, accepts=[])


def _is_present(exercise: Exercise, thing: Contribution | SealedCard) -> bool:
    return exercise.is_going_on and (thing.round, thing.phase) == (exercise.round, exercise.phase)


async def _may_change(ctx: Context, held: Held) -> None:
    """One's own, not merged or gone; not while paused; not in a phase that only the clock has closed so far."""
    exercise, thing = held.exercise, held.thing
    ctx.require(policy.CHANGE, held.standing, held)
    if isinstance(thing, SealedCard):
        require_open(ctx, exercise)
        if not _is_present(exercise, thing):
            raise refusal_of(exercise, "The phase of this card is over; it is nobody's to change any more.")
        return
    if exercise.state == "paused" or _is_present(exercise, thing):
        require_open(ctx, exercise)
    if thing.deleted_at is not None or thing.merged_into_id is not None:
        raise refusal_of(exercise, "It was taken back or merged already.")


def _keep_promise(exercise: Exercise, thing: Contribution) -> None:
    """A promise that others counted on is kept, missed, moved or dropped, and does not just vanish."""
    if thing.by_on is not None and not _is_present(exercise, thing):
        raise refusal_of(
            exercise,
            "After its phase a promise is not taken back: say what became of it, POST"
            " /v1/commitments/{id}/complete, /miss, /renegotiate or /drop.",
        )


async def _was_read(ctx: Context, circle: Circle, thing: Contribution) -> bool:
    """Whether a change leaves something that everybody sees: others had read it, as what they said or marked shows."""
    phase, present = circle.protocol.phase(thing.phase), _is_present(circle.exercise, thing)
    if phase.visibility == "sealed" and thing.revealed_at is None:
        return False
    seen = present and others_said(circle, ctx.me) > 0
    if leaves_revision(phase, is_over=not present, has_seen_others=seen):
        return True
    if not any(thing.kind in marks.on for marks in circle.phase.marks):
        return False
    mark = select(Mark.slot).where(Mark.contribution_id == thing.id).limit(1)
    return await ctx.db.scalar(mark) is not None


async def remove(ctx: Context, contribution_id: UUID) -> None:
    """Take one's own words back. Where others could have read them, it shows that something stood there."""
    held = await hold(ctx, contribution_id, policy.SAY)
    thing = held.thing
    ctx.expect(thing)
    await _may_change(ctx, held)
    if isinstance(thing, SealedCard):
        await lower_voice(ctx, held.exercise, held.exercise.step, thing.author, thing.kind)
        await ctx.db.delete(thing)
        await ctx.db.flush()
        return
    _keep_promise(held.exercise, thing)
    circle = await the_circle(ctx, held.exercise)
    marked = await _unmark(ctx, held.exercise, thing)
    thing.is_tombstone = marked or await _was_read(ctx, circle, thing)
    thing.deleted_at, thing.body, thing.action = ctx.now, None, None
    await ctx.db.execute(
        delete(Revision)
        .where(Revision.contribution_id == thing.id)
        .execution_options(synchronize_session=False)
    )
    await lower_voice(ctx, held.exercise, thing.step, str(thing.author_id), thing.kind)
    if held.exercise.ended_at is not None:
        await take_out_of_minutes(ctx, held.exercise.id, {str(thing.id)})
    tell(ctx, held.exercise, thing, "contribution.deleted")
    await ctx.db.flush()


async def _unmark(ctx: Context, exercise: Exercise, thing: Contribution) -> bool:
    """Delete every mark on a contribution; whether there was one that is not secret."""
    for one, card in await all_sealed(ctx, exercise):
        if card == thing.id:
            await ctx.db.delete(one)
    gone = delete(Mark).where(Mark.contribution_id == thing.id).returning(Mark.slot)
    shown = (await ctx.db.execute(gone.execution_options(synchronize_session=False))).all()
    return bool(shown)


async def confirm(ctx: Context, contribution_id: UUID) -> Held:
    """Confirm that this is what one said, where a moderator noted it."""
    held = await hold(ctx, contribution_id, policy.SAY)
    thing = held.contribution
    ctx.expect(thing)
    ctx.require(policy.CHANGE, held.standing, held)
    if thing.recorded_by_id is None or thing.confirmed_at is not None or thing.deleted_at is not None:
        raise refusal_of(held.exercise, "There is nothing to confirm.")
    thing.confirmed_at = ctx.now
    tell(ctx, held.exercise, thing, "contribution.confirmed")
    await ctx.db.flush()
    return held


async def merge(ctx: Context, contribution_id: UUID, given: MergeIn) -> Held:
    """Merge a card into another that says the same, before anybody has marked one."""
    held = await hold(ctx, contribution_id, policy.LEAD, lock=True)
    thing, exercise = held.contribution, held.exercise
    ctx.expect(thing)
    require_open(ctx, exercise)
    circle = await the_circle(ctx, exercise)
    names = [ballot_name(marks, exercise.round) for marks in circle.phase.marks]
    query = select(any_marks(exercise.id, names)).where(Exercise.id == exercise.id)
    if not may_merge(circle.phase, is_marked=bool(await ctx.db.scalar(query.select_from(Exercise)))):
        raise refusal(circle, "Duplicates are merged where the phase says so, and before the first mark.")
    other = (await hold(ctx, given.into, policy.LEAD, lock=True)).contribution
    if other.id == thing.id or other.exercise_id != exercise.id or other.kind != thing.kind:
        raise invalid("/into", "must be another contribution of the same kind in this exercise")
    if any(one.deleted_at or one.merged_into_id or one.dropped_at for one in (thing, other)):
        raise refusal(circle, "One of them was taken back, merged or dropped.")
    thing.merged_into_id = other.id
    tell(ctx, exercise, thing, "contribution.merged", into=other.id)
    await ctx.db.flush()
    return held


async def drop(ctx: Context, contribution_id: UUID, given: DropIn) -> Held:
    """Say that nobody takes a proposal, and why."""
    held = await hold(ctx, contribution_id, policy.LEAD, lock=True)
    thing, exercise = held.contribution, held.exercise
    ctx.expect(thing)
    require_open(ctx, exercise)
    circle = await the_circle(ctx, exercise)
    if thing.kind not in circle.phase.parent_kinds(VOLUNTEER):
        raise refusal(circle, "Here nobody could volunteer for this, so nothing is dropped.")
    taken = select(Contribution.id).where(
        Contribution.parent_id == thing.id,
        Contribution.kind == VOLUNTEER,
        Contribution.deleted_at.is_(None),
    )
    if thing.deleted_at or thing.merged_into_id or thing.dropped_at or await ctx.db.scalar(taken.limit(1)):
        raise refusal(circle, "Somebody has taken it, or it is gone already.")
    thing.dropped_at, thing.drop_reason = ctx.now, given.reason
    tell(ctx, exercise, thing, "contribution.dropped")
    await ctx.db.flush()
    return held

"""Judging a journal: nothing acknowledged is lost or done twice, no change without its event, no number missing."""

from collections import Counter, defaultdict
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from peergroup.challenges.models import Challenge, Second
from peergroup.commitments.models import Commitment
from peergroup.facilitation.ballot_models import Mark, Tally
from peergroup.facilitation.models import Contribution, Exercise, Voice
from peergroup.facilitation.sealed_models import SealedCard
from peergroup.groups.models import Covenant, Group, Membership
from peergroup.kit.context import Context
from peergroup.kit.events import Event, EventCounter
from peergroup.people.models import Company, ErasureReceipt, Person
from peergroup.sessions.models import Attendance, Rsvp, Session
from tests.heavy.journal import THERE, Journal

TABLES: dict[str, tuple[Any, str]] = {
    "person": (Person, "person.created"),
    "company": (Company, "company.created"),
    "group": (Group, "group.founded"),
    "membership": (Membership, "membership.invited"),
    "session": (Session, "session.drafted"),
    "challenge": (Challenge, "challenge.parked"),
    "exercise": (Exercise, "exercise.created"),
    "contribution": (Contribution, "contribution.posted"),
    "commitment": (Commitment, "commitment.made"),
}
"""What the journal calls things: their tables, and the event that tells of a new one."""
_NUMBERED: dict[str, Any] = {
    "covenant": (Covenant.group_id, func.count()),
    "second": (Second.challenge_id, func.count()),
    "rsvp": (Rsvp.session_id, func.count()),
    "attendance": (Attendance.session_id, func.count()),
    "mark": (Mark.contribution_id, func.count()),
    "tally": (Tally.exercise_id, func.sum(Tally.marks)),
    "sealed_card": (SealedCard.exercise_id, func.count()),
    "promise": (Commitment.exercise_id, func.count()),
}
Known = dict[str, set[UUID]]


async def known_so_far(ctx: Context) -> Known:
    """The ids of everything there is before the clients begin."""
    return {name: set(await ctx.db.scalars(select(table.id))) for name, (table, _) in TABLES.items()}


async def judge(ctx: Context, journal: Journal, before: Known) -> None:
    """Everything that has to hold once all is quiet."""
    types = await _types(ctx)
    _every_acknowledged_write_has_its_event(types, journal)
    await _rows_are_as_told(ctx, journal)
    await _nothing_was_done_twice(ctx, journal, before)
    await _every_row_has_its_event(ctx, types, before)
    await _counters_say_what_rows_say(ctx)
    await _erasures_are_finished_once(ctx, types)
    await _no_number_is_missing(ctx)


async def _types(ctx: Context) -> Counter[tuple[str, str]]:
    """How many events of each type there are about each thing."""
    rows = await ctx.db.execute(select(Event.type, Event.subject_id))
    return Counter((row.type, str(row.subject_id)) for row in rows)


def _every_acknowledged_write_has_its_event(types: Counter[tuple[str, str]], journal: Journal) -> None:
    told = Counter((entry.event, entry.subject_id) for entry in journal.entries if entry.event)
    lost = {fact: (count, types[fact]) for fact, count in told.items() if types[fact] < count}
    assert not lost, f"acknowledged, and not on record as often: {lost}"


async def _rows_are_as_told(ctx: Context, journal: Journal) -> None:
    for name, (table, _) in TABLES.items():
        rows = {str(row.id): row for row in await ctx.db.scalars(select(table))}
        told = {id_: state for (thing, id_), state in journal.things.items() if thing == name}
        for id_, state in told.items():
            if state is None:
                assert id_ not in rows, f"{name} {id_} was deleted"
                continue
            assert id_ in rows, f"{name} {id_} is lost"
            found = {column: getattr(rows[id_], column) for column in state}
            for column, value in state.items():
                right = found[column] is not None if value is THERE else found[column] == value
                assert right, f"{name} {id_}: {column} is {found[column]!r}, told was {value!r}"


async def _nothing_was_done_twice(ctx: Context, journal: Journal, before: Known) -> None:
    """There is nothing new but what the client was told of."""
    for name, (table, _) in TABLES.items():
        query = select(table.id)
        if table is Commitment:
            query = query.where(Commitment.source != "exercise")
        new = {str(id_) for id_ in await ctx.db.scalars(query)} - {str(id_) for id_ in before[name]}
        told = {id_ for (thing, id_), state in journal.things.items() if thing == name and state is not None}
        assert new <= told, f"{name}: {len(new - told)} more than acknowledged"
    for name, (column, count) in _NUMBERED.items():
        rows = {str(row[0]): row[1] for row in await ctx.db.execute(select(column, count).group_by(column))}
        told_numbers = {id_: number for (table, id_), number in journal.numbers.items() if table == name}
        found = {id_: rows.get(id_, 0) for id_ in told_numbers}
        assert found == told_numbers, f"{name}: not as many as acknowledged"


async def _every_row_has_its_event(ctx: Context, types: Counter[tuple[str, str]], before: Known) -> None:
    """No change without its event, in the other direction: from the rows to the events."""
    about: dict[str, set[str]] = defaultdict(set)
    for type_, subject in types:
        about[subject].add(type_)
    for name, (table, made) in TABLES.items():
        for row in await ctx.db.scalars(select(table)):
            if row.id in before[name]:
                continue
            assert made in about[str(row.id)], f"{name} {row.id} without {made}"
            # A phase that ends opens contributions all at once; its event is the exercise's.
            if row.version > 1 and table is not Contribution:
                assert len(about[str(row.id)]) > 1, f"{name} {row.id} changed without an event"


async def _counters_say_what_rows_say(ctx: Context) -> None:
    """What is stored beside the rows, so that nobody has to count them, is what counting gives."""
    voices = await ctx.db.execute(
        select(Voice.exercise_id, Voice.phase, func.sum(Voice.posted))
        .where(Voice.kind != "")
        .group_by(Voice.exercise_id, Voice.phase)
    )
    said: Counter[tuple[UUID, str]] = Counter()
    for table, there in (
        (Contribution, Contribution.deleted_at.is_(None)),
        (SealedCard, SealedCard.id.is_not(None)),
    ):
        query = select(table.exercise_id, table.phase).where(there)
        said.update(Counter((row[0], row[1]) for row in await ctx.db.execute(query)))
    assert {(row[0], row[1]): int(row[2]) for row in voices if row[2]} == dict(said)
    asked = dict(
        (await ctx.db.execute(select(Second.challenge_id, func.count()).group_by(Second.challenge_id))).all()
    )
    for row in await ctx.db.execute(select(Challenge.id, Challenge.times_asked)):
        assert row.times_asked == 1 + asked.get(row.id, 0)


async def _erasures_are_finished_once(ctx: Context, types: Counter[tuple[str, str]]) -> None:
    """What the killed workers had begun was finished by others."""
    receipts = (await ctx.db.execute(select(ErasureReceipt.person_id, ErasureReceipt.finished_at))).all()
    assert all(receipt.finished_at is not None for receipt in receipts)
    finished = {
        subject: count for (type_, subject), count in types.items() if type_ == "person.erasure_finished"
    }
    assert finished == {str(receipt.person_id): 1 for receipt in receipts}


async def _no_number_is_missing(ctx: Context) -> None:
    last = await ctx.db.scalar(
        select(EventCounter.last).where(EventCounter.organization_id == ctx.organization_id)
    )
    numbers = list(await ctx.db.scalars(select(Event.sequence).order_by(Event.sequence)))
    assert numbers == list(range(1, (last or 0) + 1))

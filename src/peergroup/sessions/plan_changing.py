"""Replacing the plan of a year: what is new is made, what differs is changed, what is left out goes if it can."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from peergroup.kit.context import Context
from peergroup.kit.ids import new_id
from peergroup.kit.problems import CONFLICT, PRECONDITION_REQUIRED, Problem, invalid
from peergroup.kit.rehearsal import rehearsal
from peergroup.sessions import policy
from peergroup.sessions.agenda import made, rebuild, refuse_too_long
from peergroup.sessions.hanging import hanging
from peergroup.sessions.models import Plan, Session
from peergroup.sessions.plan_entries import USUAL_MINUTES, Entry, resolve
from peergroup.sessions.plan_schemas import (
    ChangeCounts,
    EntryChange,
    FieldChange,
    PlanChangedOut,
    PlanIn,
    PlannedOut,
    as_data,
)
from peergroup.sessions.plan_stock import Stock, stock_for
from peergroup.sessions.plan_times import flush_moved, refuse_overlaps
from peergroup.sessions.plans import Year, find_year
from peergroup.sessions.plans import shown as on_the_wire
from peergroup.sessions.schemas import SegmentIn
from peergroup.sessions.times import Placed

AHEAD = ("draft", "scheduled")
"""What still may change; everything else has begun, or is over."""
_TIMES = ("local_start", "time_zone", "dst_policy", "minutes")
_SETTLED = ("title", "theme_id", "place", "capacity", "host_id")


async def replace_year(
    ctx: Context, group_id: UUID, number: int, given: PlanIn, *, dry_run: bool
) -> PlanChangedOut:
    """Make a group's year what the plan says, all of it or nothing; twice the same changes nothing."""
    if ctx.if_match is None and not dry_run:
        raise Problem(PRECONDITION_REQUIRED, "Send the ETag of the plan you read in If-Match.")
    async with rehearsal(ctx, only=dry_run):
        answer = await make_year(ctx, group_id, number, given)
        return _without_new_ids(answer) if dry_run else answer


async def make_year(ctx: Context, group_id: UUID, number: int, given: PlanIn) -> PlanChangedOut:
    """Make a group's year what the plan says, in a transaction that may do more than that."""
    year = await find_year(ctx, group_id, number, lock=True)
    ctx.require(policy.PLAN_YEAR, year.standing)
    ctx.expect(year)
    if year.group.state == "archived":
        raise Problem(CONFLICT, "The group is archived.")
    entries = resolve(given, year.group, number)
    work = _Work(ctx, year, await stock_for(ctx, year, entries))
    return await work.carry_out(given, entries)


def _without_new_ids(answer: PlanChangedOut) -> PlanChangedOut:
    """What a dry run made exists no more: its ids would lead nowhere."""
    made = {one.session_id for one in answer.changes if one.change == "created"}
    shown: list[EntryChange | PlannedOut] = [*answer.changes, *answer.entries]
    for one in shown:
        one.session_id = None if one.session_id in made else one.session_id
    return answer


@dataclass
class _Work:
    """One replacement under way; the group is locked."""

    ctx: Context
    year: Year
    stock: Stock
    changes: list[EntryChange] = field(default_factory=list)
    moved: list[tuple[Session, Placed]] = field(default_factory=list)

    async def carry_out(self, given: PlanIn, entries: Sequence[Entry]) -> PlanChangedOut:
        """Everything, in the order in which the database can take it: what goes makes room for what comes."""
        by_key = {session.plan_key: session for session in self.year.sessions}
        await self._let_go({entry.key for entry in entries})
        for entry in entries:
            if (session := by_key.get(entry.key)) is not None:
                self.changes.append(await self._change(session, entry))
        new = [entry for entry in entries if entry.key not in by_key]
        await flush_moved(self.ctx, self.year.sessions, self.moved)
        plan = await self._plan(given.usual.model_dump(mode="json", exclude_unset=True))
        await self._create(plan, new)
        await refuse_overlaps(self.ctx, self.year)
        counts = ChangeCounts(**_counted(self.changes))
        if plan in self.ctx.db.dirty or counts.created or counts.updated or counts.deleted:
            plan.updated_at = self.ctx.now
        if plan in self.ctx.db.dirty or self.year.is_new:
            self.ctx.record("plan.changed", plan, year=plan.year, **counts.model_dump())
        await self.ctx.db.flush()
        self.year.sessions.sort(key=lambda session: (session.starts_at, session.id))
        self.changes.sort(key=lambda change: change.key)
        return PlanChangedOut(**on_the_wire(self.year), changes=self.changes, summary=counts)

    async def _plan(self, usual: dict[str, Any]) -> Plan:
        plan = self.year.plan
        if plan is None:
            plan = Plan(
                group_id=self.year.group.id,
                year=self.year.number,
                usual=usual,
                created_at=self.ctx.now,
                updated_at=self.ctx.now,
            )
            self.ctx.db.add(plan)
            await self.ctx.db.flush()
            self.year.plan, self.year.is_new = plan, True
        elif plan.usual != usual:
            plan.usual = usual
        return plan

    async def _let_go(self, wanted: set[str]) -> None:
        """What is not in the plan any more: deleted if nothing hangs on it, else kept with the reason."""
        left = [session for session in self.year.sessions if session.plan_key not in wanted]
        kept_by = await hanging(self.ctx, [session.id for session in left if session.state in AHEAD])
        for session in left:
            reason = _why_locked(session) or kept_by.get(session.id)
            change = "deleted" if reason is None else "kept"
            self.changes.append(_outcome(session.plan_key or "", session.id, change, reason=reason))
            if reason is None:
                await self._delete(session)

    async def _delete(self, session: Session) -> None:
        self.ctx.record("session.deleted", session.id, group_id=session.group_id)
        for segment in session.agenda:
            await self.ctx.db.delete(segment)
        await self.ctx.db.flush()
        await self.ctx.db.delete(session)
        await self.ctx.db.flush()
        self.year.sessions.remove(session)

    async def _change(self, session: Session, entry: Entry) -> EntryChange:
        same_agenda = session.planned_agenda == entry.agenda
        planned = self.stock.segments(entry) if not same_agenda else []
        minutes = entry.minutes or (session.minutes if same_agenda else _length(planned))
        placed = entry.placed(minutes)
        differs = self._differences(session, entry, placed)
        if not differs:
            return _outcome(entry.key, session.id, "unchanged")
        if (why := _why_locked(session)) is not None:
            return _outcome(entry.key, session.id, "locked", differs, why)
        self._settle(session, entry, placed, differs)
        sitting = [one.person_id for one in self.year.hot_seats(session)]
        if not same_agenda:
            refuse_too_long(planned, minutes, f"{entry.pointer}/agenda")
            session.agenda = await rebuild(
                self.ctx, session, [SegmentIn(**one.model_dump()) for one in planned]
            )
            session.planned_agenda = entry.agenda
        elif sum(one.minutes for one in session.agenda) > minutes:
            raise invalid(f"{entry.pointer}/minutes", "is shorter than the agenda")
        self._seat(session, entry, entry.hot_seats if entry.hot_seats is not None else sitting)
        return _outcome(entry.key, session.id, "updated", differs)

    def _differences(self, session: Session, entry: Entry, placed: Placed) -> list[FieldChange]:
        pairs = [(name, getattr(session, name), getattr(placed, name)) for name in _TIMES]
        pairs += [(name, getattr(session, name), entry.settled[name]) for name in _SETTLED]
        pairs.append(("agenda", session.planned_agenda, entry.agenda))
        if entry.hot_seats is not None and session.state in AHEAD:
            sitting = [one.person_id for one in self.year.hot_seats(session) if one.person_id is not None]
            pairs.append(("hot_seats", sitting, entry.hot_seats))
        if session.state == "draft" and self._may_be_scheduled(placed):
            pairs.append(("state", "draft", "scheduled"))
        return [
            FieldChange(field=name, before=as_data(before), after=as_data(after))
            for name, before, after in pairs
            if before != after
        ]

    def _may_be_scheduled(self, placed: Placed) -> bool:
        return self.year.group.state == "active" and placed.ends_at > self.ctx.now

    def _settle(self, session: Session, entry: Entry, placed: Placed, differs: list[FieldChange]) -> None:
        for name in _SETTLED:
            setattr(session, name, entry.settled[name])
        changed = {one.field for one in differs}
        moves = bool(changed & set(_TIMES))
        if moves and placed.starts_at != session.starts_at and placed.ends_at <= self.ctx.now:
            raise invalid(f"{entry.pointer}/local_start", "lies in the past")
        if moves:
            self.moved.append((session, placed))
            session.sequence += 1
        if "state" in changed:
            session.state = "scheduled"
        session.updated_at = self.ctx.now
        self._tell(session, placed, changed, moves=moves)

    def _tell(self, session: Session, placed: Placed, changed: set[str], *, moves: bool) -> None:
        times: dict[str, Any] = {
            "starts_at": placed.starts_at,
            "ends_at": placed.ends_at,
            "sequence": session.sequence,
        }
        if "state" in changed:
            self.ctx.record("session.scheduled", session, moved=("draft", "scheduled"), **times)
        elif moves:
            self.ctx.record("session.rescheduled", session, **times)
        if rest := changed - {"state", *_TIMES}:
            self.ctx.record("session.updated", session, changed=sorted(rest))

    async def _create(self, plan: Plan, entries: Sequence[Entry]) -> None:
        made_now = [self._new(plan, entry) for entry in entries]
        self.ctx.db.add_all(made_now)
        await self.ctx.db.flush()
        for session, entry in zip(made_now, entries, strict=True):
            planned = self.stock.segments(entry)
            session.agenda = [made(self.ctx, session, one, place) for place, one in enumerate(planned)]
            self._seat(
                session, entry, entry.hot_seats or [one.person_id for one in self.year.hot_seats(session)]
            )
            self.changes.append(_outcome(entry.key, session.id, "created"))
        self.year.sessions += made_now

    def _new(self, plan: Plan, entry: Entry) -> Session:
        segments = self.stock.segments(entry)
        minutes = entry.minutes or _length(segments)
        refuse_too_long(segments, minutes, f"{entry.pointer}/agenda")
        placed = entry.placed(minutes)
        if placed.ends_at <= self.ctx.now:
            raise invalid(f"{entry.pointer}/local_start", "lies in the past; leave out what is over")
        session = Session(
            id=new_id(),
            group_id=plan.group_id,
            plan_id=plan.id,
            plan_key=entry.key,
            planned_agenda=entry.agenda,
            state="scheduled" if self.year.group.state == "active" else "draft",
            sequence=0,
            created_at=self.ctx.now,
            updated_at=self.ctx.now,
            **{name: getattr(placed, name) for name in Placed.__slots__},
            **entry.settled,
        )
        told = "session.scheduled" if session.state == "scheduled" else "session.drafted"
        times: dict[str, Any] = {"starts_at": placed.starts_at, "ends_at": placed.ends_at, "sequence": 0}
        self.ctx.record(told, session, moved=(None, session.state), **times)
        return session

    def _seat(self, session: Session, entry: Entry, people: Sequence[UUID | None]) -> None:
        """Give the hot seats of an agenda to these people, in order."""
        seats = self.year.hot_seats(session)
        if entry.hot_seats is not None and len(people) > len(seats):
            said = (
                f"has more people than its agenda has seats ({len(seats)}); what was changed by hand stays so"
            )
            raise invalid(f"{entry.pointer}/hot_seats", said)
        wanted = [*people, *[None] * len(seats)]
        for seat, person_id in zip(seats, wanted, strict=False):
            if seat.person_id != person_id:
                seat.person_id = person_id
        self.year.names |= self.stock.names


def _length(segments: Sequence[Any]) -> int:
    return max(5, sum(one.minutes for one in segments) or USUAL_MINUTES)


def _why_locked(session: Session) -> str | None:
    said = {"in_progress": "running", "paused": "running"}.get(session.state, session.state)
    return None if session.state in AHEAD else f"It is {said}."


def _outcome(
    key: str,
    session_id: UUID,
    change: Any,
    fields: list[FieldChange] | None = None,
    reason: str | None = None,
) -> EntryChange:
    said = None if reason is None else f"{reason[0].upper()}{reason[1:].rstrip('.')}."
    return EntryChange(key=key, session_id=session_id, change=change, fields=fields or [], reason=said)


def _counted(changes: Sequence[EntryChange]) -> dict[str, int]:
    names = ChangeCounts.model_fields
    return {name: sum(one.change == name for one in changes) for name in names}

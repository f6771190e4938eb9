"""What a plan names and does not hold itself: themes, templates of agendas, people. One statement for each kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select

from peergroup.kit.context import Context
from peergroup.kit.problems import invalid
from peergroup.sessions.hosts import names_in
from peergroup.sessions.models import AgendaTemplate, Session, Theme
from peergroup.sessions.plan_entries import Entry, named_people
from peergroup.sessions.plans import Year
from peergroup.sessions.schemas import SegmentOf


@dataclass
class Stock:
    """The names of themes and people, and the segments of templates."""

    names: dict[UUID, str] = field(default_factory=dict)
    templates: dict[UUID, list[SegmentOf]] = field(default_factory=dict)

    def segments(self, entry: Entry) -> list[SegmentOf]:
        """The segments that a new agenda of this entry has."""
        if entry.template_id is not None:
            return self.templates[entry.template_id]
        return [SegmentOf.model_validate(one) for one in (entry.agenda or {}).get("segments", ())]


async def stock_for(ctx: Context, year: Year, entries: Sequence[Entry]) -> Stock:
    """What the entries need that their sessions do not name already; 422 at what there is not."""
    stock = Stock()
    by_key = {session.plan_key: session for session in year.sessions}
    themes = {f"{one.pointer}/theme_id": one.settled["theme_id"] for one in entries}
    rows = await _rows(ctx, Theme, (Theme.id, Theme.title), set(themes.values()) - set(year.names))
    stock.names |= {row.id: row.title for row in rows}
    _refuse_unknown(themes, {*year.names, *stock.names}, "is no theme of this organization")
    anew = [one for one in entries if one.key not in by_key or by_key[one.key].planned_agenda != one.agenda]
    wanted = {f"{one.pointer}/agenda_template_id": one.template_id for one in anew}
    columns = (AgendaTemplate.id, AgendaTemplate.segments)
    for row in await _rows(ctx, AgendaTemplate, columns, set(wanted.values())):
        stock.templates[row.id] = [SegmentOf.model_validate(one) for one in row.segments]
    _refuse_unknown(wanted, stock.templates, "is no template of this organization")
    fresh = {
        pointer: person_id
        for one in entries
        for pointer, person_id in named_people([one])
        if person_id not in _named(by_key.get(one.key))
    }
    stock.names |= await names_in(ctx, year.group.id, fresh)
    return stock


def _named(session: Session | None) -> set[UUID | None]:
    """Whom a session names already: who was host or sat somewhere may have left since."""
    return set() if session is None else {session.host_id, *(one.person_id for one in session.agenda)}


async def _rows(ctx: Context, model: Any, columns: tuple[Any, ...], ids: set[UUID | None]) -> Sequence[Any]:
    wanted = ids - {None}
    if not wanted:
        return ()
    return (await ctx.db.execute(select(*columns).where(model.id.in_(wanted)))).all()


def _refuse_unknown(wanted: dict[str, UUID | None], known: Iterable[UUID], said: str) -> None:
    there = set(known)
    for pointer, id_ in wanted.items():
        if id_ is not None and id_ not in there:
            raise invalid(pointer, said)

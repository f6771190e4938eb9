"""Who hears an event of the live stream: exactly those who would find it in the feed, though few are asked about."""

import datetime as dt
from uuid import UUID

from sqlalchemy import func, select, update

from peergroup.feed.audience import audiences
from peergroup.feed.listener import Listener
from peergroup.feed.queries import COLUMNS, Told
from peergroup.feed.rights import ADMIN
from peergroup.groups.models import ActivePeriod, Membership
from peergroup.kit.events import Event
from peergroup.kit.ids import new_id
from tests.feed.test_pages import items
from tests.feed.test_visibility import FACTS
from tests.matrix.roles import ADMINS, CAST
from tests.matrix.stage import Placed, Stage, Troupe
from tests.world import Actor

AGES = (dt.timedelta(), dt.timedelta(seconds=20), dt.timedelta(minutes=3), dt.timedelta(days=2))


async def newcomer(stage: Stage, group: Troupe, **ago: float) -> Placed:
    """Somebody who became active a while ago."""
    one = await stage.somebody(group=group)
    async with stage.world.acting() as ctx:
        since = ctx.now - dt.timedelta(**ago)
        mine = ActivePeriod.person_id == one.person_id
        await ctx.db.execute(update(ActivePeriod).where(mine).values(started_at=since))
    return one


async def guest_of(stage: Stage, group: Troupe, session_id: UUID) -> Placed:
    """A guest of one session."""
    one = await stage.somebody(group=group, role="guest")
    await stage.change(Membership, one.membership_id, session_id=session_id)
    return one


async def happened(stage: Stage, group: Troupe, session_id: UUID) -> list[Told]:
    """Every kind of fact, now and some time ago, to the group, to its guest's session, and outside of any group."""
    async with stage.world.acting() as ctx:
        before = await ctx.db.scalar(select(func.max(Event.sequence))) or 0
    for age in AGES:
        async with stage.world.acting() as ctx:
            ctx.now -= age
            for fact in FACTS:
                only_for = stage.cast[fact.only_for].person_id if fact.only_for else None
                about = session_id if fact.type.startswith("session.") else ctx.organization_id
                for began in (None, *AGES):  # The thing that it is a part of is as old or older.
                    began_at = None if began is None else ctx.now - began
                    where = group.id if fact.in_group else None
                    ctx.record(fact.type, about, group_id=where, only_for=only_for, began_at=began_at)
    async with stage.world.acting() as ctx:
        query = (
            select(*COLUMNS, Event.only_for, Event.began_at)
            .where(Event.sequence > before)
            .order_by(Event.sequence)
        )
        return [Told(*row) for row in (await ctx.db.execute(query)).all()]


async def found_by(stage: Stage, actor: Actor, events: list[Told]) -> set[int]:
    """The numbers of these events that somebody finds in the feed."""
    organization, vault = stage.world.organization_id, stage.world.house.vault
    first = vault.seal_number("event", str(organization), events[0].sequence - 1)
    ids, after = set(), first
    while page := (await items(actor, f"?limit=200&after={after}")):
        ids |= {one["id"] for one in page}
        after = page[-1]["id"]
    return {
        one.sequence for one in events if vault.seal_number("event", str(organization), one.sequence) in ids
    }


async def test_who_hears_an_event_is_who_finds_it(stage: Stage) -> None:
    group, session_id = await stage.group(), new_id()
    people: dict[str, Actor] = {name: stage.cast[name] for name in CAST} | {
        "newcomer": await newcomer(stage, group, seconds=10),
        "settler": await newcomer(stage, group, minutes=2),
        "unsigned": await stage.somebody(group=group, signed=False),
        "guest": await guest_of(stage, group, session_id),
    }
    events = await happened(stage, group, session_id)
    rights = {name: frozenset({ADMIN} if name in ADMINS else ()) for name in people}
    listeners = {
        name: Listener(new_id(), actor.person_id, after=0, types=frozenset(), rights=rights[name])
        for name, actor in people.items()
    }
    world = stage.world
    heard = await audiences(world.house, world.organization_id, events, listeners.values())
    told = {one.sequence: f"{one.type} at {one.occurred_at}" for one in events}
    for name, actor in people.items():
        hears = {number for number, those in heard.items() if listeners[name] in those}
        finds = await found_by(stage, actor, events)
        assert {told[one] for one in hears - finds} == set(), f"{name} hears what they may not know"
        assert {told[one] for one in finds - hears} == set(), f"{name} misses something"
    assert len([one for one in events if heard[one.sequence]]) > len(AGES) * 10

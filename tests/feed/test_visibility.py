"""Who may know which fact: every standing against every kind of fact, as the design's table says."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import func, select, update

from peergroup.feed.visibility import FIGURES
from peergroup.groups.models import Membership
from peergroup.kit.events import Event
from peergroup.kit.ids import new_id
from tests.matrix.roles import ACTIVE, ADMINS, CAST
from tests.matrix.stage import Stage
from tests.world import Actor

READERS = (*ACTIVE, "on_leave")


@dataclass(frozen=True)
class Fact:
    """A kind of fact, and who of the cast finds it."""

    type: str
    heard_by: tuple[str, ...]
    in_group: bool = True
    only_for: str | None = None


FACTS = [
    Fact("group.updated", (*ADMINS, *READERS, "service")),
    Fact("membership.activated", (*ADMINS, *READERS, "service")),
    Fact("session.rescheduled", (*ADMINS, *READERS, "service")),
    Fact("covenant.written", (*ADMINS, *READERS)),
    Fact("rsvp.given", (*ADMINS, *READERS)),
    Fact("challenge.accepted", READERS),
    Fact("exercise.progressed", READERS),
    Fact("contribution.posted", READERS),
    Fact("phase.ended", READERS),
    Fact("mark.set", READERS),
    Fact("post.published", READERS),
    Fact("commitment.made", READERS),
    Fact("something.unheard_of", READERS),
    Fact("person.updated", (*ADMINS, "service"), in_group=False),
    Fact("company.created", (*ADMINS, "service"), in_group=False),
    Fact("prospect.advanced", (*ADMINS, "service"), in_group=False),
    Fact("organization.updated", ADMINS, in_group=False),
    Fact("sync_run.applied", ADMINS, in_group=False),
    Fact("challenge.drafted", ("member",), only_for="member"),
    Fact("contribution.posted", ("moderator",), only_for="moderator"),
    Fact("membership.noted", ("removed",), only_for="removed"),
    Fact("key.created", ("outsider",), in_group=False, only_for="outsider"),
    Fact("person.noted", ("provisional",), in_group=False, only_for="provisional"),
]


async def finds(actor: Actor, sequence_id: str, type_: str) -> bool:
    answer = await actor.get(f"/events?types={type_}&limit=200")
    assert answer.status_code == 200, answer.text
    return any(one["id"] == sequence_id for one in answer.json()["items"])


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.type}-{fact.only_for}")
async def test_every_standing_finds_what_the_design_says_and_nothing_else(stage: Stage, fact: Fact) -> None:
    group = await stage.group()
    only_for = stage.cast[fact.only_for].person_id if fact.only_for else None
    async with stage.world.acting() as ctx:
        ctx.record(
            fact.type, ctx.organization_id, group_id=group.id if fact.in_group else None, only_for=only_for
        )
    event_id = await latest_id(stage)
    found = {name for name in CAST if await finds(stage.cast[name], event_id, fact.type)}
    assert found == set(fact.heard_by)
    assert not await finds(stage.elsewhere.owner, event_id, fact.type)


async def latest_id(stage: Stage) -> str:
    async with stage.world.acting() as ctx:
        last = await ctx.db.scalar(select(func.max(Event.sequence)))
    vault = stage.world.house.vault
    return vault.seal_number("event", str(stage.world.organization_id), last or 0)


async def recorded(stage: Stage, type_: str, group_id: Any, subject: Any = None, **back: float) -> str:
    """An event as if it had happened some time ago."""
    async with stage.world.acting() as ctx:
        ctx.now -= dt.timedelta(**back)
        ctx.record(type_, subject or ctx.organization_id, group_id=group_id)
    return await latest_id(stage)


async def test_a_newcomer_knows_the_figures_of_before_but_not_what_was_said(stage: Stage) -> None:
    newcomer = await stage.somebody()
    said = await recorded(stage, "challenge.accepted", newcomer.group_id, days=3)
    counted = await recorded(stage, "session.completed", newcomer.group_id, days=3)
    lately = await recorded(stage, "challenge.accepted", newcomer.group_id, hours=3)
    assert not await finds(newcomer, said, "challenge.*")
    assert await finds(newcomer, counted, "session.*")
    assert await finds(newcomer, lately, "challenge.*")


async def test_who_has_not_signed_knows_figures_only(stage: Stage) -> None:
    unsigned = await stage.somebody(signed=False)
    said = await recorded(stage, "challenge.accepted", unsigned.group_id)
    counted = await recorded(stage, "session.completed", unsigned.group_id)
    assert not await finds(unsigned, said, "challenge.*")
    assert await finds(unsigned, counted, "session.*")


async def test_a_guest_knows_of_their_session_and_of_nothing_else(stage: Stage) -> None:
    guest, session_id = await stage.somebody(role="guest"), new_id()
    async with stage.world.acting() as ctx:
        await ctx.db.execute(
            update(Membership).where(Membership.id == guest.membership_id).values(session_id=session_id)
        )
    theirs = await recorded(stage, "session.started", guest.group_id, session_id)
    another = await recorded(stage, "session.started", guest.group_id, new_id())
    group = await recorded(stage, "group.updated", guest.group_id)
    said = await recorded(stage, "exercise.started", guest.group_id)
    assert await finds(guest, theirs, "session.*")
    for hidden, kind in ((another, "session.*"), (group, "group.*"), (said, "exercise.*")):
        assert not await finds(guest, hidden, kind)


async def test_a_person_who_comes_back_does_not_learn_what_was_said_meanwhile(stage: Stage) -> None:
    one = await stage.somebody()
    away = await stage.moderator.post(f"/memberships/{one.membership_id}/suspend", {"reason": "Away."})
    assert away.status_code == 200, away.text
    meanwhile = await recorded(stage, "challenge.accepted", one.group_id)
    back = await stage.moderator.post(f"/memberships/{one.membership_id}/reinstate")
    assert back.status_code == 200, back.text
    again = await recorded(stage, "challenge.accepted", one.group_id)
    assert not await finds(one, meanwhile, "challenge.*")
    assert await finds(one, again, "challenge.*")


async def test_a_cut_down_key_needs_the_scope_of_the_feed(stage: Stage) -> None:
    key = await stage.cut_down(stage.member, "events:read")
    assert (await key.get("/events")).status_code == 403
    without = await stage.service_without("events:read")
    assert (await without.get("/events")).status_code == 403


def test_no_kind_of_words_is_taken_for_a_figure() -> None:
    words = {"challenge", "exercise", "contribution", "mark", "phase", "post", "commitment", "minutes"}
    assert not words & set(FIGURES)

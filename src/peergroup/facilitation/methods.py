"""Seeing, writing and trying out methods."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from peergroup.facilitation import policy
from peergroup.facilitation.difference import differences
from peergroup.facilitation.document import InvalidProtocol, read
from peergroup.facilitation.library import builtin, builtin_keys, builtins
from peergroup.facilitation.models import ProtocolVersion
from peergroup.facilitation.protocol import Protocol
from peergroup.facilitation.protocol_schemas import (
    ChangeOut,
    DifferenceOut,
    MisfitOut,
    PhaseShareOut,
    ProtocolBrief,
    ProtocolOut,
    ProtocolVersionOut,
    SimulationIn,
    SimulationOut,
)
from peergroup.facilitation.shelf import latest, store
from peergroup.facilitation.simulation import simulate
from peergroup.groups.queries import leads_a_group
from peergroup.kit.context import Context
from peergroup.kit.pagination import Paging, page
from peergroup.kit.problems import CONFLICT, INVALID, UNREADABLE, Problem, not_found
from peergroup.kit.wire import Page
from peergroup.people.models import Person

MOST_FINDINGS = 100


@dataclass(frozen=True, slots=True)
class Author:
    """Who would write a method: an admin, or a moderator of any group."""

    is_admin: bool
    is_moderator: bool


def data_of_yaml(raw: bytes) -> Any:
    """The data of a document in YAML; refused with 422 that names lines unless it describes a method."""
    try:
        return read(raw.decode("utf-8")).model_dump(mode="json", exclude_unset=True)
    except UnicodeDecodeError as error:
        raise Problem(UNREADABLE, "The body is not UTF-8.") from error
    except InvalidProtocol as error:
        wrong = [
            {"pointer": one.pointer, "detail": f"line {one.line}, column {one.column}: {one.detail}"}
            for one in error.findings[:MOST_FINDINGS]
        ]
        raise Problem(INVALID, "This is no method yet.", errors=wrong) from None


async def list_protocols(ctx: Context) -> Page[ProtocolBrief]:
    """The built-in methods and the organization's own, by key; at most 200."""
    ctx.require(policy.PROTOCOLS, ctx.principal)
    newest = select(ProtocolVersion.key, func.max(ProtocolVersion.number).label("number")).group_by(
        ProtocolVersion.key
    )
    last = newest.subquery()
    query = (
        select(ProtocolVersion)
        .join(last, (last.c.key == ProtocolVersion.key) & (last.c.number == ProtocolVersion.number))
        .order_by(ProtocolVersion.key)
        .limit(200)
    )
    stored = {one.key: one for one in (await ctx.db.scalars(query)).all()}
    shown = {key: _of_organization(one) for key, one in stored.items() if key not in builtin_keys()}
    shown |= {protocol.key: _of_package(protocol, stored.get(protocol.key)) for protocol in builtins()}
    items = [_brief(shown[key]) for key in sorted(shown)][:200]
    return Page[ProtocolBrief](items=items, next_cursor=None)


def _of_organization(stored: ProtocolVersion) -> ProtocolOut:
    document = Protocol.model_validate(stored.document)
    return ProtocolOut(
        key=stored.key,
        title=document.title,
        version=stored.number,
        builtin=False,
        digest=stored.digest,
        document=document,
    )


def _of_package(protocol: Protocol, stored: ProtocolVersion | None) -> ProtocolOut:
    """A built-in method; its version is the one it has or will have here once it is used."""
    digest = protocol.digest()
    number = 1 if stored is None else stored.number + (stored.digest != digest)
    return ProtocolOut(
        key=protocol.key,
        title=protocol.title,
        version=number,
        builtin=True,
        digest=digest,
        document=protocol,
    )


def _brief(one: ProtocolOut) -> ProtocolBrief:
    return ProtocolBrief(
        key=one.key,
        title=one.title,
        version=one.version,
        builtin=one.builtin,
        minutes=sum(phase.timebox.max for phase in one.document.phases),
        subject=one.document.subject,
    )


async def show_protocol(ctx: Context, key: str) -> ProtocolOut:
    """A method as a new exercise would play it."""
    ctx.require(policy.PROTOCOLS, ctx.principal)
    stored = await latest(ctx, key)
    if key in builtin_keys():
        return _of_package(builtin(key), stored)
    if stored is None:
        raise not_found()
    return _of_organization(stored)


async def list_versions(ctx: Context, key: str, paging: Paging) -> Page[ProtocolVersionOut]:
    """The stored versions of a method, the newest first."""
    ctx.require(policy.PROTOCOLS, ctx.principal)
    statement = select(ProtocolVersion).where(ProtocolVersion.key == key)
    rows, following = await page(ctx, statement, paging, by=[ProtocolVersion.number], descending=True)
    if not rows and key not in builtin_keys():
        raise not_found()
    items = [
        ProtocolVersionOut(
            id=one.id,
            version=one.number,
            digest=one.digest,
            created_at=one.created_at,
            document=Protocol.model_validate(one.document),
        )
        for one in (row[0] for row in rows)
    ]
    return Page[ProtocolVersionOut](items=items, next_cursor=following)


async def compare_versions(ctx: Context, key: str, number: int, since: int | None) -> DifferenceOut:
    """What a version changed since another one, the one before unless said; the first one since nothing."""
    ctx.require(policy.PROTOCOLS, ctx.principal)
    before = number - 1 if since is None else since
    query = select(ProtocolVersion.number, ProtocolVersion.document).where(
        ProtocolVersion.key == key, ProtocolVersion.number.in_((number, before))
    )
    found = {row.number: Protocol.model_validate(row.document) for row in await ctx.db.execute(query)}
    if number not in found or (since is not None and since not in found):
        raise not_found()
    return DifferenceOut(
        key=key,
        version=number,
        since=before if before in found else None,
        changes=[ChangeOut.model_validate(one) for one in differences(found.get(before), found[number])],
    )


async def write_protocol(ctx: Context, document: Protocol) -> ProtocolOut:
    """Store a method, or a new version of one; a document that says the same as the newest changes nothing."""
    mine = select(Person.id).where(Person.id == ctx.principal.person_id, leads_a_group(ctx))
    leads = await ctx.db.scalar(mine) is not None
    ctx.require(policy.WRITE_PROTOCOL, Author(ctx.principal.is_admin, leads))
    if document.key in builtin_keys():
        raise Problem(CONFLICT, "A method of this key ships with the service; give yours another one.")
    stored = await latest(ctx, document.key)
    if stored is None or stored.digest != document.digest():
        _judge_maker(ctx, stored)
        number = (stored.number if stored else 0) + 1
        stored = await store(ctx, document, number, is_builtin=False)
        if stored.digest != document.digest():
            raise Problem(CONFLICT, "Somebody else wrote a version at the same moment; read it first.")
        ctx.record("protocol.written", stored, key=stored.key, version=stored.number)
    return _of_organization(stored)


def _judge_maker(ctx: Context, stored: ProtocolVersion | None) -> None:
    """Other groups play it as it is: nobody changes a method under them but who wrote it, or an admin."""
    if stored is None or ctx.principal.is_admin or stored.made_by_id == ctx.principal.person_id:
        return
    raise Problem(
        CONFLICT,
        "Somebody else wrote this method; give yours another key, or ask an admin for a new version.",
    )


async def try_out(ctx: Context, given: SimulationIn) -> SimulationOut:
    """Play a method on paper."""
    ctx.require(policy.PROTOCOLS, ctx.principal)
    document = given.document or (await show_protocol(ctx, given.protocol or "")).document
    found = simulate(document, given.people, given.timeboxes, given.minutes)
    return SimulationOut(
        fits=found.fits,
        rounds=found.rounds,
        total_minutes=found.total_minutes,
        misfits=[MisfitOut.model_validate(one) for one in found.misfits],
        phases=[
            PhaseShareOut(
                phase=one.phase,
                minutes=one.minutes,
                total_minutes=one.total_minutes,
                breakouts=list(one.breakouts),
                speakers=one.speakers,
                seconds_each=one.seconds_each,
            )
            for one in found.phases
        ],
    )

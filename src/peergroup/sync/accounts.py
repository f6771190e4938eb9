"""Connections to accounts in other systems: made, changed, given up."""

from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import select, update

from peergroup.kit import jobs, outgoing
from peergroup.kit.context import Context, get
from peergroup.kit.ids import new_id
from peergroup.kit.pagination import Paging, page
from peergroup.kit.problems import CONFLICT, Problem, invalid
from peergroup.kit.wire import Page
from peergroup.sync import policy, scheduling
from peergroup.sync.connection_schemas import ConnectionOut, ConnectionPatch, NewConnectionIn
from peergroup.sync.models import Connection, SyncRun
from peergroup.sync.sources.connections import ConnectionIn

PURPOSE = "crm account"
ACCOUNT: TypeAdapter[Any] = TypeAdapter(ConnectionIn)


async def connect(ctx: Context, given: NewConnectionIn) -> ConnectionOut:
    """Connect an account; its credentials are kept under the server's secret."""
    ctx.require(policy.SYNC, ctx.principal)
    _judge_address(ctx, given.account)
    if await ctx.db.scalar(select(Connection.id).where(Connection.source == given.source)) is not None:
        raise Problem(CONFLICT, "This source has a connection already; change that one.")
    connection = Connection(
        id=new_id(),
        source=given.source,
        kind=given.account.kind,
        on_conflict=given.on_conflict,
        every_minutes=given.every_minutes,
        full_every_days=given.full_every_days,
        made_by_id=ctx.principal.person_id,
        created_at=ctx.now,
    )
    _wrap(ctx, connection, given.account)
    ctx.db.add(connection)
    await ctx.db.flush()
    await scheduling.schedule(ctx, connection)
    ctx.record("connection.created", connection, source=connection.source, kind=connection.kind)
    return show(connection)


def _address(account: Any) -> tuple[str, str | None]:
    """Where the account is, after the field that says so; None where all of the kind are at one place."""
    for field in ("instance_url", "base_url"):
        if (address := getattr(account, field, None)) is not None:
            return field, address
    return "kind", None


def _judge_address(ctx: Context, account: Any) -> None:
    """Refuse at once what the walls would refuse later."""
    field, address = _address(account)
    if address is None:
        return
    try:
        outgoing.judge(ctx.house.settings, address)
    except outgoing.Refused as refused:
        raise invalid(f"/account/{field}", str(refused)) from refused


def _refuse_another_database(ctx: Context, connection: Connection, account: Any) -> None:
    """Another database calls other people by the same references."""
    try:
        before = getattr(account_of(ctx, connection), "database", None)
    except ValueError:
        return  # The server's secret is another one: the account is given anew, whole.
    if getattr(account, "database", None) != before:
        raise invalid("/account/database", "is another one; make another connection for it")


def _wrap(ctx: Context, connection: Connection, account: Any) -> None:
    connection.address = _address(account)[1]
    text = account.model_dump_json()
    connection.wrapped = ctx.house.vault.wrap(
        PURPOSE, f"{ctx.organization_id}/{connection.id}", text.encode()
    )


def account_of(ctx: Context, connection: Connection) -> Any:
    """The account with its credentials."""
    about = f"{ctx.organization_id}/{connection.id}"
    return ACCOUNT.validate_json(ctx.house.vault.unwrap(PURPOSE, about, connection.wrapped))


async def change(ctx: Context, connection_id: UUID, patch: ConnectionPatch) -> ConnectionOut:
    """Change how an account is walked through, or give new credentials."""
    ctx.require(policy.SYNC, ctx.principal)
    connection = await get(ctx, Connection, connection_id, lock=True)
    ctx.expect(connection)
    sent = patch.model_fields_set
    if patch.account is not None:
        if patch.account.kind != connection.kind:
            raise invalid("/account/kind", f"is {connection.kind}; make another connection for another kind")
        _judge_address(ctx, patch.account)
        _refuse_another_database(ctx, connection, patch.account)
        before = connection.address
        _wrap(ctx, connection, patch.account)
        if connection.address != before:
            connection.cursor = None  # What has changed since then is told by the other account.
        connection.state = "active"
    if patch.on_conflict is not None:
        connection.on_conflict = patch.on_conflict
    for field in ("every_minutes", "full_every_days"):
        if field in sent:
            setattr(connection, field, getattr(patch, field))
    await ctx.db.flush()
    await scheduling.schedule(ctx, connection)
    ctx.record("connection.updated", connection, changed=sorted(sent))
    return show(connection)


async def disconnect(ctx: Context, connection_id: UUID) -> None:
    """Give a connection up; whoever came through it stays."""
    ctx.require(policy.SYNC, ctx.principal)
    connection = await get(ctx, Connection, connection_id, lock=True)
    ctx.expect(connection)
    mine = update(SyncRun).where(SyncRun.connection_id == connection.id)
    unseen: dict[str, Any] = {"synchronize_session": False}
    ended = mine.where(SyncRun.state == "fetching").values(state="superseded").returning(SyncRun.id)
    runs = (await ctx.db.scalars(ended.execution_options(**unseen))).all()
    await scheduling.drop_records(ctx, runs)
    await ctx.db.execute(mine.values(connection_id=None).execution_options(**unseen))
    await jobs.cancel(ctx, scheduling.JOB, str(connection.id))
    await ctx.db.delete(connection)
    ctx.record("connection.deleted", connection.id, source=connection.source)


async def find(ctx: Context, connection_id: UUID) -> ConnectionOut:
    """One connection."""
    ctx.require(policy.SYNC, ctx.principal)
    return show(await get(ctx, Connection, connection_id))


async def list_all(ctx: Context, paging: Paging) -> Page[ConnectionOut]:
    """The connections, by the names of their sources."""
    ctx.require(policy.SYNC, ctx.principal)
    rows, following = await page(ctx, select(Connection), paging, by=[Connection.source])
    return Page[ConnectionOut](items=[show(row[0]) for row in rows], next_cursor=following)


def show(connection: Connection) -> ConnectionOut:
    """A connection on the wire."""
    return ConnectionOut(
        id=connection.id,
        source=connection.source,
        kind=connection.kind,
        address=connection.address,
        on_conflict=connection.on_conflict,
        every_minutes=connection.every_minutes,
        full_every_days=connection.full_every_days,
        state=connection.state,
        has_cursor=connection.cursor is not None,
        full_at=connection.full_at,
        created_at=connection.created_at,
        version=connection.version,
    )

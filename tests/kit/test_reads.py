"""The mechanism of hot reads: how a select becomes SQL, what is refused, and what a broken driver leads to."""

import asyncio
import datetime as dt
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from fastapi import FastAPI
from pydantic import BaseModel
from sqlalchemy import Select, case, delete, func, literal, literal_column, select, true, union_all
from sqlalchemy.types import Integer, String
from starlette.responses import Response

from peergroup.access.models import Credential
from peergroup.groups.models import Group, Membership
from peergroup.kit.compiled import NOW, ORGANIZATION, Compiled, Row, given
from peergroup.kit.context import House, Principal
from peergroup.kit.database import Database
from peergroup.kit.ids import Id
from peergroup.kit.policy import EVERYBODY
from peergroup.kit.reads.lane import Lanes, compiled_lanes
from peergroup.kit.reads.postgresql import PostgresqlReads, opening
from peergroup.kit.reads.shapes import listed, shaped, with_members
from peergroup.kit.reads.sqlite import STEPS, SqliteReads
from peergroup.kit.reads.statement import Answer, Read, Reader, Who
from peergroup.kit.refusals import answer_all_errors
from peergroup.kit.routing import Meta
from peergroup.kit.tenancy import TenancyBreach
from peergroup.kit.time import to_wire
from tests.groups.factories import a_group
from tests.world import World

GROUP_ID = given("group_id", Id())
TABLE = Group.__table__
UNTIED: dict[str, Select[Any]] = {
    "a table without its tenant": select(TABLE.c.name).where(TABLE.c.id == GROUP_ID),
    "a table tied only to another one": select(TABLE.c.name)
    .join(Membership.__table__, Membership.__table__.c.organization_id == TABLE.c.organization_id)
    .where(TABLE.c.organization_id == ORGANIZATION),
    "the second use of a table that is tied once": select(
        TABLE.c.name, select(TABLE.c.capacity).correlate(None).limit(1).scalar_subquery()
    ).where(TABLE.c.organization_id == ORGANIZATION),
}


@pytest.mark.parametrize("why", UNTIED)
def test_a_read_that_is_not_tied_to_the_organization_is_refused(house: House, why: str) -> None:
    with pytest.raises(TenancyBreach, match="not tied to the organization"):
        Compiled(UNTIED[why], house.database.reads.dialect)


def test_a_mapped_class_is_tied_by_itself(house: House) -> None:
    inner = select(Membership.role).where(Membership.group_id == Group.id).limit(1).scalar_subquery()
    compiled = Compiled(select(Group.name, inner).where(Group.id == GROUP_ID), house.database.reads.dialect)
    assert compiled.sql.count("organization_id = ") == 2


def test_constants_are_written_out_and_one_parameter_stands_for_each_name(house: House) -> None:
    statement = select(Group.id).where(Group.id == GROUP_ID, Group.state.in_(("active", "o'clock")))
    compiled = Compiled(statement.where(Group.parent_id != GROUP_ID), house.database.reads.dialect)
    assert "IN ('active', 'o''clock')" in compiled.sql
    id_, organization = UUID(int=1), UUID(int=2)
    arguments = compiled.arguments({"group_id": id_, "organization_id": organization, "more": 1})
    assert [str(argument) for argument in arguments] == [str(id_), str(organization)]


class Inner(BaseModel):
    id: UUID
    name: str | None


class Shape(BaseModel):
    inner: Inner
    said: bool
    silent: bool | None
    at: str
    number: int
    people: list[Inner]
    later: list[str]


NAMES = ['b "quoted" \\ / \b\f\n\r\t', "a \x01\x1f\x7f", "c \u2028 é 🙂"]


async def test_the_database_writes_the_bytes_of_a_dumped_schema(house: House) -> None:
    rows = union_all(
        *(
            select(literal(UUID(int=place), Id()).label("id"), literal(name, String).label("name"))
            for place, name in enumerate(NAMES)
        )
    ).subquery()
    people = select(rows).order_by(rows.c.name).limit(10).subquery()
    shape = shaped(
        Shape,
        later=("later",),
        at=NOW,
        number=literal(7, Integer),
        said=literal(1, Integer) == literal(1, Integer),
        silent=case((literal(1, Integer) == literal(2, Integer), true())),
        inner=shaped(Inner, id=GROUP_ID, name=case((literal(1, Integer) == literal(2, Integer), "never"))),
        people=listed(Inner, id=people.c.id, name=people.c.name),
    )
    compiled = Compiled(select(shape), house.database.reads.dialect)
    at, id_ = dt.datetime(2026, 11, 22, 1, 2, 3, 40, dt.UTC), UUID(int=2**127)
    rows_ = await house.database.reads.fetch(
        UUID(int=1), compiled.sql, compiled.arguments({"now": at, "group_id": str(id_)})
    )
    body = with_members(compiled.row(rows_[0])[0], later=b'["x"]')
    listed_people = [Inner(id=UUID(int=NAMES.index(name)), name=name) for name in sorted(NAMES)]
    expected = Shape(
        inner=Inner(id=id_, name=None),
        said=True,
        silent=None,
        at=to_wire(at),
        number=7,
        people=listed_people,
        later=["x"],
    )
    assert body == expected.model_dump_json().encode()


async def test_an_empty_list_is_an_empty_array(house: House) -> None:
    nobody = (
        select(Membership.id, Membership.role.label("name"))
        .where(Membership.id.is_(None))
        .limit(5)
        .subquery()
    )
    statement = select(listed(Inner, id=nobody.c.id, name=nobody.c.name))
    compiled = Compiled(statement.add_columns(ORGANIZATION.is_(None)), house.database.reads.dialect)
    organization = UUID(int=1)
    arguments = compiled.arguments({"organization_id": organization})
    rows = await house.database.reads.fetch(organization, compiled.sql, arguments)
    assert compiled.row(rows[0])[0] == "[]"


def test_a_shape_takes_the_fields_of_its_schema_and_no_others() -> None:
    for members in ({"id": 1}, {"id": 1, "name": 2, "more": 3}):
        with pytest.raises(ValueError, match="has the fields id, name"):
            shaped(Inner, **{name: literal(value) for name, value in members.items()})
    with pytest.raises(ValueError, match="in this order"):
        shaped(Inner, later=("id",), name=literal("x"))


@dataclass
class Numbers(Read):
    """A page of numbers, for anybody who is signed in."""

    broken: bool = False

    def values(self, query: Any) -> dict[str, Any] | None:
        return {"least": int(query["cursor"])} if set(query) == {"cursor"} else None

    def select(self, who: Who) -> Select[Any]:
        least = given("least", Integer())
        return who.statement.add_columns(literal_column("no_such_thing") if self.broken else least + 1)

    def standing(self, principal: Principal, row: Row) -> Principal:
        return principal

    def answer(self, _reader: Reader, standing: Principal, rows: Sequence[Row]) -> Answer:
        return Answer(b"[%d]" % rows[0][0], next_cursor=str(rows[0][0]))


async def _get(world: World, read: Read, query: str, token: str) -> httpx.Response:
    """Ask a route that would answer 418 by itself and has this read in front of it."""
    app = FastAPI()

    async def ordinary(_request: Any) -> Response:
        return Response("the ordinary answer", 418)

    ordinary.meta = Meta("GET", "/numbers", EVERYBODY, hot=(read,))  # type: ignore[attr-defined]  # as `Room` marks it
    app.add_route("/numbers", ordinary)
    app.add_middleware(Lanes, lanes=compiled_lanes(app, world.house))
    answer_all_errors(app)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://peergroup.test") as client:
        return await client.get(f"/numbers{query}", headers={"Authorization": f"Bearer {token}"})


async def test_a_page_names_the_next_one_and_has_no_version(world: World) -> None:
    page = await _get(world, Numbers(), "?cursor=6", world.owner.token)
    assert (page.status_code, page.json()) == (200, [7])
    assert page.headers["link"] == '<http://peergroup.test/numbers?cursor=7>; rel="next"'
    assert "etag" not in page.headers


async def test_a_query_that_no_read_takes_goes_to_the_ordinary_endpoint(world: World) -> None:
    assert (await _get(world, Numbers(), "?order=down", world.owner.token)).status_code == 418


async def test_what_the_database_refuses_goes_to_the_ordinary_endpoint(world: World) -> None:
    assert (await _get(world, Numbers(broken=True), "?cursor=6", world.owner.token)).status_code == 418
    assert (await _get(world, Numbers(), "?cursor=6", world.owner.token)).status_code == 200


async def test_a_token_that_does_not_count_is_left_to_the_ordinary_endpoint(world: World) -> None:
    mistyped, unknown = world.owner.token[:-1], (await world.person()).token
    async with world.acting() as ctx:
        await ctx.db.execute(delete(Credential).where(Credential.id == UUID(unknown[4:36])))
    for token in (mistyped, unknown):
        assert (await _get(world, Numbers(), "?cursor=6", token)).status_code == 418


async def test_a_hundred_reads_at_once_each_get_their_own_answer(world: World) -> None:
    groups = [await a_group(world, members=0) for _ in range(4)]
    asked = [groups[place % 4].id for place in range(100)]
    answers = await asyncio.gather(*(world.owner.get(f"/groups/{id_}") for id_ in asked))
    assert [answer.json()["id"] for answer in answers] == asked


async def test_a_request_that_was_given_up_harms_no_other(world: World) -> None:
    group = await a_group(world, members=0)
    for _ in range(5):
        given_up = asyncio.create_task(world.owner.get(f"/groups/{group.id}"))
        await asyncio.sleep(0.002)
        given_up.cancel()
        await asyncio.gather(given_up, return_exceptions=True)
        assert (await world.owner.get(f"/groups/{group.id}")).status_code == 200


def test_only_a_uuid_is_written_into_the_opening() -> None:
    assert f"'{UUID(int=7)}'" in opening(UUID(int=7), "peergroup_app", 5_000)
    with pytest.raises(TypeError):
        opening("x', true); DROP TABLE person; --", "peergroup_app", 5_000)  # type: ignore[arg-type]  # on purpose


async def test_neither_role_nor_tenant_outlives_the_read(house: House) -> None:
    reads = house.database.reads
    if not isinstance(reads, PostgresqlReads):
        with pytest.raises(reads.trouble, match="readonly"):
            await reads.fetch(UUID(int=1), "CREATE TABLE written (x)", [])
        return
    say = "SELECT current_user::text, current_setting('app.organization', true)"
    assert tuple((await reads.fetch(UUID(int=7), say, []))[0]) == ("peergroup_app", str(UUID(int=7)))
    connection = reads._idle[-1]
    user, organization = await connection.fetchrow(say)
    assert (user != "peergroup_app", organization) == (True, "")
    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        await reads.fetch(UUID(int=7), "CREATE TABLE written (x int)", [])
    assert connection.is_closed()


async def test_a_pooler_gets_no_named_statements(house: House) -> None:
    if house.database.is_sqlite:
        return
    settings = house.settings.model_copy(update={"prepared_statements": False})
    database = Database(settings)
    say = "SELECT count(*) FROM pg_prepared_statements WHERE $1::text <> ''"
    for _ in range(3):
        assert (await database.reads.fetch(UUID(int=1), say, ["x"]))[0][0] == 0
    async with database.transaction(UUID(int=1), writes=False) as db:
        assert await db.scalar(select(func.count()).select_from(Group)) == 0
    await database.close()


async def test_a_long_statement_moves_to_a_thread_and_leaves_the_loop_free(house: House) -> None:
    reads = house.database.reads
    if not isinstance(reads, SqliteReads):
        return
    counting = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) SELECT count(*) FROM n"
    )
    assert (await reads.fetch(UUID(int=1), counting, [10]))[0][0] == 10
    long = asyncio.create_task(reads.fetch(UUID(int=1), counting, [STEPS * 20]))
    turns = 0
    while not long.done():
        await asyncio.sleep(0)
        turns += 1
    assert ((await long)[0][0], turns > 1) == (STEPS * 20, True)
    assert (await reads.fetch(UUID(int=1), counting, [10]))[0][0] == 10


async def test_a_read_without_an_end_does_not_keep_the_service_from_ending(house: House) -> None:
    reads = house.database.reads
    if not isinstance(reads, SqliteReads):
        return
    own = SqliteReads(house.settings, busy_timeout=100)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    reading = asyncio.create_task(own.fetch(UUID(int=1), endless, []))
    await asyncio.sleep(0.2)
    async with asyncio.timeout(5):
        await own.close()
    with pytest.raises(sqlite3.OperationalError, match="interrupted"):
        await reading

"""Forgetting somebody: at once here, soon in the other rooms, with a receipt that names nobody."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import String, cast, func, select

from peergroup.kit import jobs
from peergroup.kit.context import Context
from peergroup.kit.idempotency import IdempotencyKey
from peergroup.kit.jobs import Job
from peergroup.people import personal_data
from peergroup.people.models import Person, PersonReference
from peergroup.worker import Worker
from tests.people.factories import a_person, an_email, events_of
from tests.world import World

CANARY = "Canary Winterbottom"


@pytest.fixture
def a_room() -> Iterator[list[tuple[UUID, str]]]:
    """A room that holds three notes of everybody."""
    asked: list[tuple[UUID, str]] = []

    async def remove(_ctx: Context, person_id: UUID, words: str) -> int:
        asked.append((person_id, words))
        return 3

    personal_data.register("notes", holds="Notes of the tests.", remove=remove)
    yield asked
    del personal_data.holdings["notes"]


async def _canary(world: World) -> str:
    answer = await world.owner.put(
        "/people/by-reference/crm/C-1",
        {
            "name": CANARY,
            "email": an_email("canary"),
            "company": "Engines",
            "zone_of_genius": CANARY,
            "offers": [CANARY],
        },
    )
    return str(answer.json()["id"])


async def test_an_erased_person_leaves_an_id_and_a_receipt(
    world: World, a_room: list[tuple[UUID, str]]
) -> None:
    person = await _canary(world)
    answer = await world.owner.post(f"/people/{person}/erase", {"words": "keep_unnamed"})
    assert answer.status_code == 202, answer.text
    assert answer.headers["location"] == f"/v1/people/{person}/erasure"
    assert (answer.json()["state"], answer.json()["person_id"]) == ("running", person)
    left = (await world.owner.get(f"/people/{person}")).json()
    assert (left["state"], left["email"], left["references"], left["offers"]) == ("erased", None, [], [])
    assert CANARY not in str(left)
    assert (await world.owner.get("/people/by-reference/crm/C-1")).status_code == 404
    assert a_room == []
    await Worker(world.house).drain()
    assert [words for erased, words in a_room if erased == UUID(person)] == ["keep_unnamed"]
    receipt = (await world.owner.get(f"/people/{person}/erasure")).json()
    assert receipt["state"] == "finished"
    assert {one["what"]: one["count"] for one in receipt["removed"]}["notes"] == 3
    assert CANARY not in str(receipt)
    assert [kind for kind, _ in await events_of(world, person)] == [
        "person.created",
        "person.erased",
        "person.erasure_finished",
    ]


async def test_the_receipt_is_for_admins_and_there_is_none_without_an_erasure(world: World) -> None:
    person = await _canary(world)
    assert (await world.owner.get(f"/people/{person}/erasure")).status_code == 404
    await world.owner.post(f"/people/{person}/erase", {"words": "remove"})
    service = await world.service("people:read")
    assert (await service.get(f"/people/{person}/erasure")).status_code == 200
    member = await world.person()
    assert (await member.get(f"/people/{person}/erasure")).status_code == 403


@pytest.mark.parametrize("body", [{}, {"words": "some"}, {"words": None}])
async def test_what_becomes_of_the_words_has_to_be_said(world: World, body: dict[str, str]) -> None:
    person = await _canary(world)
    assert (await world.owner.post(f"/people/{person}/erase", body)).status_code == 422


async def test_kept_answers_and_due_work_that_name_the_person_go_too(world: World) -> None:
    key = {"Idempotency-Key": "one"}
    person = (await world.owner.post("/people", {"name": CANARY}, headers=key)).json()["id"]
    other = (await world.owner.post("/people", {"name": "Other"}, headers={"Idempotency-Key": "two"})).json()[
        "id"
    ]
    async with world.acting() as ctx:
        await jobs.enqueue(ctx, "remind", person_id=UUID(person), dedupe=person)
        await jobs.enqueue(ctx, "remind", person_id=UUID(other), dedupe=other)
    await world.owner.post(f"/people/{person}/erase", {"words": "remove"})
    async with world.acting() as ctx:
        kept = (await ctx.db.scalars(select(IdempotencyKey.body))).all()
        assert sum(body is not None for body in kept) == 1
        assert all(CANARY.encode() not in (body or b"") for body in kept)
        due = select(Job.dedupe).where(Job.organization_id == world.organization_id, Job.kind == "remind")
        assert (await ctx.db.scalars(due)).all() == [other]
        await jobs.forget(ctx, UUID(other))
    again = await world.owner.post("/people", {"name": CANARY}, headers=key)
    assert (again.status_code, again.content) == (201, b"")
    async with world.acting() as ctx:
        assert await ctx.db.scalar(select(func.count(Person.id)).where(Person.name == CANARY)) == 0


async def test_nothing_of_an_erased_person_is_left_in_this_rooms_tables(world: World) -> None:
    person = await _canary(world)
    await world.owner.post(f"/people/{person}/erase", {"words": "remove"})
    async with world.acting() as ctx:
        row = (
            await ctx.db.execute(
                select(Person.__table__).where(
                    Person.__table__.c.organization_id == world.organization_id, Person.id == UUID(person)
                )
            )
        ).one()
        assert CANARY not in str(tuple(row))
        assert CANARY.casefold() not in str(tuple(row))
        assert "canary" not in str(tuple(row))
        found = (
            select(func.count())
            .select_from(PersonReference)
            .where(cast(PersonReference.external_id, String) == "C-1")
        )
        assert await ctx.db.scalar(found) == 0


async def test_an_address_is_free_again_after_erasure(world: World) -> None:
    email = an_email()
    person = (await a_person(world, email=email))["id"]
    await world.owner.post(f"/people/{person}/erase", {"words": "remove"})
    assert (await world.owner.post("/people", {"name": "Somebody new", "email": email})).status_code == 201


async def test_the_job_may_run_twice(world: World, a_room: list[tuple[UUID, str]]) -> None:
    person = await _canary(world)
    receipt = (await world.owner.post(f"/people/{person}/erase", {"words": "remove"})).json()
    await Worker(world.house).drain()
    async with world.acting() as ctx:
        await jobs.enqueue(ctx, "finish_erasure", receipt_id=UUID(receipt["id"]))
    await Worker(world.house).drain()
    assert [erased for erased, _ in a_room].count(UUID(person)) == 1

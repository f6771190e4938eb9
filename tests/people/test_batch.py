"""Many people at once: each record has its own result, and the size does not change the number of statements."""

from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import func, select

from peergroup.kit.events import Event, EventCounter
from tests.people.factories import a_person, a_record, an_email, counted_statements
from tests.world import World


async def _batch(world: World, records: list[Any], **query: str) -> dict[str, Any]:
    answer = await world.owner.post("/people/batch", {"people": records}, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def _statuses(answer: dict[str, Any]) -> list[str]:
    assert [one["index"] for one in answer["results"]] == list(range(len(answer["results"])))
    return [one["status"] for one in answer["results"]]


async def test_every_outcome_in_the_order_of_the_request(world: World) -> None:
    email = an_email()
    holder = await a_person(world, email=email)
    await _batch(world, [a_record(1), a_record(2)])
    answer = await _batch(
        world,
        [
            a_record(1),
            a_record(2, level="founder"),
            a_record(3),
            a_record(4, email=email),
            a_record(5, email="nonsense"),
            a_record(6, time_zone="Mars/Olympus"),
        ],
    )
    assert _statuses(answer) == ["unchanged", "updated", "created", "conflict", "rejected", "created"]
    assert answer["summary"] == {
        "created": 2,
        "updated": 1,
        "unchanged": 1,
        "conflict": 1,
        "rejected": 1,
        "footer_rows": 0,
    }
    conflict, rejected, warned = answer["results"][3:]
    assert (conflict["id"], conflict["problem"]["code"]) == (None, "reference_conflict")
    assert conflict["problem"]["candidate_id"] == holder["id"]
    assert (rejected["id"], rejected["problem"]["code"]) == (None, "invalid")
    assert rejected["problem"]["errors"][0]["pointer"] == "/email"
    assert (warned["warnings"][0]["code"], warned["problem"]) == ("unknown_time_zone", None)


async def test_one_bad_record_never_harms_the_others(world: World) -> None:
    bad: list[Any] = [
        None,
        5,
        "text",
        [],
        {},
        a_record(1, name=None),
        a_record(2, external_id=7),
        a_record(3, name="a\x00b"),
        a_record(4, surprise=1),
        {"name": "no reference"},
        a_record(5, source="NOT A KEY"),
        a_record(6, offers=["x"] * 31),
        a_record(7, company="x" * 201),
        a_record(8, email=["a@example.com"]),
        a_record(9, show_email="perhaps"),
        a_record(10, time_zone=3),
    ]
    answer = await _batch(world, [*bad, a_record(11)])
    assert _statuses(answer) == ["rejected"] * len(bad) + ["created"]
    assert all(one["problem"]["errors"] for one in answer["results"][:-1])


async def test_a_lone_surrogate_is_rejected_wherever_it_stands(world: World) -> None:
    raw = (
        b'{"people": [{"source": "crm", "external_id": "1", "name": "\\ud800"},'
        b' {"source": "crm", "external_id": "2", "name": "x", "\\ud800": 1},'
        b' {"source": "crm", "external_id": "3", "name": "x"}]}'
    )
    answer = await world.owner.call(
        "POST", "/people/batch", content=raw, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 200, answer.text
    assert _statuses(answer.json()) == ["rejected", "rejected", "created"]


async def test_the_last_of_several_records_with_one_reference_stands(world: World) -> None:
    answer = await _batch(world, [a_record(1, name="First"), a_record(2), a_record(1, name="Last")])
    assert _statuses(answer) == ["created", "created", "updated"]
    assert answer["results"][0]["id"] == answer["results"][2]["id"]
    person = await world.owner.get(f"/people/{answer['results'][0]['id']}")
    assert (person.json()["name"], person.json()["version"]) == ("Last", 1)
    again = await _batch(world, [a_record(1, name="First"), a_record(2), a_record(1, name="Last")])
    assert _statuses(again) == ["unchanged"] * 3
    changed = await _batch(world, [a_record(1, name="Other"), a_record(1, name="Newest")])
    assert _statuses(changed) == ["updated", "updated"]


async def test_a_malformed_record_does_not_push_aside_a_good_one(world: World) -> None:
    answer = await _batch(world, [a_record(1, name="Good"), a_record(1, name="")])
    assert _statuses(answer) == ["created", "rejected"]


async def test_two_records_of_one_batch_with_one_address_are_a_conflict_or_one_person(world: World) -> None:
    email = an_email()
    pair = [a_record(1, email=email), a_record(2, email=email.upper())]
    answer = await _batch(world, pair)
    assert _statuses(answer) == ["created", "conflict"]
    assert answer["results"][1]["problem"]["candidate_id"] == answer["results"][0]["id"]
    linked = await _batch(world, pair, on_conflict="link")
    assert linked["results"][0]["id"] == linked["results"][1]["id"]
    assert linked["results"][1]["status"] == "updated"


async def test_an_address_given_up_in_a_batch_is_free_for_the_next_one(world: World) -> None:
    old, new = an_email(), an_email()
    await _batch(world, [a_record(1, email=old), a_record(2)])
    swap = [a_record(1, email=new), a_record(2, email=old)]
    assert _statuses(await _batch(world, swap)) == ["updated", "conflict"]
    assert _statuses(await _batch(world, swap)) == ["unchanged", "updated"]


async def test_companies_are_added_once_whatever_their_case(world: World) -> None:
    await _batch(
        world, [a_record(1, company="ACME"), a_record(2, company="acme"), a_record(3, company="Other")]
    )
    listed = (await world.owner.get("/companies")).json()["items"]
    assert sorted(one["name"].casefold() for one in listed) == ["acme", "other"]


async def test_a_batch_has_one_to_a_thousand_records(world: World) -> None:
    for records in ([], [a_record(1)] * 1_001, "text", None):
        answer = await world.owner.post("/people/batch", {"people": records})
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


async def test_a_batch_may_have_four_megabytes_and_no_more(world: World) -> None:
    big = [a_record(n, zone_of_genius="x" * 1_900) for n in range(1_000)]
    assert (await _batch(world, big))["summary"]["created"] == 1_000
    filled = [a_record(n, zone_of_genius="ü" * 1_000, surprise="x" * 4_000) for n in range(1_000)]
    answer = await world.owner.post("/people/batch", {"people": filled})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")

    async def undeclared() -> AsyncIterator[bytes]:
        for _ in range(50):
            yield b" " * 100_000

    answer = await world.owner.call(
        "POST", "/people/batch", content=undeclared(), headers={"Content-Type": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


async def test_the_number_of_statements_does_not_grow_with_the_batch(world: World) -> None:
    def records(start: int, size: int, level: str) -> list[dict[str, Any]]:
        return [
            a_record(n, email=f"p{n}@{world.organization_id}.example", company=f"Company {n}", level=level)
            for n in range(start, start + size)
        ]

    await world.owner.get("/organization")  # Whose token this is, is looked up once.
    counts: dict[int, list[int]] = {}
    for start, size in ((0, 10), (1_000, 1_000)):
        for level in ("junior", "senior", "senior"):
            with counted_statements(world) as sent:
                answer = await _batch(world, records(start, size, level))
            counts.setdefault(size, []).append(len(sent))
        assert answer["summary"]["unchanged"] == size
    assert counts[10] == counts[1_000]
    assert max(counts[1_000]) <= 14, counts


async def test_a_batch_records_one_event_per_person_without_a_gap(world: World) -> None:
    async with world.acting() as ctx:
        before = await ctx.db.scalar(
            select(EventCounter.last).where(EventCounter.organization_id == world.organization_id)
        )
    answer = await _batch(world, [a_record(n) for n in range(1_000)])
    assert answer["summary"]["created"] == 1_000
    async with world.acting() as ctx:
        query = select(func.count(), func.min(Event.sequence), func.max(Event.sequence)).where(
            Event.sequence > before, Event.type == "person.created"
        )
        assert tuple((await ctx.db.execute(query)).one()) == (1_000, before + 1, before + 1_000)


async def test_a_repeated_batch_with_a_key_is_answered_from_the_first(world: World) -> None:
    key = {"Idempotency-Key": "batch-1"}
    first = await world.owner.post("/people/batch", {"people": [a_record(1)]}, headers=key)
    again = await world.owner.post("/people/batch", {"people": [a_record(1)]}, headers=key)
    assert (again.json(), again.headers["idempotent-replayed"]) == (first.json(), "true")

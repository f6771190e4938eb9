"""Runs that fetch: the whole way from an account in a CRM to people, through the worker."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from peergroup.kit import jobs
from peergroup.kit.context import get
from peergroup.sync import fetching
from peergroup.sync.models import Connection, SyncRecord
from peergroup.sync.sources import hubspot
from peergroup.worker import Worker
from tests.conftest import Clock
from tests.sync.fakes.hubspot import THROTTLED, HubSpotAccount
from tests.sync.fakes.vendor import answer
from tests.sync.runs import person
from tests.world import Actor, World, a_world

ACCOUNT = {"kind": "hubspot", "access_token": "pat-one"}


@pytest.fixture
def account(world: World) -> Iterator[HubSpotAccount]:
    """A HubSpot account that the house reaches, with twenty contacts."""
    account = HubSpotAccount()
    for number in range(1, 21):
        account.keep(number, firstname=f"P{number}", lastname="Öst", email=f"p{number}@example.com")
    account.forward(days=1)
    before, world.house.outside = world.house.outside, account.outside
    yield account
    world.house.outside = before


async def connected(who: Actor, **more: Any) -> dict[str, Any]:
    answer = await who.post("/connections", {"source": "hubspot", "account": ACCOUNT} | more)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def fetched(world: World, **more: Any) -> dict[str, Any]:
    """A run that the worker has done all it could for."""
    made = await world.owner.post("/sync-runs", {"source": "hubspot", "fetch": True, "apply": True} | more)
    assert (made.status_code, made.json()["state"]) == (201, "fetching"), made.text
    await Worker(world.house).drain()
    return await run_of(world, made.json()["id"])


async def run_of(world: World, run_id: str) -> dict[str, Any]:
    run: dict[str, Any] = (await world.owner.get(f"/sync-runs/{run_id}")).json()
    return run


async def last_run(world: World) -> dict[str, Any]:
    """The run opened last, as the feed tells."""
    items = (await world.owner.get("/events?types=sync_run.opened&limit=200")).json()["items"]
    return await run_of(world, items[-1]["subject_id"])


async def test_an_account_becomes_people_and_a_delta_brings_what_has_changed(
    world: World, account: HubSpotAccount
) -> None:
    made = await connected(world.owner)
    assert (made["kind"], made["state"], made["has_cursor"]) == ("hubspot", "active", False)
    assert made["version"] == 1
    run = await fetched(world)
    assert (run["state"], run["summary"]["created"], run["received"]) == ("applied", 20, 20)
    account.keep(3, jobtitle="CEO")
    account.keep(21, firstname="New", lastname="One", email="new@example.com")
    account.archive(5)
    account.forward(minutes=30)
    account.new_walk()
    run = await fetched(world)
    assert run["summary"]["created"] == 1
    assert (run["summary"]["updated"], run["summary"]["removed"]) == (1, 1)
    assert (await person(world.owner, "hubspot", "3"))["job_title"] == "CEO"
    assert (await person(world.owner, "hubspot", "5"))["state"] == "deactivated"
    shown = (await world.owner.get(f"/connections/{made['id']}")).json()
    assert (shown["has_cursor"], shown["full_at"]) == (True, None)
    assert account.complaints == []


async def test_a_full_run_finds_what_vanished_without_a_trace(world: World, account: HubSpotAccount) -> None:
    await connected(world.owner)
    await fetched(world)
    del account.contacts[9]
    account.forward(minutes=30)
    account.new_walk()
    assert (await fetched(world))["summary"]["removed"] == 0
    account.new_walk()
    run = await fetched(world, mode="full")
    assert (run["summary"]["removed"], run["state"]) == (1, "applied")
    assert (await person(world.owner, "hubspot", "9"))["state"] == "deactivated"


async def test_records_merged_in_the_crm_shut_nobody_out(world: World, account: HubSpotAccount) -> None:
    await connected(world.owner)
    await fetched(world)
    one, two = await person(world.owner, "hubspot", "1"), await person(world.owner, "hubspot", "2")
    # Since 2025, HubSpot gives the merged contact an id of its own.
    account.keep(40, firstname="P1", lastname="Öst", email="p1@example.com", hs_merged_object_ids="1;2")
    for number in (1, 2):
        account.archive(number)
    account.forward(minutes=30)
    account.new_walk()
    run = await fetched(world)
    assert (run["summary"]["removed"], run["summary"]["conflict"], run["summary"]["created"]) == (0, 0, 0)
    assert (await person(world.owner, "hubspot", "40"))["id"] == one["id"]
    assert {(await person(world.owner, "hubspot", str(n)))["state"] for n in (1, 2)} == {"active"}
    results = (await world.owner.get(f"/sync-runs/{run['id']}/results?limit=200")).json()["items"]
    warned = {one["external_id"]: [w["code"] for w in one["warnings"]] for one in results}
    assert (warned["1"], warned["2"]) == ([], ["merged_there"])
    # Whoever is merged here as well is one person under all of these references.
    assert (await world.owner.post(f"/people/{two['id']}/merge", {"into": one["id"]})).status_code == 200
    account.archive(40)
    account.forward(minutes=30)
    account.new_walk()
    assert (await fetched(world))["summary"]["removed"] == 1


async def test_too_many_removals_wait_for_somebody(world: World, account: HubSpotAccount) -> None:
    await connected(world.owner)
    await fetched(world)
    for number in range(1, 11):
        del account.contacts[number]
    account.new_walk()
    run = await fetched(world, mode="full")
    assert (run["state"], run["failure"]["code"]) == ("staged", "too_many_removals")
    answer = await world.owner.post(f"/sync-runs/{run['id']}/apply?confirm_removals=10")
    assert (answer.status_code, answer.json()["summary"]["removed"], answer.json()["failure"]) == (
        200,
        10,
        None,
    )


async def test_a_walk_that_was_killed_goes_on_behind_its_last_page(
    world: World, account: HubSpotAccount, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubspot, "LISTED", 5)
    keep, kept = fetching.Walk._keep, []

    async def killed(self: Any, ctx: Any, page: Any) -> None:
        if len(kept) == 3:  # the archive, and two pages of contacts
            kept.append(page)
            raise SystemError("killed")
        await keep(self, ctx, page)
        kept.append(page)

    await connected(world.owner)
    monkeypatch.setattr(fetching.Walk, "_keep", killed)
    half = await fetched(world)
    assert (half["state"], half["received"]) == ("fetching", 10)
    clock.forward(minutes=5)
    account.new_walk()
    await Worker(world.house).drain()
    run = await run_of(world, half["id"])
    assert (run["state"], run["summary"]["created"], run["received"]) == ("applied", 20, 20)


async def test_an_account_that_is_busy_is_asked_again_later(
    world: World, account: HubSpotAccount, clock: Clock
) -> None:
    await connected(world.owner)
    account.troubles = [answer(429, THROTTLED, retry_after="900")] * 50
    run = await fetched(world)
    assert (run["state"], run["failure"]["code"]) == ("fetching", "throttled_too_long")
    assert "It is tried again." in run["failure"]["detail"]
    account.troubles = []
    account.new_walk()
    clock.forward(hours=2)
    await Worker(world.house).drain()
    done = await run_of(world, run["id"])
    assert (done["state"], done["failure"]) == ("applied", None)


async def test_credentials_that_are_refused_pause_the_connection_until_there_are_others(
    world: World, account: HubSpotAccount, clock: Clock
) -> None:
    made = await connected(world.owner, every_minutes=60)
    account.tokens = {"pat-two"}
    run = await fetched(world)
    assert (run["state"], run["failure"]["code"]) == ("failed", "unauthorized")
    assert "pat-one" not in str(run)
    path = f"/connections/{made['id']}"
    assert (await world.owner.get(path)).json()["state"] == "paused"
    clock.forward(hours=3)
    await Worker(world.house).drain()
    assert (await last_run(world))["id"] == run["id"]
    (paused,) = (await world.owner.get("/events?types=connection.paused")).json()["items"]
    assert paused["subject_id"] == made["id"]
    patched = await world.owner.patch(path, {"account": ACCOUNT | {"access_token": "pat-two"}})
    assert (patched.status_code, patched.json()["state"]) == (200, "active")
    account.new_walk()
    clock.forward(hours=2)
    await Worker(world.house).drain()
    assert (await last_run(world))["state"] == "applied"


async def test_a_schedule_walks_by_itself_in_full_now_and_then(
    world: World, account: HubSpotAccount, clock: Clock
) -> None:
    made = await connected(world.owner, every_minutes=60, full_every_days=1)
    await Worker(world.house).drain()
    assert (await world.owner.get("/events?types=sync_run.opened")).json()["items"] == []
    modes = []
    for _ in range(3):
        clock.forward(minutes=61)
        account.new_walk()
        await Worker(world.house).drain()
        run = await last_run(world)
        modes.append((run["mode"], run["state"]))
    assert modes == [("full", "applied"), ("delta", "applied"), ("delta", "applied")]
    await world.owner.patch(f"/connections/{made['id']}", {"every_minutes": None})
    clock.forward(days=3)
    before = await last_run(world)
    await Worker(world.house).drain()
    assert (await last_run(world))["id"] == before["id"]


async def test_one_run_at_a_time_and_a_later_one_overtakes(world: World, account: HubSpotAccount) -> None:
    await connected(world.owner)
    first = await world.owner.post("/sync-runs", {"source": "hubspot", "fetch": True})
    second = await world.owner.post("/sync-runs", {"source": "hubspot", "fetch": True})
    assert (second.status_code, second.json()["run_id"]) == (409, first.json()["id"])
    await Worker(world.house).drain()
    waiting = await run_of(world, first.json()["id"])
    assert (waiting["state"], waiting["received"]) == ("staged", 20)
    rehearsed = await world.owner.post(f"/sync-runs/{waiting['id']}/apply?dry_run=true")
    assert rehearsed.json()["summary"]["created"] == 20
    account.new_walk()
    assert (await fetched(world))["state"] == "applied"
    assert (await run_of(world, waiting["id"]))["state"] == "superseded"
    assert (await world.owner.post(f"/sync-runs/{waiting['id']}/apply")).status_code == 409


async def test_credentials_never_come_out_and_are_wrapped_in_the_database(
    world: World, account: HubSpotAccount
) -> None:
    made = await connected(world.owner)
    listed = await world.owner.get("/connections")
    assert "pat-one" not in listed.text + str(made)
    async with world.acting() as ctx:
        wrapped = await ctx.db.scalar(select(Connection.wrapped))
    assert wrapped is not None
    assert "pat-one" not in wrapped
    world.house.vault.unwrap("crm account", f"{world.organization_id}/{made['id']}", wrapped)
    with pytest.raises(ValueError, match="not wrapped here"):
        world.house.vault.unwrap("crm account", f"{world.organization_id}/{world.owner.person_id}", wrapped)


async def test_a_connection_is_given_up_and_people_stay(world: World, account: HubSpotAccount) -> None:
    made = await connected(world.owner, every_minutes=60)
    await fetched(world)
    going = await world.owner.post("/sync-runs", {"source": "hubspot", "fetch": True})
    assert (await world.owner.delete(f"/connections/{made['id']}")).status_code == 204
    await Worker(world.house).drain()
    assert (await run_of(world, going.json()["id"]))["state"] == "superseded"
    assert (await person(world.owner, "hubspot", "1"))["state"] == "active"
    refused = await world.owner.post("/sync-runs", {"source": "hubspot", "fetch": True})
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"source": "x", "apply": True}, "/apply"),
        ({"source": "x", "fetch": True, "mapping": [{"column": "a", "field": "name"}]}, "/mapping"),
    ],
)
async def test_what_a_run_cannot_be_asked_for(world: World, given: Any, pointer: str) -> None:
    answer = await world.owner.post("/sync-runs", given)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_connections_are_for_those_who_synchronize_and_stay_in_their_organization(
    world: World, account: HubSpotAccount
) -> None:
    made = await connected(world.owner)
    again = await world.owner.post("/connections", {"source": "hubspot", "account": ACCOUNT})
    assert again.status_code == 409
    member, other = await world.person(), await a_world(world.house, world.client)
    path = f"/connections/{made['id']}"
    for who, status in ((member, 403), (other.owner, 404)):
        for method, body in (("GET", None), ("PATCH", {"every_minutes": 30}), ("DELETE", None)):
            assert (await who.call(method, path, json=body)).status_code == status, (method, status)
    kind = await world.owner.patch(
        path, {"account": {"kind": "tryton", "base_url": "https://t.example", "database": "x", "key": "k"}}
    )
    assert (kind.status_code, kind.json()["errors"][0]["pointer"]) == (422, "/account/kind")


async def test_another_account_is_walked_through_from_its_beginning(world: World) -> None:
    account = {"kind": "salesforce", "client_id": "an-id", "client_secret": "a-secret"}
    one, two = (account | {"instance_url": f"https://{name}.my.salesforce.com"} for name in ("one", "two"))
    made = await connected(world.owner, source="salesforce", account=one)
    async with world.acting() as ctx:
        (await get(ctx, Connection, UUID(made["id"]))).cursor = "somewhere"
    path = f"/connections/{made['id']}"
    renewed = await world.owner.patch(path, {"account": one | {"client_secret": "another"}})
    assert (renewed.status_code, renewed.json()["has_cursor"]) == (200, True)
    moved = await world.owner.patch(path, {"account": two})
    assert (moved.json()["address"], moved.json()["has_cursor"]) == (two["instance_url"], False)


async def records_of(world: World, run_id: str) -> list[SyncRecord]:
    """What is kept of the records of a run."""
    async with world.acting() as ctx:
        found = await ctx.db.scalars(select(SyncRecord).where(SyncRecord.run_id == UUID(run_id)))
        return list(found.all())


async def test_a_mapping_without_names_ends_the_run_and_says_so(
    world: World, account: HubSpotAccount
) -> None:
    columns = [{"column": name, "field": "ignore"} for name in ("firstname", "lastname")]
    assert (await world.owner.put("/sources/hubspot/mapping", {"columns": columns})).status_code == 200
    made = await connected(world.owner)
    run = await fetched(world)
    assert (run["state"], run["failure"]["code"]) == ("failed", "mapping")
    assert (await world.owner.put("/sources/hubspot/mapping", {"columns": []})).status_code == 200
    account.new_walk()
    assert (await fetched(world))["state"] == "applied"
    assert (await world.owner.get(f"/connections/{made['id']}")).json()["state"] == "active"


async def test_credentials_that_cannot_be_opened_any_more_pause_the_connection(
    world: World, account: HubSpotAccount
) -> None:
    made = await connected(world.owner)
    async with world.acting() as ctx:
        wrapped = update(Connection).values(wrapped="A" * 400)
        await ctx.db.execute(wrapped.execution_options(synchronize_session=False))
    run = await fetched(world)
    assert (run["state"], run["failure"]["code"]) == ("failed", "unauthorized")
    assert (await world.owner.get(f"/connections/{made['id']}")).json()["state"] == "paused"
    path = f"/connections/{made['id']}"
    assert (await world.owner.patch(path, {"account": ACCOUNT})).json()["state"] == "active"
    assert (await fetched(world))["state"] == "applied"


async def test_a_walk_that_fails_again_and_again_ends_and_leaves_nothing(
    world: World, account: HubSpotAccount, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubspot, "LISTED", 5)
    keep = fetching.Walk._keep

    async def breaks(walk: Any, ctx: Any, page: Any) -> None:
        if walk.staging.number > 5:
            raise RuntimeError("broken")
        await keep(walk, ctx, page)

    monkeypatch.setattr(fetching.Walk, "_keep", breaks)
    await connected(world.owner)
    run = await fetched(world)
    assert (run["state"], run["received"]) == ("fetching", 5)
    assert len(await records_of(world, run["id"])) == 5
    for _ in range(jobs.MAX_ATTEMPTS):
        clock.forward(hours=2)
        account.new_walk()
        await Worker(world.house).drain()
    run = await run_of(world, run["id"])
    assert (run["state"], run["failure"]["code"]) == ("failed", "gave_up")
    assert await records_of(world, run["id"]) == []
    monkeypatch.undo()
    account.new_walk()
    assert (await fetched(world))["state"] == "applied"


async def test_a_connection_given_up_half_way_leaves_nothing_staged(
    world: World, account: HubSpotAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubspot, "LISTED", 5)
    keep = fetching.Walk._keep

    async def breaks(walk: Any, ctx: Any, page: Any) -> None:
        if walk.staging.number > 5:
            raise RuntimeError("broken")
        await keep(walk, ctx, page)

    monkeypatch.setattr(fetching.Walk, "_keep", breaks)
    made = await connected(world.owner)
    run = await fetched(world)
    assert len(await records_of(world, run["id"])) == 5
    assert (await world.owner.delete(f"/connections/{made['id']}")).status_code == 204
    assert (await run_of(world, run["id"]))["state"] == "superseded"
    assert await records_of(world, run["id"]) == []


async def test_a_mapping_does_not_change_whom_the_account_means_by_a_reference(
    world: World, account: HubSpotAccount
) -> None:
    columns = [
        {"column": "number", "field": "external_id", "values": {}},
        {"column": "hs_object_id", "field": "job_title", "values": {"1": "2"}},
    ]
    assert (await world.owner.put("/sources/hubspot/mapping", {"columns": columns})).status_code == 200
    account.keep(1, number="2")
    account.keep(2, number="1")
    await connected(world.owner)
    await fetched(world)
    account.archive(1)
    account.forward(minutes=30)
    account.new_walk()
    assert (await fetched(world))["summary"]["removed"] == 1
    gone, stays = await person(world.owner, "hubspot", "1"), await person(world.owner, "hubspot", "2")
    assert (gone["email"], gone["state"]) == ("p1@example.com", "deactivated")
    assert (stays["email"], stays["state"]) == ("p2@example.com", "active")


@pytest.mark.parametrize("spoilt", ["A\ud800", "B\0", "c" * 70_000])
async def test_whoever_has_a_spoilt_property_is_still_listed(
    world: World, account: HubSpotAccount, spoilt: str
) -> None:
    await connected(world.owner)
    await fetched(world)
    account.keep(7, jobtitle=spoilt)
    account.new_walk()
    run = await fetched(world, mode="full")
    assert (run["state"], run["summary"]["rejected"], run["summary"]["removed"]) == ("applied", 1, 0)
    assert run["removals"]["unreadable"] == 0
    results = await world.owner.get(f"/sync-runs/{run['id']}/results?status=rejected")
    assert [one["external_id"] for one in results.json()["items"]] == ["7"]
    assert (await person(world.owner, "hubspot", "7"))["state"] == "active"


async def test_an_address_inside_is_refused_when_it_is_given(world: World) -> None:
    world.house.settings, before = (
        world.house.settings.model_copy(update={"outgoing_allow": []}),
        world.house.settings,
    )
    try:
        inside = {"kind": "tryton", "base_url": "http://10.9.9.9:8000", "database": "x", "key": "k"}
        made = await world.owner.post("/connections", {"source": "tryton", "account": inside})
        assert (made.status_code, made.json()["errors"][0]["pointer"]) == (422, "/account/base_url")
        good = await connected(
            world.owner, source="tryton", account=inside | {"base_url": "https://t.example"}
        )
        patched = await world.owner.patch(f"/connections/{good['id']}", {"account": inside})
        assert (patched.status_code, patched.json()["errors"][0]["pointer"]) == (422, "/account/base_url")
    finally:
        world.house.settings = before


async def test_runs_are_found_again(world: World, account: HubSpotAccount) -> None:
    await connected(world.owner)
    first = await fetched(world, apply=False)
    account.new_walk()
    second = await fetched(world, apply=False, mode="full")

    async def listed(query: str = "") -> list[str]:
        return [one["id"] for one in (await world.owner.get(f"/sync-runs{query}")).json()["items"]]

    assert await listed() == [second["id"], first["id"]]
    assert await listed("?state=staged") == [second["id"]]
    assert await listed("?state=superseded&source=hubspot") == [first["id"]]
    assert await listed("?source=other") == []
    assert (await world.owner.get("/sync-runs?state=sleeping")).status_code == 422


async def test_a_connection_stays_with_its_database(world: World) -> None:
    there = {"kind": "tryton", "base_url": "http://127.0.0.1:8069", "database": "one", "key": "k"}
    made = await connected(world.owner, source="tryton", account=there)
    path = f"/connections/{made['id']}"
    moved = await world.owner.patch(path, {"account": there | {"database": "two"}})
    assert (moved.status_code, moved.json()["errors"][0]["pointer"]) == (422, "/account/database")
    assert (await world.owner.patch(path, {"account": there | {"key": "other"}})).status_code == 200

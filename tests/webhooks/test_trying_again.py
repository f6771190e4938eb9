"""What a receiver does not take is tried again, ten times within 76 hours, and it is given up in the end."""

import asyncio
import datetime as dt
import itertools

import pytest

from peergroup.webhooks import schedule
from peergroup.webhooks.schedule import GIVEN_UP_AFTER, MOST_ATTEMPTS, WAITS, next_attempt, wish_in
from tests.access.factories import Postbox, a_postbox
from tests.conftest import Clock
from tests.servers import free_port
from tests.webhooks.factories import HEARS, an_endpoint, served, somebody_comes
from tests.webhooks.receivers import Receiver
from tests.world import World

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def test_ten_attempts_take_about_76_hours() -> None:
    assert MOST_ATTEMPTS == 10
    assert dt.timedelta(hours=75) < sum(WAITS, dt.timedelta()) < dt.timedelta(hours=77)
    assert all(later > earlier for earlier, later in itertools.pairwise(WAITS))
    assert next_attempt(NOW, MOST_ATTEMPTS) is None
    found = {next_attempt(NOW, 4) for _ in range(50)}
    assert len(found) > 40, "they do not all come back at once"
    assert all(one is not None and 0.9 <= (one - NOW) / WAITS[4] <= 1.1 for one in found)


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("Sun, 22 Nov 2026 12:05:00 GMT", 300),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("999999999999", 86_400),
        ("Sun, 22 Nov 2099 11:00:00 GMT", 86_400),
        ("-5", None),
        ("soon", None),
        ("١٢", None),
        ("x" * 100, None),
        (None, None),
    ],
)
def test_retry_after_is_understood_within_bounds(said: str | None, wish: int | None) -> None:
    assert wish_in(said, NOW) == (None if wish is None else dt.timedelta(seconds=wish))


async def test_it_comes_again_under_the_same_id_until_it_is_taken(
    world: World, receiver: Receiver, clock: Clock
) -> None:
    endpoint = await an_endpoint(await world.service(*HEARS), receiver)
    receiver.plan = [500, 302]
    await somebody_comes(world)
    await served(world)
    (one,) = await endpoint.deliveries()
    assert (one["state"], one["attempts"], one["status_code"], one["error"]) == (
        "pending",
        1,
        500,
        "answered",
    )
    assert one["next_attempt_at"] is not None
    assert (await endpoint.shown())["failing_since"] is not None
    await served(world)
    assert len(receiver.got) == 1, "not before it is due"
    clock.forward(seconds=6)
    await served(world)
    (one,) = await endpoint.deliveries()
    assert (one["attempts"], one["status_code"], one["error"]) == (2, 302, "redirected")
    clock.forward(minutes=6)
    await served(world)
    (one,) = await endpoint.deliveries()
    assert (one["state"], one["attempts"], one["error"]) == ("delivered", 3, None)
    assert one["next_attempt_at"] is None
    assert {got.message_id for got in receiver.got} == {one["webhook_id"]}
    assert len({got.body for got in receiver.got}) == 1
    assert (await endpoint.shown())["failing_since"] is None


async def test_after_ten_attempts_it_has_failed_and_is_not_tried_again(
    world: World, receiver: Receiver, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schedule, "JITTER", 0.0)
    endpoint = await an_endpoint(await world.service(*HEARS), receiver)
    receiver.status = 503
    await somebody_comes(world)
    begun = clock()
    for attempt in range(MOST_ATTEMPTS):
        clock.forward(seconds=WAITS[attempt].total_seconds() + 5 * (attempt > 0))
        await served(world)
        assert len(receiver.got) == attempt + 1
    assert dt.timedelta(hours=75) < clock() - begun < dt.timedelta(hours=77)
    (one,) = await endpoint.deliveries("failed")
    assert (one["attempts"], one["next_attempt_at"]) == (10, None)
    clock.forward(days=1)
    await served(world)
    assert len(receiver.got) == 10
    # Asked for again it goes out at once, as what it was.
    receiver.status = 200
    again = await endpoint.by.post(f"/webhook-deliveries/{one['id']}/redeliver")
    assert (again.status_code, again.json()["state"]) == (202, "pending")
    await served(world)
    assert receiver.got[-1].message_id == one["webhook_id"]
    assert [one["attempts"] for one in await endpoint.deliveries("delivered")] == [1]


async def test_what_was_delivered_can_be_delivered_again(world: World, receiver: Receiver) -> None:
    endpoint = await an_endpoint(await world.service(*HEARS), receiver)
    await somebody_comes(world)
    await served(world)
    (one,) = await endpoint.deliveries()
    assert (await endpoint.by.post(f"/webhook-deliveries/{one['id']}/redeliver")).status_code == 202
    await served(world)
    first, second = receiver.got
    assert (first.message_id, first.body) == (second.message_id, second.body)


async def test_a_receiver_that_asks_for_patience_is_left_alone(
    world: World, receiver: Receiver, clock: Clock
) -> None:
    endpoint = await an_endpoint(await world.service(*HEARS), receiver)
    receiver.plan, receiver.headers = [429], {"Retry-After": "3600"}
    await somebody_comes(world)
    await served(world)
    await somebody_comes(world)
    clock.forward(minutes=59)
    await served(world)
    assert len(receiver.got) == 1, "neither the first again nor the second for the first time"
    clock.forward(minutes=2)
    await served(world)
    assert {one["state"] for one in await endpoint.deliveries()} == {"delivered"}
    assert len(receiver.got) == 3


async def test_a_receiver_that_is_gone_is_disabled_at_once(world: World, receiver: Receiver) -> None:
    endpoint = await an_endpoint(await world.service(*HEARS), receiver)
    receiver.status = 410
    for _ in range(3):
        await somebody_comes(world)
    async with a_postbox(world.house) as box:
        await served(world)
        await served(world)
    shown = await endpoint.shown()
    assert (shown["state"], shown["reason"]) == ("disabled", "gone")
    assert shown["disabled_at"] is not None
    assert {one["state"] for one in await endpoint.deliveries()} <= {"pending", "cancelled"}
    assert not await endpoint.deliveries("pending")
    count = len(receiver.got)
    await somebody_comes(world)
    await served(world)
    assert len(receiver.got) == count
    told = (await world.owner.get("/events", params={"types": "webhook_endpoint.*", "limit": 200})).json()[
        "items"
    ]
    assert [(one["type"], one["facts"]) for one in told] == [
        ("webhook_endpoint.created", {}),
        ("webhook_endpoint.disabled", {"reason": "gone"}),
    ]
    _letter(box, receiver.url, "410")


def _letter(box: Postbox, *says: str) -> None:
    (letter,) = box.letters
    assert all(one in letter.text and one in letter.html for one in says), letter.text


async def test_five_days_of_nothing_but_failures_disable_it(
    world: World, receiver: Receiver, clock: Clock
) -> None:
    endpoint = await an_endpoint(await world.service(*HEARS), receiver)
    receiver.status = 500
    await somebody_comes(world)
    await served(world)
    async with a_postbox(world.house) as box:
        for _ in range(19):
            clock.forward(hours=6)
            await somebody_comes(world)
            await served(world)
        assert clock() < dt.datetime.fromisoformat((await endpoint.shown())["failing_since"]) + GIVEN_UP_AFTER
        assert (await endpoint.shown())["state"] == "enabled"
        assert box.letters == []
        clock.forward(hours=7)
        await somebody_comes(world)
        await served(world)
        await served(world)
    shown = await endpoint.shown()
    assert (shown["state"], shown["reason"], shown["failing_since"]) == ("disabled", "failing", None)
    _letter(box, receiver.url, "five days")
    # Enabled again, it begins with what happens from then on.
    receiver.status, count = 204, len(receiver.got)
    assert (await endpoint.by.patch(endpoint.path, {"state": "enabled"})).json()["reason"] is None
    await somebody_comes(world)
    await served(world)
    assert len(receiver.got) == count + 1


async def test_one_success_in_five_days_is_enough(world: World, receiver: Receiver, clock: Clock) -> None:
    endpoint = await an_endpoint(await world.service(*HEARS), receiver)
    for day in range(8):
        receiver.status = 200 if day == 4 else 500
        await somebody_comes(world)
        await served(world)
        clock.forward(days=1)
    assert (await endpoint.shown())["state"] == "enabled"


async def test_a_receiver_that_fails_is_tried_with_one_delivery_not_with_all(
    world: World, receiver: Receiver, clock: Clock
) -> None:
    endpoint = await an_endpoint(await world.service(*HEARS), receiver, "person.created")
    receiver.status, receiver.seconds = 500, 0.01
    people = [{"source": "crm", "external_id": str(number), "name": "Ada"} for number in range(150)]
    assert (await world.owner.post("/people/batch", {"people": people})).status_code == 200
    await served(world)
    assert 1 <= len(receiver.got) <= 16, "hopeless after a few"
    count = len(receiver.got)
    clock.forward(seconds=6)
    await served(world)
    assert len(receiver.got) == count + 1
    receiver.status = 200
    clock.forward(minutes=6)
    await served(world)
    assert len({one["id"] for one in await endpoint.deliveries("delivered")}) == 150


async def test_an_address_is_judged_again_at_each_attempt(world: World, receiver: Receiver) -> None:
    by = await world.service(*HEARS)
    inside = await an_endpoint(by, f"http://localhost:{receiver.port}/")
    # Opened when it was registered, closed since.
    world.house.settings = world.house.settings.model_copy(update={"outgoing_allow": []})
    await somebody_comes(world)
    await served(world)
    assert [one["error"] for one in await inside.deliveries()] == ["refused_address"]
    assert receiver.got == []


async def test_a_connection_that_is_refused_or_speaks_something_else_is_told_apart(
    world: World, receiver: Receiver
) -> None:
    by = await world.service(*HEARS)
    dead = await an_endpoint(by, f"http://127.0.0.1:{free_port()}/")
    speaks_plain = await an_endpoint(by, receiver.url.replace("http", "https"))
    breaks = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    broken = await an_endpoint(by, f"http://127.0.0.1:{breaks.sockets[0].getsockname()[1]}/")
    await somebody_comes(world)
    await served(world)
    breaks.close()
    said = [(await one.deliveries())[0]["error"] for one in (dead, speaks_plain, broken)]
    assert said[0] == "unreachable"
    assert said[1] in ("tls", "timeout", "unreachable")
    assert said[2] == "broken"

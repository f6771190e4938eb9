"""Retried requests: one effect, the same answer, and nothing kept that should not be."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from peergroup.kit.idempotency import IdempotencyKey
from tests.conftest import Clock
from tests.kit.conftest import toys_of
from tests.kit.toys import CANARY
from tests.matrix.stage import Stage
from tests.world import Actor, World

Name = Callable[[], str]


async def send(actor: Actor, key: str, body: Any, path: str = "/toys") -> httpx.Response:
    return await actor.call("POST", path, json=body, headers={"Idempotency-Key": key})


def is_replayed(answer: httpx.Response) -> bool:
    return answer.headers.get("idempotent-replayed") == "true"


async def test_a_repeat_is_answered_alike_and_done_once(world: World, player: Actor, a_name: Name) -> None:
    body = {"name": a_name()}
    first, again = await send(player, "a", body), await send(player, "a", body)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert [first.headers[name] for name in ("etag", "location")] == [
        again.headers[name] for name in ("etag", "location")
    ]
    assert (is_replayed(first), is_replayed(again), await toys_of(world)) == (False, True, 1)


async def test_of_many_at_once_one_is_done_and_all_are_answered(
    world: World, player: Actor, a_name: Name
) -> None:
    body = {"name": a_name()}
    answers = await asyncio.gather(*(send(player, "b", body) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sorted(map(is_replayed, answers)) == [False] + [True] * 7
    assert await toys_of(world) == 1


async def test_a_refusal_is_judged_anew(world: World, player: Actor, a_name: Name) -> None:
    name = a_name()
    taken = await player.post("/toys", {"name": name})
    refused = await send(player, "c", {"name": name})
    assert refused.status_code == 409
    await player.patch(f"/toys/{taken.json()['id']}", {"name": a_name()})
    done = await send(player, "c", {"name": name})
    assert (done.status_code, is_replayed(done)) == (201, False)


async def test_another_body_needs_another_key(player: Actor, a_name: Name) -> None:
    await send(player, "d", {"name": a_name()})
    other = await send(player, "d", {"name": a_name()})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


async def test_a_rehearsal_is_no_answer_to_the_real_request(player: Actor) -> None:
    rehearsed = await send(player, "e", {}, "/toys/rehearsals?dry_run=true")
    played = await send(player, "e", {}, "/toys/rehearsals")
    assert rehearsed.json()["name"] == "rehearsed"
    assert (played.status_code, played.json()["code"]) == (422, "idempotency_key_reused")


async def test_a_key_belongs_to_one_person_one_path_and_one_organization(
    stage: Stage, world: World, player: Actor, a_name: Name
) -> None:
    other = await world.person()
    for who, path, status in ((player, "/toys", 201), (other, "/toys", 201), (player, "/toys/prizes", 200)):
        answer = await send(who, "f", {"name": a_name()}, path)
        assert (answer.status_code, is_replayed(answer)) == (status, False)


async def test_two_credentials_of_one_person_share_their_keys(
    world: World, stage: Stage, player: Actor, a_name: Name
) -> None:
    body = {"name": a_name()}
    await send(player, "g", body)
    made = await player.post("/me/keys", {"name": "Other", "scopes": ["people:read"]})
    again = await send(Actor(player.client, made.json()["secret"]), "g", body)
    assert is_replayed(again)


async def test_a_key_is_forgotten_after_a_day(
    world: World, player: Actor, a_name: Name, clock: Clock
) -> None:
    body = {"name": a_name()}
    made = await send(player, "h", body)
    clock.forward(hours=23, minutes=59)
    assert is_replayed(await send(player, "h", body))
    await player.patch(f"/toys/{made.json()['id']}", {"name": a_name()})
    clock.forward(minutes=2)
    anew = await send(player, "h", body)
    assert (anew.status_code, is_replayed(anew), await toys_of(world)) == (201, False, 2)


async def test_a_secret_is_not_kept(world: World, player: Actor) -> None:
    body = {"name": "Prize"}
    first, again = [await send(player, "i", body, "/toys/prizes") for _ in range(2)]
    assert (first.json()["secret"], again.json()["secret"]) == (CANARY, None)
    async with world.acting() as ctx:
        kept = list(await ctx.db.scalars(select(IdempotencyKey.body)))
    assert all(CANARY.encode() not in (body or b"") for body in kept)


@pytest.mark.parametrize("key", ["", " ", "ü", "a b", "x" * 256])
async def test_a_key_is_up_to_255_visible_characters(player: Actor, a_name: Name, key: str) -> None:
    answer = await player.call(
        "POST", "/toys", json={"name": a_name()}, headers={"Idempotency-Key": key.encode()}
    )
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "Idempotency-Key")


async def test_a_repeat_is_refused_to_whoever_lost_the_standing(stage: Stage) -> None:
    group = await stage.group()
    one = await stage.somebody(group=group, role="moderator")
    somebody = await stage.person()
    body = {"person_id": str(somebody.person_id)}
    path = f"/groups/{group.id}/memberships"
    assert (await send(one, "j", body, path)).status_code == 201
    assert is_replayed(await send(one, "j", body, path))
    left = await one.post(f"/memberships/{one.membership_id}/leave")
    assert left.status_code == 200, left.text
    again = await send(one, "j", body, path)
    assert (again.status_code, is_replayed(again)) == (404, False)


async def test_a_repeat_is_refused_to_an_admin_who_is_none_any_more(stage: Stage) -> None:
    one = await stage.person(role="admin")
    body = {"name": "Charles Babbage"}
    assert (await send(one, "k", body, "/people")).status_code == 201
    assert is_replayed(await send(one, "k", body, "/people"))
    taken = await stage.owner.put(f"/people/{one.person_id}/organization-role", {"role": None})
    assert taken.status_code == 200, taken.text
    again = await send(one, "k", body, "/people")
    assert (again.status_code, is_replayed(again)) == (404, False)


async def test_a_repeat_with_a_revoked_key_is_refused(world: World, a_name: Name) -> None:
    one = await world.person()
    body = {"name": a_name()}
    made = await one.post("/me/keys", {"name": "Gone soon", "scopes": ["people:read"]})
    gone = Actor(one.client, made.json()["secret"])
    assert (await send(gone, "l", body)).status_code == 201
    assert (await one.delete(f"/me/keys/{made.json()['id']}")).status_code == 204
    assert (await send(gone, "l", body)).status_code == 401

"""From a stranger's first call to the tenth session as a member: over HTTP, each refusal beside its step."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import httpx

from peergroup.worker import Worker
from tests.access.factories import Device, a_postbox, bearing, mailed
from tests.conftest import Clock
from tests.sessions.factories import codes, in_minutes
from tests.world import Actor, World, a_world

ADDRESS, ANOTHER_SPELLING, YET_ANOTHER = (
    "tenna@fjord.example",
    "TENNA@Fjord.example",
    "tenna+again@fjord.example",
)
SCOPES = ["groups:read", "groups:write", "sessions:read", "sessions:write", "content:read", "people:read"]
MONTHS = 10


@dataclass
class Story:
    """Who and what it is about, as far as it was told."""

    world: World
    clock: Clock
    moderator: Actor
    connector: Actor
    group: str
    stranger: Actor = field(init=False)
    prospect: str = ""
    membership: str = ""

    async def passes(self, **time: float) -> None:
        """Let time pass, with everything that is due meanwhile."""
        self.clock.forward(**time)
        await Worker(self.world.house).drain()

    async def advance(self, step: str, prospect: str | None = None) -> httpx.Response:
        path = f"/prospects/{prospect or self.prospect}/advance"
        return await self.moderator.post(path, {"step": step})

    async def invite(self, by: Actor | None = None, **body: Any) -> httpx.Response:
        return await (by or self.moderator).post(f"/groups/{self.group}/memberships", body)

    async def cases(self) -> list[dict[str, Any]]:
        return list((await self.moderator.get(f"/groups/{self.group}/cases")).json()["items"])


async def test_from_a_strangers_call_to_the_tenth_session(world: World, clock: Clock) -> None:
    story = await _a_group_with_a_member(world, clock)
    await _a_stranger_is_introduced(story)
    await _the_calls_are_free_once(story)
    await _invited_as_a_guest_she_sees_little(story)
    await _having_signed_she_comes_to_one_session(story)
    await _nobody_is_a_guest_twice(story)
    await _converted_she_is_invited(story)
    await _she_takes_the_seat_that_is_free_at_last(story)
    await _ten_months_follow(story)


async def _a_group_with_a_member(world: World, clock: Clock) -> Story:
    moderator, connector = await world.person("Mona Moderator"), await world.person("Carla Connector")
    body: dict[str, Any] = {
        "name": "Founders North",
        "capacity": 1,
        "covenant": "What is said here stays here.",
    }
    made = await world.owner.post("/groups", body | {"moderators": [str(moderator.person_id)]})
    story = Story(world, clock, moderator, connector, made.json()["id"])
    assert (await moderator.post(f"/groups/{story.group}/covenants/1/sign")).status_code == 200
    assert (await moderator.post(f"/groups/{story.group}/activate")).status_code == 200
    invited = (await story.invite(person_id=str(connector.person_id))).json()["id"]
    assert (await connector.post(f"/memberships/{invited}/accept")).status_code == 200
    assert (await connector.post(f"/groups/{story.group}/covenants/1/sign")).status_code == 200
    assert (await moderator.post(f"/memberships/{invited}/activate")).status_code == 200
    return story


async def _a_stranger_is_introduced(story: Story) -> None:
    body = {
        "person": {"name": "Tenna Brain", "email": ADDRESS},
        "connector_id": str(story.connector.person_id),
        "note": "Carla met her at a fair.",
    }
    assert (await story.connector.post("/prospects", body)).status_code == 403
    made = await story.moderator.post("/prospects", body)
    assert made.status_code == 201, made.text
    story.prospect = made.json()["id"]
    assert made.json()["connector"]["name"] == "Carla Connector"
    again = {"person": {"name": "T. Brain", "email": ANOTHER_SPELLING}}
    twice = await story.moderator.post("/prospects", again)
    assert (twice.status_code, twice.json()["prospect_id"]) == (409, story.prospect)
    stranger = (await a_world(story.world.house, story.world.client, "Elsewhere")).owner
    assert (await stranger.get(f"/prospects/{story.prospect}")).status_code == 404
    assert (await story.connector.get(f"/prospects/{story.prospect}")).status_code == 404


async def _the_calls_are_free_once(story: Story) -> None:
    for early in ("discovery_held", "strategy_held", "guest_attended", "no_step"):
        assert "out_of_order" in codes(await story.advance(early))
    for step in ("discovery_booked", "discovery_held"):
        assert (await story.advance(step)).status_code == 200
        await story.passes(days=2)
    other = {"person": {"name": "Nobody Else", "email": YET_ANOTHER}}
    second = (await story.moderator.post("/prospects", other)).json()["id"]
    assert (await story.advance("discovery_booked", second)).status_code == 200
    refused = await story.advance("discovery_held", second)
    assert (refused.status_code, codes(refused)) == (409, {"entitlement_used"})
    assert (await story.moderator.post(f"/prospects/{second}/decline")).status_code == 200
    assert (await story.advance("strategy_held")).status_code == 200
    assert "out_of_order" in codes(await story.advance("discovery_held"))
    assert (await story.advance("guest_invited")).status_code == 200
    assert codes(await story.advance("guest_attended")) == {"not_attended"}
    unfinished = await story.moderator.post(f"/prospects/{story.prospect}/convert", {"group_id": story.group})
    assert (unfinished.status_code, codes(unfinished)) == (409, {"steps_missing"})


async def _a_session(story: Story) -> str:
    """A scheduled session that begins in half an hour."""
    times = {"local_start": in_minutes(story.world, 30), "time_zone": "Europe/Berlin", "minutes": 120}
    made = await story.moderator.post(f"/groups/{story.group}/sessions", {"title": "Hiring well"} | times)
    assert made.status_code == 201, made.text
    assert (await story.moderator.post(f"/sessions/{made.json()['id']}/schedule")).status_code == 200
    return str(made.json()["id"])


async def _invited_as_a_guest_she_sees_little(story: Story) -> None:
    story.stranger = await _signs_in(story, ADDRESS)
    person = {"person_id": str(story.stranger.person_id)}
    assert (await story.stranger.get(f"/groups/{story.group}")).status_code == 404
    for wrong in (person | {"role": "guest"}, person | {"role": "guest", "session_id": story.group}):
        assert (await story.invite(**wrong)).status_code == 422
    session = await _a_session(story)
    body = person | {"role": "guest", "session_id": session}
    assert (await story.invite(story.connector, **body)).status_code == 403
    story.membership = (await story.invite(**body)).json()["id"]
    accepted = await story.stranger.post(f"/memberships/{story.membership}/accept")
    assert codes(accepted) == {"guest_signs"}
    assert (await story.stranger.get(f"/sessions/{session}")).json()["title"] is None
    assert (await story.stranger.get(f"/sessions/{session}/rsvps")).status_code == 404
    assert (await story.stranger.get(f"/groups/{story.group}/memberships")).status_code == 403
    roster = (await story.stranger.get(f"/groups/{story.group}")).json()["roster"]
    assert {one["person"]["name"] for one in roster} == {"Mona Moderator", "Tenna Brain"}


async def _signs_in(story: Story, email: str) -> Actor:
    """With the link from a real mail; a key of her own lasts through the months."""
    world = story.world
    async with a_postbox(world.house) as postbox:
        device = Device(world.client)
        assert (await device.ask(email, organization=str(world.organization_id))).status_code == 202
        [link] = (await mailed(world.house, postbox)).links
        token = (await device.open(link)).json()["access_token"]
    actor = bearing(world.client, token)
    key = await actor.post("/me/keys", {"name": "Laptop", "scopes": SCOPES})
    assert key.status_code == 201, key.text
    actor = bearing(world.client, key.json()["secret"])
    actor.person_id = (await actor.get("/me")).json()["person"]["id"]
    return actor


async def _having_signed_she_comes_to_one_session(story: Story) -> None:
    (own,) = (await story.stranger.get(f"/groups/{story.group}/sessions")).json()["items"]
    session, stranger = own["id"], story.stranger
    assert (await stranger.post(f"/groups/{story.group}/covenants/1/sign")).status_code == 200
    other = await _another_session(story)
    for path in (f"/sessions/{other}", f"/sessions/{other}/rsvps"):
        assert (await stranger.get(path)).status_code == 404
    assert (
        await stranger.put(f"/sessions/{other}/rsvps/{stranger.person_id}", {"answer": "yes"})
    ).status_code == 404
    assert (await stranger.get(f"/groups/{story.group}/memberships")).status_code == 403
    assert (await stranger.get(f"/groups/{story.group}/challenges")).status_code == 404
    assert (
        await stranger.put(f"/sessions/{session}/rsvps/{stranger.person_id}", {"answer": "yes"})
    ).status_code == 200
    assert codes(await story.advance("guest_attended")) == {"not_attended"}, "a promise to come is not enough"
    await _meets(story, session, stranger)
    assert (await story.advance("guest_attended")).status_code == 200
    assert (await stranger.get(f"/memberships/{story.membership}")).json()["state"] == "expired"
    for path in (f"/sessions/{session}", f"/groups/{story.group}", f"/groups/{story.group}/sessions"):
        assert (await stranger.get(path)).status_code == 404


async def _another_session(story: Story) -> str:
    later = in_minutes(story.world, 60 * 24 * 200)
    body = {"local_start": later, "time_zone": "Europe/Berlin"}
    return str((await story.moderator.post(f"/groups/{story.group}/sessions", body)).json()["id"])


async def _meets(story: Story, session: str, *present: Actor) -> None:
    """A session takes place, with these people."""
    moderator = story.moderator
    assert (await moderator.post(f"/sessions/{session}/start")).status_code == 200
    for one in present:
        marked = await moderator.put(f"/sessions/{session}/attendance/{one.person_id}", {"mark": "present"})
        assert marked.status_code == 200, marked.text
    await story.passes(hours=2)
    done = await moderator.post(f"/sessions/{session}/complete")
    assert done.status_code == 200, done.text


async def _nobody_is_a_guest_twice(story: Story) -> None:
    session = await _another_session(story)
    for whom in (
        {"person_id": str(story.stranger.person_id)},
        {"person": {"name": "Somebody New", "email": YET_ANOTHER}},
    ):
        refused = await story.invite(role="guest", session_id=session, **whom)
        assert (refused.status_code, refused.json()["code"]) == (409, "guest_once")


async def _converted_she_is_invited(story: Story) -> None:
    path = f"/prospects/{story.prospect}/convert"
    assert (await story.connector.post(path, {"group_id": story.group})).status_code == 404
    assert (await story.moderator.post(path, {"group_id": story.prospect})).status_code == 404
    converted = await story.moderator.post(path, {"group_id": story.group})
    assert (converted.status_code, converted.json()["state"]) == (200, "converted")
    story.membership = converted.json()["membership_id"]
    shown = (await story.stranger.get(f"/memberships/{story.membership}")).json()
    assert (shown["state"], shown["connector"]["name"]) == ("invited", "Carla Connector")
    assert (await story.moderator.post(path, {"group_id": story.group})).json()[
        "code"
    ] == "invalid_transition"
    assert (await story.moderator.post(f"/memberships/{story.membership}/activate")).status_code == 409


async def _she_takes_the_seat_that_is_free_at_last(story: Story) -> None:
    membership = f"/memberships/{story.membership}"
    assert (await story.moderator.post(f"{membership}/accept")).status_code == 403
    assert (await story.stranger.post(f"{membership}/accept")).status_code == 200
    assert (await story.stranger.post(f"/groups/{story.group}/covenants/1/sign")).status_code == 200
    check = {"person_id": str(story.stranger.person_id)}
    checked = (await story.moderator.post(f"/groups/{story.group}/admission-checks", check)).json()
    assert [one["code"] for one in checked["findings"] if one["result"] == "blocker"] == ["capacity"]
    full = await story.moderator.post(f"{membership}/activate")
    assert (full.status_code, codes(full)) == (409, {"no_seat"})
    assert (await story.moderator.patch(f"/groups/{story.group}", {"capacity": 2})).status_code == 403
    assert (await story.world.owner.patch(f"/groups/{story.group}", {"capacity": 2})).status_code == 200
    assert (await story.stranger.post(f"{membership}/activate")).status_code == 403
    active = await story.moderator.post(f"{membership}/activate")
    assert (active.status_code, active.json()["seat_no"]) == (200, 2)
    (credit,) = (await story.stranger.get(f"/groups/{story.group}/introductions")).json()["items"]
    assert (credit["introducer"]["name"], credit["person"]["name"]) == ("Carla Connector", "Tenna Brain")
    roster = (await story.stranger.get(f"/groups/{story.group}/memberships")).json()["items"]
    assert len(roster) == 3


async def _ten_months_follow(story: Story) -> None:
    came, member = [], story.stranger
    began = story.clock()
    for month in range(MONTHS):
        session = await _a_session(story)
        answer = await member.put(f"/sessions/{session}/rsvps/{member.person_id}", {"answer": "yes"})
        assert answer.status_code == 200, answer.text
        early = await story.moderator.post(f"/sessions/{session}/complete")
        assert early.json()["code"] == "invalid_transition"
        await _meets(story, session, member, story.connector)
        came.append(session)
        assert (await member.get(f"/sessions/{session}/minutes")).status_code == 200, month
        await story.passes(days=30)
    assert story.clock() - began > dt.timedelta(days=300)
    for session in came:
        listed = (await member.get(f"/sessions/{session}/rsvps")).json()["items"]
        assert {one["person"]["name"]: one["attendance"] for one in listed}["Tenna Brain"] == "present"
    assert len(came) == MONTHS
    assert await story.cases() == [], "who always comes is nobody's case"
    assert (await member.get(f"/memberships/{story.membership}")).json()["state"] == "active"

"""Writes of the main job, as a group makes them: sessions, challenges, contributions, marks, promises."""

import asyncio
import datetime as dt
from typing import Any
from uuid import uuid4

from tests.heavy.journal import THERE, Client
from tests.sessions.factories import RUN_OF_SHOW
from tests.world import Actor

TEXTS = {"context": "We are nine.", "tried": "Two agencies.", "help_wanted": "experience"}


def ahead(days: int) -> str:
    """A day to come."""
    return (dt.datetime.now(dt.UTC) + dt.timedelta(days=days)).date().isoformat()


async def challenge(client: Client) -> None:
    """A problem from the parking lot to what was learned, with everything that is said in between."""
    owner = client.circle.group.members[0]
    made = await _parked(client, owner)
    await _said(client, made, owner, "submit", "submitted")
    await _said(client, made, client.circle.moderator, "accept", "accepted")
    started = await _said(
        client, made, client.circle.moderator, "start", "in_progress", {"mode": "async"}, "started"
    )
    exercise = started["exercise_id"]
    client.note("exercise", "exercise.started", exercise, state="running")
    await _played(client, exercise, owner)
    await _said(client, made, owner, "commit", "committed")
    client.note("exercise", "exercise.finished", exercise, state="finished", ended_at=THERE)
    told = {"outcome": "worked", "learned": f"L {uuid4()}"}
    await _said(client, made, owner, "resolve", "resolved", told, **told)


async def _parked(client: Client, owner: Actor) -> str:
    question = f"How {uuid4()}?"
    made = await client.write(
        "POST", f"/groups/{client.circle.id}/challenges", {"question": question} | TEXTS, by=owner
    )
    client.note("challenge", "challenge.parked", made["id"], question=question, state="parked")
    await client.write("PATCH", f"/challenges/{made['id']}", {"importance": 5}, by=owner)
    client.note("changed_challenge", "challenge.updated", made["id"], importance=5)
    for who in client.circle.group.members[1:3]:
        await client.write("PUT", f"/challenges/{made['id']}/second", by=who)
        client.count("second", "second", made["id"])
    await client.write("DELETE", f"/challenges/{made['id']}/second", by=client.circle.group.members[2])
    client.note("second_taken_back", "challenge.unseconded", made["id"], times_asked=2)
    client.journal.numbers["second", made["id"]] -= 1
    return str(made["id"])


async def _said(
    client: Client, id_: str, by: Actor, verb: str, state: str, body: Any = None, event: str = "", **more: Any
) -> Any:
    answer = await client.write("POST", f"/challenges/{id_}/{verb}", body, by=by)
    client.note("challenge_verb", f"challenge.{event or state}", id_, state=state, **more)
    return answer


async def _played(client: Client, exercise: str, owner: Actor) -> None:
    one, other = client.circle.group.members[1:3]
    await _advance(client, exercise)
    question = await _say(client, exercise, one, "question")
    await _say(client, exercise, owner, "answer", parent_id=question)
    await _advance(client, exercise)
    idea, _, _ = await asyncio.gather(
        _say(client, exercise, one, "idea"),
        _say(client, exercise, one, "experience"),
        _say(client, exercise, other, "idea"),
    )
    await _edit(client, one, idea)
    await _delete(client, other, await _say(client, exercise, other, "caution"))
    await _advance(client, exercise)
    await _say(client, exercise, other, "reply", parent_id=idea)
    await _advance(client, exercise)
    await _marked(client, exercise, owner, one, idea)
    await _advance(client, exercise)
    await _say(client, exercise, owner, "commitment", by_on=ahead(14))
    client.journal.numbers["promise", exercise] += 1


async def _advance(client: Client, exercise: str) -> None:
    await client.write(
        "POST", f"/exercises/{exercise}/advance", {"override_reason": "On."}, by=client.circle.moderator
    )
    client.note("phase", "phase.ended", exercise)


async def _say(client: Client, exercise: str, who: Actor, kind: str, **more: Any) -> str:
    body = f"B {uuid4()}"
    made = await client.write(
        "POST", f"/exercises/{exercise}/contributions", {"kind": kind, "body": body} | more, by=who
    )
    client.note("contribution", "contribution.posted", made["id"], body=body, kind=kind)
    return str(made["id"])


async def _edit(client: Client, who: Actor, contribution: str) -> None:
    body = f"E {uuid4()}"
    await client.write("PATCH", f"/contributions/{contribution}", {"body": body}, by=who)
    client.note("edited_contribution", "contribution.edited", contribution, body=body)


async def _delete(client: Client, who: Actor, contribution: str) -> None:
    await client.write("DELETE", f"/contributions/{contribution}", by=who)
    client.note("deleted_contribution", "contribution.deleted", contribution, body=None, deleted_at=THERE)


async def _marked(client: Client, exercise: str, owner: Actor, brain: Actor, idea: str) -> None:
    """An open mark, and hidden ones: of those the tally remains, without an event."""
    await client.write("PUT", f"/contributions/{idea}/marks/helped", by=owner)
    client.note("mark", "mark.set", idea)
    client.journal.numbers["mark", idea] += 1
    for who in (owner, brain):
        await client.write("PUT", f"/contributions/{idea}/marks/top", by=who)
    await client.write("DELETE", f"/contributions/{idea}/marks/top", by=owner)
    client.count("hidden_mark", "tally", exercise)


async def meeting(client: Client) -> None:
    """A session from draft to its end, with answers, attendance and a promise."""
    group = client.circle.group
    made = await _drafted(client)
    await _led(client, made, "schedule", "scheduled", "scheduled")
    for who in group.members[:2]:
        await client.write("PUT", f"/sessions/{made}/rsvps/{who.person_id}", {"answer": "yes"}, by=who)
        client.note("rsvp", "rsvp.changed", made)
        client.journal.numbers["rsvp", made] += 1
    await _led(client, made, "start", "started", "in_progress", {"reason": "All are here."})
    await _led(client, made, "next", "segment_changed", "in_progress")
    await _led(client, made, "extend", "extended", "in_progress", {"minutes": 5})
    await _led(client, made, "pause", "paused", "paused")
    await _led(client, made, "resume", "resumed", "in_progress")
    for who in group.members[:2]:
        path = f"/sessions/{made}/attendance/{who.person_id}"
        await client.write("PUT", path, {"mark": "present"}, by=group.moderator)
        client.note("attendance", "attendance.marked", made)
        client.journal.numbers["attendance", made] += 1
    await _promised(client, group.members[1], {"source": "session", "session_id": made})
    await _led(client, made, "complete", "completed", "completed")


async def cancelled_meeting(client: Client) -> None:
    made = await _drafted(client)
    await client.write("PATCH", f"/sessions/{made}", {"title": "Another"}, by=client.circle.moderator)
    client.note("changed_session", "session.updated", made, title="Another")
    await _led(client, made, "cancel", "cancelled", "cancelled", {"reason": "Snow."})


async def deleted_draft(client: Client) -> None:
    made = await _drafted(client)
    await client.write("DELETE", f"/sessions/{made}", by=client.circle.moderator)
    client.note("deleted_session", "session.deleted", made)
    client.journal.things["session", made] = None


async def _drafted(client: Client) -> str:
    client.circle.days += 1
    plan = {"title": "Hiring", "local_start": f"{ahead(client.circle.days)}T18:00", "minutes": 120}
    made = await client.write(
        "POST",
        f"/groups/{client.circle.id}/sessions",
        plan | {"agenda": RUN_OF_SHOW},
        by=client.circle.moderator,
    )
    client.note("session", "session.drafted", made["id"], state="draft", title="Hiring")
    return str(made["id"])


async def _led(client: Client, id_: str, verb: str, event: str, state: str, body: Any = None) -> None:
    await client.write("POST", f"/sessions/{id_}/{verb}", body, by=client.circle.moderator)
    client.note("session_verb", f"session.{event}", id_, state=state)


async def _promised(client: Client, who: Actor, more: dict[str, Any]) -> str:
    body = f"W {uuid4()}"
    made = await client.write("POST", "/commitments", {"body": body, "by_on": ahead(7)} | more, by=who)
    client.note("commitment", "commitment.made", made["id"], body=body, state="open")
    return str(made["id"])


async def promise(client: Client) -> None:
    """A promise to oneself: worded anew, put off, and kept or let go."""
    who = client.circle.group.members[1]
    for verb, event, state in (("complete", "completed", "done"), ("drop", "dropped", "dropped")):
        made = await _promised(client, who, {})
        await client.write("PATCH", f"/commitments/{made}", {"body": "Half of it."}, by=who)
        client.note("changed_commitment", "commitment.updated", made, body="Half of it.")
        moved = {"by_on": ahead(9), "reason": "Two were away."}
        await client.write("POST", f"/commitments/{made}/renegotiate", moved, by=who)
        client.note("renegotiation", "commitment.renegotiated", made, renegotiated=1)
        await client.write("POST", f"/commitments/{made}/{verb}", by=who)
        client.note("commitment_verb", f"commitment.{event}", made, state=state)


async def cards(client: Client) -> None:
    """Anonymous cards: no event, and nothing but the card itself."""
    exercise = client.circle.retrospective

    async def one(who: Actor) -> None:
        card = {"kind": "hinder", "body": f"A {uuid4()}"}
        await client.write("POST", f"/exercises/{exercise}/contributions", card, by=who)
        client.count("card", "sealed_card", exercise)

    await asyncio.gather(*(one(who) for who in client.circle.group.members[:3]))


KINDS = (challenge, meeting, cancelled_meeting, deleted_draft, promise, cards)

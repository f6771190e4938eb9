"""How the client is used, for the type checker: `assert_type` says what an editor knows.

Nobody runs this. `test_typing.py` lets mypy read it: only lines with
`# wrong` may be refused, for the reason that is named there.
"""

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path
from typing import assert_type
from uuid import UUID

from peergroup.client import (
    AsyncPage,
    AsyncPeergroup,
    GuardFailed,
    NotChanged,
    Page,
    Peergroup,
    Rotating,
    Stale,
    answers,
)


def reading(client: Peergroup, group_id: UUID) -> None:
    group = client.groups.get(group_id)
    assert_type(group, answers.GroupOut)
    assert_type(group.created_at, dt.datetime)
    page = client.challenges.list(group_id, state="parked", owner="me")
    assert_type(page, Page[answers.ChallengeBrief])
    assert_type(page.next_cursor, str | None)
    for challenge in page:
        assert_type(challenge, answers.ChallengeBrief)
        assert_type(challenge.follow_up_on, dt.date | None)
    for event in client.events.stream(types="group.*"):
        assert_type(event, answers.EventOut)
    assert_type(client.sessions.get_minutes_markdown(group_id), str)


def knowing(client: Peergroup, known: answers.GroupOut) -> answers.GroupOut:
    fresh = client.groups.get(known.id, if_none_match=known)
    assert_type(fresh, answers.GroupOut | NotChanged)
    return fresh if fresh else known


def changing(client: Peergroup, group: answers.GroupOut) -> None:
    assert_type(client.groups.update(group.id, focus=None, if_match=group), answers.GroupOut)
    try:
        client.groups.update(group.id, name="Fjord", if_match=group.etag)
        client.groups.activate(group.id)
    except Stale as stale:
        assert_type(stale.request_id, str | None)
    except GuardFailed as failed:
        assert_type([guard.code for guard in failed.guards], list[str])
    assert_type(client.sessions.delete("s"), None)
    client.synchronization.upload_sync_records("r", Path("people.csv"))
    client.people.upsert_people(people=[{"source": "crm", "external_id": "1", "name": "Ada"}])
    assert_type(client.sign_in("ada@example.com").redeem("420137"), Peergroup)


async def awaiting(client: AsyncPeergroup, group_id: str) -> AsyncIterator[str]:
    assert_type(await client.groups.get(group_id), answers.GroupOut)
    assert_type(await client.groups.list(), AsyncPage[answers.GroupBrief])
    async for challenge in client.challenges.list(group_id):
        assert_type(challenge, answers.ChallengeBrief)
        yield challenge.question
    async with AsyncPeergroup("https://peergroup.example", token=Rotating("pgr_…")) as other:
        assert_type(other, AsyncPeergroup)


def mistaken(client: Peergroup, group: answers.GroupOut) -> None:
    client.groups.get(7)  # wrong: No overload variant of "get"
    client.groups.update(group.id, nane="Fjord")  # wrong: Unexpected keyword argument "nane"
    client.challenges.create(group.id)  # wrong: Missing named argument "question"
    client.challenges.list(group.id, state="asleep")  # wrong: Argument "state" to "list"
    client.groups.update(group.id, name=None)  # wrong: Argument "name" to "update"
    _ = group.colour  # wrong: "GroupOut" has no attribute "colour"
    _ = client.groups.get(group.id, if_none_match=group).name  # wrong: Item "NotChanged"
    client.challenges.submitt(group.id)  # wrong: has no attribute "submitt"
    client.people.upsert_people(people=[{"source": "crm"}])  # wrong: Missing keys ("name", "external_id")

"""What tests of recurring sessions begin with."""

from typing import Any

from tests.groups.factories import GroupOf
from tests.sessions.factories import BERLIN
from tests.world import Actor

FIRST = "2030-01-08T18:00"
"""A Tuesday, the second one of its month."""
MONTHLY = "FREQ=MONTHLY;BYDAY=2TU;COUNT=6"
WEEKLY = "FREQ=WEEKLY;COUNT=6"
TUESDAYS = ["2030-01-08", "2030-01-15", "2030-01-22", "2030-01-29", "2030-02-05", "2030-02-12"]
AGENDA = [{"title": "Welcome", "kind": "opening", "minutes": 10}, {"title": "Talk", "minutes": 50}]


def a_rule(rule: str = WEEKLY, **more: Any) -> dict[str, Any]:
    """The body of a new series: an hour and a half on six Tuesdays."""
    times = {"local_start": FIRST, "time_zone": BERLIN, "minutes": 90}
    return {"rule": rule, "title": "Evening"} | times | more


async def a_series(group: GroupOf, rule: str = WEEKLY, **more: Any) -> dict[str, Any]:
    """A series with its sessions."""
    answer = await group.moderator.post(f"/groups/{group.id}/series", a_rule(rule, **more))
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def changed(who: Actor, path: str, body: dict[str, Any], scope: str | None = None) -> dict[str, Any]:
    """A change of a series, or of a session of one, that has to be carried out."""
    answer = await who.patch(path, body, params={"scope": scope} if scope else {})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def sessions_of(group: GroupOf) -> list[dict[str, Any]]:
    """Every session of the group, the earliest first."""
    answer = await group.moderator.get(f"/groups/{group.id}/sessions", params={"limit": 200})
    return list(answer.json()["items"])


def days(sessions: list[dict[str, Any]]) -> list[str]:
    """On which days sessions are."""
    return [one["local_start"][:10] for one in sessions]


async def refused(
    who: Actor, path: str, body: dict[str, Any], scope: str | None = None
) -> tuple[int, str, str]:
    """A change that has to be refused: the status, where, and why."""
    answer = await who.patch(path, body, params={"scope": scope} if scope else {})
    problem = answer.json()
    where = problem["errors"][0] if problem.get("errors") else {"pointer": "", "detail": problem["detail"]}
    return answer.status_code, where["pointer"], where["detail"]

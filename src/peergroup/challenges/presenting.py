"""From what was read to the wire: a challenge in a list, and the whole of it. The same for hot reads."""

from typing import Any
from uuid import UUID

from peergroup.challenges.finding import Beside
from peergroup.challenges.lifecycles import CHALLENGE
from peergroup.facilitation.circle import Circle
from peergroup.facilitation.schemas import BrainsOut
from peergroup.facilitation.thread import brains_of
from peergroup.groups.standing import Standing

DEFAULT_PROTOCOL = "ten_brains"
HELPING_PHASE = "contribute"
BRIEF = (
    "id",
    "group_id",
    "question",
    "state",
    "draft",
    "help_wanted",
    "importance",
    "urgency",
    "times_asked",
    "confidentiality",
    "session_id",
    "position",
    "exercise_id",
    "follow_up_on",
    "outcome",
    "created_at",
)
WHOLE = ("context", "tried", "learned", "started_at", "committed_at", "ended_at", "version")
Members = dict[str, Any]


def brief(me: UUID | str | None, one: Any, near: Beside) -> Members:
    """What every answer says of a challenge. `me` is an id, or its text where the challenge has texts for ids."""
    mine = one.owner_id == me
    unnamed = near.exercise is not None and near.exercise.is_unnamed
    return {
        **{name: getattr(one, name) for name in BRIEF},
        "owner": None if unnamed and not mine else {"id": one.owner_id, "name": near.owner_name},
        "mine": mine,
        "seconded": near.seconded,
        "contributions": near.exercise.contribution_count if near.exercise is not None else 0,
    }


def whole(standing: Standing, challenge: Any, near: Beside, **thread: Any) -> Members:
    """A challenge with its whole thread, of which `thread` are the members that other rooms say."""
    released = challenge.released_at is not None and challenge.confidentiality == "shareable"
    private = standing.is_moderator or challenge.owner_id == standing.person_id
    return {
        **brief(standing.person_id, challenge, near),
        **{name: getattr(challenge, name) for name in WHOLE},
        "protocol": challenge.protocol or DEFAULT_PROTOCOL,
        "reason": challenge.reason if private else None,
        "opened": near.exercise is not None and near.exercise.opened_at is not None,
        "released_text": challenge.released_text if released else None,
        "released_at": challenge.released_at if released else None,
        "allowed_actions": CHALLENGE.allowed(standing, challenge),
        **thread,
    }


NO_THREAD: Members = {
    "exercise": None,
    "brains": None,
    "contributions_seen": [],
    "more": None,
    "commitments": [],
}
"""Of a challenge that nobody has worked on yet."""


def more(exercise_id: Any, limit: int, following: str | None) -> str | None:
    """Where to go on reading a thread that is longer than what was shown."""
    address = f"/v1/exercises/{exercise_id}/contributions?limit={limit}&cursor={following}"
    return None if following is None else address


def brains(circle: Circle) -> BrainsOut | None:
    """How many brains helped; None where nobody may know yet, or the method has no such phase."""
    phases = {phase.key: phase for phase in circle.protocol.phases}
    if HELPING_PHASE not in phases or phases[HELPING_PHASE].is_secret:
        return None
    return brains_of(circle, HELPING_PHASE)

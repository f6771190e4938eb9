"""That somebody is a guest of a group once: under which name that is counted, and how a second time is refused."""

from uuid import UUID

from peergroup.kit.problems import problem_type

GUEST_ONCE = problem_type(
    "guest_once",
    409,
    "Somebody is a guest of a group once",
    "Invite them as a member. However their address is spelled, there is one visit for each person and group.",
)


def what(group_id: UUID) -> str:
    """What is used up by a visit."""
    return f"visit to {group_id}"

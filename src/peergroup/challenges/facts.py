"""Which facts about a challenge are told, and to whom: never words, and never a name that will not be shown."""

from typing import Any

from peergroup.challenges.models import Challenge
from peergroup.kit.context import Context


def told(challenge: Challenge, **facts: Any) -> dict[str, Any]:
    """What goes with a fact: drafts are their owner's alone; of a `chatham` one nobody learns who did it."""
    if challenge.draft:
        facts["only_for"] = challenge.owner_id
    elif challenge.confidentiality == "chatham":
        facts["unnamed"] = True
    return facts


def tell(ctx: Context, type_: str, challenge: Challenge, **facts: Any) -> None:
    """Record a fact about a challenge."""
    ctx.record(type_, challenge, **told(challenge, **facts))

"""What tests of prospects begin with."""

from typing import Any

import httpx

from peergroup.organizations.schemas import DEFAULT_FUNNEL
from tests.people.factories import an_email
from tests.world import Actor, World


async def a_prospect(by: Actor, email: str | None = None, **more: Any) -> dict[str, Any]:
    """A stranger who enters the funnel."""
    body = {"person": {"name": "Ada Lovelace", "email": email or an_email("ada")}} | more
    answer = await by.post("/prospects", body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def take(by: Actor, prospect: dict[str, Any], step: str) -> httpx.Response:
    """Say that a prospect took a step."""
    return await by.post(f"/prospects/{prospect['id']}/advance", {"step": step})


async def took(by: Actor, prospect: dict[str, Any], *steps: str) -> dict[str, Any]:
    """Let a prospect take these steps."""
    for step in steps:
        answer = await take(by, prospect, step)
        assert answer.status_code == 200, answer.text
        prospect = dict(answer.json())
    return prospect


async def with_settings(world: World, **settings: Any) -> None:
    """Change the organization's settings."""
    answer = await world.owner.patch("/organization", {"settings": settings})
    assert answer.status_code == 200, answer.text


def a_funnel(*keys: str) -> list[dict[str, Any]]:
    """Steps with these keys; one that ends in `?` may be skipped. Those of the usual funnel do what they do there."""
    usual = {step.key: step.model_dump(include={"uses", "needs_visit"}) for step in DEFAULT_FUNNEL}
    return [
        {"key": key.rstrip("?"), "title": key.rstrip("?").title(), "optional": key.endswith("?")}
        | usual.get(key.rstrip("?"), {})
        for key in keys
    ]

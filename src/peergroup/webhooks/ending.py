"""How an endpoint stops: nothing goes out any more, and whoever should know is told."""

from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, update

from peergroup.kit import jobs
from peergroup.kit.context import Context, House
from peergroup.kit.mail import letter
from peergroup.organizations.models import Organization
from peergroup.people.models import Person
from peergroup.webhooks import lines
from peergroup.webhooks.models import WebhookDelivery, WebhookEndpoint

REQUESTED, GONE, FAILING = "requested", "gone", "failing"
MOST_LETTERS = 20
_UNSEEN = {"synchronize_session": False}


async def stop(ctx: Context, endpoint: WebhookEndpoint, reason: str) -> None:
    """Disable an endpoint: what waits for it is cancelled. Unless somebody asked for it, its people get a letter."""
    endpoint.state, endpoint.reason, endpoint.disabled_at = "disabled", reason, ctx.now
    endpoint.failing_since = None
    await lines.quit_line(ctx, endpoint.id)
    await cancel_waiting(ctx, endpoint.id)
    ctx.record("webhook_endpoint.disabled", endpoint, reason=reason)
    if reason != REQUESTED:
        for person_id in await _to_be_told(ctx, endpoint):
            about: Any = {"endpoint_id": endpoint.id, "person_id": person_id, "reason": reason}
            await jobs.enqueue(ctx, "webhooks.tell_disabled", **about)


async def cancel_waiting(ctx: Context, endpoint_id: UUID) -> None:
    """Nothing that waits for this endpoint is delivered any more."""
    waiting = (WebhookDelivery.endpoint_id == endpoint_id, WebhookDelivery.state == "pending")
    await ctx.db.execute(
        update(WebhookDelivery).where(*waiting).values(state="cancelled").execution_options(**_UNSEEN)
    )


async def _to_be_told(ctx: Context, endpoint: WebhookEndpoint) -> list[UUID]:
    admins = Person.organization_role.in_(("owner", "admin"))
    who: Any = admins if endpoint.person_id is None else or_(admins, Person.id == endpoint.person_id)
    reached = (Person.state == "active", Person.email.is_not(None), who)
    return list(
        await ctx.db.scalars(select(Person.id).where(*reached).order_by(Person.id).limit(MOST_LETTERS))
    )


@jobs.job("webhooks.tell_disabled")
async def tell_disabled(house: House, due: jobs.Due) -> None:
    """Write to one person that an endpoint was disabled, and why."""
    endpoint_id, person_id = UUID(due.payload["endpoint_id"]), UUID(due.payload["person_id"])
    async with house.acting(house.system(due.organization_id), writes=False) as ctx:
        found = (
            await ctx.db.execute(
                select(WebhookEndpoint.url, WebhookEndpoint.description, Person.email, Organization.name)
                .select_from(WebhookEndpoint)
                .join(Person, Person.id == person_id)
                .join(Organization, Organization.id == WebhookEndpoint.organization_id)
                .where(WebhookEndpoint.id == endpoint_id, Person.state == "active", Person.email.is_not(None))
            )
        ).one_or_none()
    if found is not None:
        url, description, email, name = found
        facts = {
            "url": url,
            "description": description,
            "organization": name,
            "reason": due.payload["reason"],
        }
        await house.mailer.send(letter(__package__, "webhook_disabled", str(email), **facts))

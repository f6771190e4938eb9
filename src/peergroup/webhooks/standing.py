"""Whom an endpoint follows, and whether they may still read: nothing goes out that they could not ask for now."""

import datetime as dt
from typing import Any

from sqlalchemy import select

from peergroup.access.models import Credential
from peergroup.access.tokens import SERVICES
from peergroup.feed import policy as feed
from peergroup.feed.visibility import Reader, person_or_service
from peergroup.kit.context import Context, Principal
from peergroup.kit.problems import forbidden
from peergroup.people.models import Person
from peergroup.webhooks import policy
from peergroup.webhooks.models import WebhookEndpoint

KEYS = ("key", "service")
"""Credentials that an endpoint can follow; what a device is signed in with is its person."""
CREDENTIAL_ENDED, STANDING_ENDED = "credential_ended", "standing_ended"


def require_reading(ctx: Context) -> None:
    """Refuse with 403 a credential that may have webhooks and not read what they would be told."""
    if not ctx.principal.has_scope(feed.READ.scope):
        raise forbidden(f"This credential lacks the scope {feed.READ.scope}.")


def reader_of(endpoint: WebhookEndpoint) -> Reader:
    """As whom the feed is read for an endpoint."""
    return person_or_service(endpoint.person_id)


def followed(endpoint: Any) -> Any:
    """What decides whether the registrant of this endpoint still counts: a select of one row."""
    return (
        select(
            WebhookEndpoint.credential_id,
            Credential.kind,
            Credential.scopes,
            Credential.revoked_at,
            Credential.expires_at,
            WebhookEndpoint.person_id,
            Person.state.label("person_state"),
            Person.organization_role,
        )
        .outerjoin(
            Credential,
            (Credential.organization_id == WebhookEndpoint.organization_id)
            & (Credential.id == WebhookEndpoint.credential_id),
        )
        .outerjoin(
            Person,
            (Person.organization_id == WebhookEndpoint.organization_id)
            & (Person.id == WebhookEndpoint.person_id),
        )
        .where(WebhookEndpoint.id == endpoint)
    )


async def ended(ctx: Context, endpoint: WebhookEndpoint) -> str | None:
    """Why nothing may be told to this endpoint any more; None while its registrant may have it and may read."""
    row = (await ctx.db.execute(followed(endpoint.id))).one()
    return judged(row, endpoint, ctx.now)


def judged(row: Any, endpoint: WebhookEndpoint, now: dt.datetime) -> str | None:
    """The verdict on a row of `followed`."""
    if row.credential_id is not None:
        expired = row.expires_at is not None and row.expires_at <= now
        if row.kind is None or row.revoked_at is not None or expired:
            return CREDENTIAL_ENDED
    if row.person_id is not None and row.person_state != "active":
        return STANDING_ENDED
    registrant = Principal(
        endpoint.organization_id,
        "service" if row.kind in SERVICES else "person",
        row.person_id,
        row.credential_id,
        None if row.scopes is None else frozenset(row.scopes),
        row.organization_role,
    )
    asked = (policy.WEBHOOKS, feed.READ)
    holds = all(one.allows(registrant) and registrant.has_scope(one.scope) for one in asked)
    return None if holds else STANDING_ENDED

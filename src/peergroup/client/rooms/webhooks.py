"""Other systems are told what happened, as far as whoever registered them may know it.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, overload

from peergroup.client import answers
from peergroup.client.asking import ABSENT, Ask, given, segment
from peergroup.client.course import nothing

if TYPE_CHECKING:
    from peergroup.client.asking import Absent, Id, Match
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.pages import Listing, Page
    from peergroup.client.records import NotChanged, Record
    from peergroup.client.synchronous import Peergroup


class Webhooks:
    """Other systems are told what happened, as far as whoever registered them may know it."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    def create_endpoint(
        self,
        *,
        url: str,
        description: str | Absent | None = ABSENT,
        types: Sequence[str] | Absent = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.WebhookEndpointWithSecret:
        """Register an address that is told what you may read.

        It hears what you, or the key you use, find in `GET /v1/events`, from now on and as long as
        that is so: with the key revoked or the standing lost, nothing more is sent. The secret is
        shown this once; with it the receiver verifies the signatures (Standard Webhooks).

        `POST /v1/webhook-endpoints`, operation `create_webhook_endpoint`.

        Args:
            url: Where to send to: an https address of a host on the internet, without user name or
                password.
            description: What it is for.
            types: Only these types of events; `person.*` stands for all that begin so. Empty: all
                you may read.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                "/v1/webhook-endpoints",
                answers.WebhookEndpointWithSecret,
                body=given(url=url, description=description, types=types),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def list_endpoints(
        self, *, limit: int | None = None, cursor: str | None = None
    ) -> Page[answers.WebhookEndpointOut]:
        """The registered addresses: all of them for admins, its own for a service key.

        `GET /v1/webhook-endpoints`, operation `list_webhook_endpoints`.

        Args:
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                "/v1/webhook-endpoints",
                answers.WebhookEndpointOut,
                query={"limit": limit, "cursor": cursor},
            )
        )

    @overload
    def get_endpoint(self, endpoint_id: Id, *, if_none_match: None = None) -> answers.WebhookEndpointOut: ...
    @overload
    def get_endpoint(
        self, endpoint_id: Id, *, if_none_match: str | Record
    ) -> answers.WebhookEndpointOut | NotChanged: ...
    def get_endpoint(
        self, endpoint_id: Id, *, if_none_match: Match = None
    ) -> answers.WebhookEndpointOut | NotChanged:
        """One registered address.

        `GET /v1/webhook-endpoints/{endpoint_id}`, operation `get_webhook_endpoint`.

        Args:
            endpoint_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return self._speaker.send(
            Ask(
                "GET",
                f"/v1/webhook-endpoints/{segment(endpoint_id)}",
                answers.WebhookEndpointOut,
                if_none_match=if_none_match,
            )
        )

    def update_endpoint(
        self,
        endpoint_id: Id,
        *,
        url: str | Absent = ABSENT,
        description: str | Absent | None = ABSENT,
        types: Sequence[str] | Absent = ABSENT,
        state: Literal["enabled", "disabled"] | Absent = ABSENT,
        if_match: Match = None,
    ) -> answers.WebhookEndpointOut:
        """Change an address, what it is told, or whether it is told anything.

        What follows a person is theirs to change; other admins may disable or delete it.

        `PATCH /v1/webhook-endpoints/{endpoint_id}`, operation `update_webhook_endpoint`.

        Args:
            endpoint_id: Identifier of the resource.
            url: Where to send to from now on.
            description: What it is for.
            types: Only these types of events from now on.
            state: `disabled` stops everything; `enabled` begins again with what happens from then
                on.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/webhook-endpoints/{segment(endpoint_id)}",
                answers.WebhookEndpointOut,
                body=given(url=url, description=description, types=types, state=state),
                is_patch=True,
                if_match=if_match,
            )
        )

    def delete_endpoint(self, endpoint_id: Id, *, if_match: Match = None) -> None:
        """Remove an address: nothing more is sent to it.

        `DELETE /v1/webhook-endpoints/{endpoint_id}`, operation `delete_webhook_endpoint`.

        Args:
            endpoint_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask("DELETE", f"/v1/webhook-endpoints/{segment(endpoint_id)}", nothing, if_match=if_match)
        )

    def test_endpoint(
        self, endpoint_id: Id, *, idempotency_key: str | None = None
    ) -> answers.WebhookDeliveryOut:
        """Send an address a message of type `webhook.test`.

        `POST /v1/webhook-endpoints/{endpoint_id}/test`, operation `test_webhook_endpoint`.

        Args:
            endpoint_id: Identifier of the resource.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/webhook-endpoints/{segment(endpoint_id)}/test",
                answers.WebhookDeliveryOut,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def rotate_secret(
        self, endpoint_id: Id, *, overlap_hours: int | Absent = ABSENT, idempotency_key: str | None = None
    ) -> answers.WebhookEndpointWithSecret:
        """Give an address a new secret, shown this once, while the one before signs for some hours
        more.

        `POST /v1/webhook-endpoints/{endpoint_id}/rotate-secret`, operation `rotate_webhook_secret`.

        Args:
            endpoint_id: Identifier of the resource.
            overlap_hours: For so many hours both secrets sign every message; 0 ends the old one at
                once.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/webhook-endpoints/{segment(endpoint_id)}/rotate-secret",
                answers.WebhookEndpointWithSecret,
                body=given(overlap_hours=overlap_hours),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def list_deliveries(
        self,
        endpoint_id: Id,
        *,
        state: Literal["pending", "delivered", "failed", "withheld", "cancelled"] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Page[answers.WebhookDeliveryOut]:
        """What was delivered to an address in the last thirty days, and what still is to be, the
        newest first.

        Of an address that follows a person, only they see this: it tells what happened where they
        are.

        `GET /v1/webhook-endpoints/{endpoint_id}/deliveries`, operation `list_webhook_deliveries`.

        Args:
            endpoint_id: Identifier of the resource.
            state: Only deliveries in this state.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/webhook-endpoints/{segment(endpoint_id)}/deliveries",
                answers.WebhookDeliveryOut,
                query={"state": state, "limit": limit, "cursor": cursor},
            )
        )

    def redeliver(self, delivery_id: Id, *, idempotency_key: str | None = None) -> answers.WebhookDeliveryOut:
        """Send one event again at once, under the same `webhook-id`.

        `POST /v1/webhook-deliveries/{delivery_id}/redeliver`, operation `redeliver_webhook`.

        Args:
            delivery_id: Identifier of the resource.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/webhook-deliveries/{segment(delivery_id)}/redeliver",
                answers.WebhookDeliveryOut,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )


class AsyncWebhooks:
    """Other systems are told what happened, as far as whoever registered them may know it."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    async def create_endpoint(
        self,
        *,
        url: str,
        description: str | Absent | None = ABSENT,
        types: Sequence[str] | Absent = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.WebhookEndpointWithSecret:
        """Register an address that is told what you may read.

        It hears what you, or the key you use, find in `GET /v1/events`, from now on and as long as
        that is so: with the key revoked or the standing lost, nothing more is sent. The secret is
        shown this once; with it the receiver verifies the signatures (Standard Webhooks).

        `POST /v1/webhook-endpoints`, operation `create_webhook_endpoint`.

        Args:
            url: Where to send to: an https address of a host on the internet, without user name or
                password.
            description: What it is for.
            types: Only these types of events; `person.*` stands for all that begin so. Empty: all
                you may read.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                "/v1/webhook-endpoints",
                answers.WebhookEndpointWithSecret,
                body=given(url=url, description=description, types=types),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def list_endpoints(
        self, *, limit: int | None = None, cursor: str | None = None
    ) -> Listing[answers.WebhookEndpointOut]:
        """The registered addresses: all of them for admins, its own for a service key.

        `GET /v1/webhook-endpoints`, operation `list_webhook_endpoints`.

        Args:
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                "/v1/webhook-endpoints",
                answers.WebhookEndpointOut,
                query={"limit": limit, "cursor": cursor},
            )
        )

    @overload
    async def get_endpoint(
        self, endpoint_id: Id, *, if_none_match: None = None
    ) -> answers.WebhookEndpointOut: ...
    @overload
    async def get_endpoint(
        self, endpoint_id: Id, *, if_none_match: str | Record
    ) -> answers.WebhookEndpointOut | NotChanged: ...
    async def get_endpoint(
        self, endpoint_id: Id, *, if_none_match: Match = None
    ) -> answers.WebhookEndpointOut | NotChanged:
        """One registered address.

        `GET /v1/webhook-endpoints/{endpoint_id}`, operation `get_webhook_endpoint`.

        Args:
            endpoint_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return await self._speaker.send(
            Ask(
                "GET",
                f"/v1/webhook-endpoints/{segment(endpoint_id)}",
                answers.WebhookEndpointOut,
                if_none_match=if_none_match,
            )
        )

    async def update_endpoint(
        self,
        endpoint_id: Id,
        *,
        url: str | Absent = ABSENT,
        description: str | Absent | None = ABSENT,
        types: Sequence[str] | Absent = ABSENT,
        state: Literal["enabled", "disabled"] | Absent = ABSENT,
        if_match: Match = None,
    ) -> answers.WebhookEndpointOut:
        """Change an address, what it is told, or whether it is told anything.

        What follows a person is theirs to change; other admins may disable or delete it.

        `PATCH /v1/webhook-endpoints/{endpoint_id}`, operation `update_webhook_endpoint`.

        Args:
            endpoint_id: Identifier of the resource.
            url: Where to send to from now on.
            description: What it is for.
            types: Only these types of events from now on.
            state: `disabled` stops everything; `enabled` begins again with what happens from then
                on.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/webhook-endpoints/{segment(endpoint_id)}",
                answers.WebhookEndpointOut,
                body=given(url=url, description=description, types=types, state=state),
                is_patch=True,
                if_match=if_match,
            )
        )

    async def delete_endpoint(self, endpoint_id: Id, *, if_match: Match = None) -> None:
        """Remove an address: nothing more is sent to it.

        `DELETE /v1/webhook-endpoints/{endpoint_id}`, operation `delete_webhook_endpoint`.

        Args:
            endpoint_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask("DELETE", f"/v1/webhook-endpoints/{segment(endpoint_id)}", nothing, if_match=if_match)
        )

    async def test_endpoint(
        self, endpoint_id: Id, *, idempotency_key: str | None = None
    ) -> answers.WebhookDeliveryOut:
        """Send an address a message of type `webhook.test`.

        `POST /v1/webhook-endpoints/{endpoint_id}/test`, operation `test_webhook_endpoint`.

        Args:
            endpoint_id: Identifier of the resource.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/webhook-endpoints/{segment(endpoint_id)}/test",
                answers.WebhookDeliveryOut,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def rotate_secret(
        self, endpoint_id: Id, *, overlap_hours: int | Absent = ABSENT, idempotency_key: str | None = None
    ) -> answers.WebhookEndpointWithSecret:
        """Give an address a new secret, shown this once, while the one before signs for some hours
        more.

        `POST /v1/webhook-endpoints/{endpoint_id}/rotate-secret`, operation `rotate_webhook_secret`.

        Args:
            endpoint_id: Identifier of the resource.
            overlap_hours: For so many hours both secrets sign every message; 0 ends the old one at
                once.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/webhook-endpoints/{segment(endpoint_id)}/rotate-secret",
                answers.WebhookEndpointWithSecret,
                body=given(overlap_hours=overlap_hours),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def list_deliveries(
        self,
        endpoint_id: Id,
        *,
        state: Literal["pending", "delivered", "failed", "withheld", "cancelled"] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Listing[answers.WebhookDeliveryOut]:
        """What was delivered to an address in the last thirty days, and what still is to be, the
        newest first.

        Of an address that follows a person, only they see this: it tells what happened where they
        are.

        `GET /v1/webhook-endpoints/{endpoint_id}/deliveries`, operation `list_webhook_deliveries`.

        Args:
            endpoint_id: Identifier of the resource.
            state: Only deliveries in this state.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/webhook-endpoints/{segment(endpoint_id)}/deliveries",
                answers.WebhookDeliveryOut,
                query={"state": state, "limit": limit, "cursor": cursor},
            )
        )

    async def redeliver(
        self, delivery_id: Id, *, idempotency_key: str | None = None
    ) -> answers.WebhookDeliveryOut:
        """Send one event again at once, under the same `webhook-id`.

        `POST /v1/webhook-deliveries/{delivery_id}/redeliver`, operation `redeliver_webhook`.

        Args:
            delivery_id: Identifier of the resource.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/webhook-deliveries/{segment(delivery_id)}/redeliver",
                answers.WebhookDeliveryOut,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

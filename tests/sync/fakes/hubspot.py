"""HubSpot as its makers document it, as far as contacts are read.

- Lists, paging and archived contacts: https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/basic/get-crm-v3-objects-contacts
- Search, its filters and its limits (200 a page, 10,000 in all, an index that lags):
  https://developers.hubspot.com/docs/api-reference/search/guide
- Refusals and limits: https://developers.hubspot.com/docs/api-reference/error-handling and
  https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines
- Tokens: https://developers.hubspot.com/docs/api-reference/auth-oauth-v1/tokens/post-oauth-v1-token
"""

import base64
import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.sync.fakes.vendor import BEGINNING, Told, Vendor, form_of

THROTTLED = {
    "status": "error",
    "message": "You have reached your ten_secondly_rolling limit.",
    "errorType": "RATE_LIMIT",
    "correlationId": "c033cdaa-2c40-4a64-ae48-b4cec88dad24",
    "policyName": "TEN_SECONDLY_ROLLING",
}
DAILY = THROTTLED | {"message": "You have reached your daily limit.", "policyName": "DAILY"}
EXPIRED = {
    "status": "error",
    "message": "The OAuth token used to make this call expired 7 second(s) ago.",
    "correlationId": "1d3f5a0e-9d2f-4a2b-8b1c-6d1f5f2f2b11",
    "category": "EXPIRED_AUTHENTICATION",
}
MOVING = {"status": "error", "message": "This account is being migrated."}


@dataclass
class Contact:
    """One contact; `properties` as the API gives them."""

    id: int
    properties: dict[str, Any]
    modified: dt.datetime = BEGINNING
    archived_at: dt.datetime | None = None


@dataclass
class HubSpotAccount(Vendor):
    """An account with contacts. `lag` is how far the search index is behind."""

    contacts: dict[int, Contact] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=lambda: {"pat-one"})
    grant: dict[str, str] = field(
        default_factory=lambda: {
            "grant_type": "refresh_token",
            "refresh_token": "refresh-one",
            "client_id": "app",
            "client_secret": "app-secret",
        }
    )
    granted: int = 0
    lag: dt.timedelta = dt.timedelta(0)
    issued: set[str] = field(default_factory=set)
    used: list[str] = field(default_factory=list)
    deepest: int = 0
    searched: list[dt.datetime] = field(default_factory=list)

    def routes(self) -> list[Route]:
        contacts = "/crm/v3/objects/contacts"
        return [
            Route(contacts, self._list, methods=["GET"]),
            Route(f"{contacts}/search", self._search, methods=["POST"]),
            Route("/oauth/v1/token", self._token, methods=["POST"]),
        ]

    def keep(self, id_: int, **properties: Any) -> Contact:
        """A contact made or changed now."""
        known = self.contacts.get(id_) or Contact(id_, {"hs_object_id": str(id_)})
        known.properties |= properties
        known.modified = self.now
        self.contacts[id_] = known
        return known

    def archive(self, id_: int) -> None:
        self.contacts[id_].archived_at = self.now

    def merge(self, into: int, *ids: int) -> None:
        """Today's merging: the contacts are archived, and a new one takes their place."""
        self.keep(into, **self.contacts[ids[0]].properties | {"hs_object_id": str(into)})
        self.keep(into, hs_merged_object_ids=";".join(map(str, ids)))
        for id_ in ids:
            self.archive(id_)

    def new_walk(self) -> None:
        """From here on, pages may be asked for that were asked for before."""
        self.used.clear()

    async def _list(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        asked = dict(request.query_params)
        limit, is_archived = asked.pop("limit", "10"), asked.pop("archived", "false")
        after, names = asked.pop("after", None), asked.pop("properties", "").split(",")
        if (
            asked
            or not limit.isdecimal()
            or not 1 <= int(limit) <= 100
            or is_archived not in ("true", "false")
        ):
            return self._bad(f"limit {limit}, archived {is_archived}, {sorted(asked)}")
        if after is not None and after not in self.issued:
            return self._bad(f"unknown cursor {after}")
        if (place := f"{is_archived} {after}") in self.used:
            return self._bad(f"asked again for the page behind {place}")
        self.used.append(place)
        begin = 0 if after is None else _opened(after, is_archived)
        if begin is None:
            return self._bad(f"cursor {after} of another list")
        found = [one for one in self._kept(is_archived == "true") if one.id > begin]
        page = found[: int(limit)]
        body: dict[str, Any] = {"results": [_shown(one, names) for one in page]}
        if len(found) > len(page):
            body["paging"] = {"next": {"after": self._cursor(is_archived, page[-1].id), "link": "https://…"}}
        return Told(body)

    async def _search(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        self.searched = [at for at in self.searched if self.now - at < dt.timedelta(seconds=1)] + [self.now]
        if len(self.searched) > 5:
            self.complain("more than five searches a second")
            return Told(THROTTLED | {"policyName": "SECONDLY"}, 429)
        asked = await request.json()
        limit, offset = asked.get("limit", 10), int(asked.get("after") or 0)
        if not 1 <= limit <= 200:
            return self._bad(f"search with limit {limit}")
        if offset + limit > 10_000:
            return self._bad(f"search beyond 10,000: {offset} and {limit}")
        self.deepest = max(self.deepest, offset + limit)
        if len(asked.get("sorts", ())) > 1 or not 1 <= len(asked["filterGroups"]) <= 5:
            return self._bad("more sorts or filter groups than are taken")
        indexed = [one for one in self._kept(False) if one.modified <= self.now - self.lag]
        found = [
            one for one in indexed if any(_fits(one, group["filters"]) for group in asked["filterGroups"])
        ]
        for sort in asked.get("sorts", ()):
            found.sort(
                key=lambda one: _number(one, sort["propertyName"]), reverse=sort["direction"] != "ASCENDING"
            )
        page = found[offset : offset + limit]
        body: dict[str, Any] = {
            "total": len(found),
            "results": [_shown(c, asked["properties"]) for c in page],
        }
        if len(found) > offset + limit:
            body["paging"] = {"next": {"after": str(offset + limit)}}
        return Told(body)

    async def _token(self, request: Request) -> Response:
        if await form_of(request) != self.grant:
            return Told({"status": "BAD_REFRESH_TOKEN", "message": "missing or unknown"}, 400)
        self.granted += 1
        token = f"granted-{self.granted}"
        self.tokens = {token}
        return Told({"access_token": token, "expires_in": 1800, "token_type": "bearer"})

    def _refused(self, request: Request) -> Response | None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme != "Bearer":
            self.complain("asked without a token")
        return None if scheme == "Bearer" and token in self.tokens else Told(EXPIRED, 401)

    def _bad(self, what: str) -> Response:
        self.complain(what)
        return Told({"status": "error", "message": what, "category": "VALIDATION_ERROR"}, 400)

    def _kept(self, is_archived: bool) -> list[Contact]:
        return [
            self.contacts[id_]
            for id_ in sorted(self.contacts)
            if _is_archived(self.contacts[id_]) is is_archived
        ]

    def _cursor(self, is_archived: str, id_: int) -> str:
        cursor = base64.b64encode(f"{is_archived}/{id_}".encode()).decode()
        self.issued.add(cursor)
        return cursor


def _is_archived(contact: Contact) -> bool:
    return contact.archived_at is not None


def _opened(cursor: str, is_archived: str) -> int | None:
    of, _, id_ = base64.b64decode(cursor).decode().partition("/")
    return int(id_) if of == is_archived else None


def _shown(contact: Contact, names: list[str]) -> dict[str, Any]:
    """As the API shows it: properties that are empty are null."""
    shown: dict[str, Any] = {
        "id": str(contact.id),
        "properties": {name: contact.properties.get(name) for name in names if name},
        "createdAt": BEGINNING.isoformat().replace("+00:00", "Z"),
        "updatedAt": contact.modified.isoformat().replace("+00:00", "Z"),
        "archived": _is_archived(contact),
    }
    if contact.archived_at:
        shown["archivedAt"] = contact.archived_at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return shown


def _number(contact: Contact, name: str) -> int:
    known = {"hs_object_id": contact.id, "lastmodifieddate": int(contact.modified.timestamp() * 1_000)}
    return known[name]


def _fits(contact: Contact, filters: list[dict[str, str]]) -> bool:
    return all(
        _number(contact, one["propertyName"]) >= int(one["value"]) + (one["operator"] == "GT")
        for one in filters
        if one["operator"] in ("GT", "GTE")
    )

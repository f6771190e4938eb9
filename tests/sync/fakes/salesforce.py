"""Salesforce as its makers document it, as far as contacts are read.

- Queries, deleted records and the address of the next ones:
  https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_queryall.htm and
  https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_queryall_more_results.htm
- What a lost locator is answered with: https://help.salesforce.com/s/articleView?id=000004410&type=1
- Refusals: https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm
- Tokens: https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_client_credentials_flow.htm
"""

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.sync.fakes.vendor import BEGINNING, Told, Vendor, form_of

EXPIRED = [{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}]
SPENT = [{"message": "TotalRequests Limit exceeded.", "errorCode": "REQUEST_LIMIT_EXCEEDED"}]
DOWN = [{"message": "The server is temporarily unavailable", "errorCode": "SERVER_UNAVAILABLE"}]
LOST = [{"message": "invalid query locator", "errorCode": "INVALID_QUERY_LOCATOR"}]
_NAME = r"[A-Za-z_.]+"
_QUERY = re.compile(
    rf"SELECT (?P<fields>{_NAME}(?:, {_NAME})*) FROM Contact"
    r"(?: WHERE (?P<conditions>.+))? ORDER BY Id"
)
_CONDITION = re.compile(
    r"SystemModstamp >= (?P<since>\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z)|Id > '(?P<after>[A-Za-z0-9]{15,18})'"
)
FIELDS = {
    "Id",
    "IsDeleted",
    "MasterRecordId",
    "Name",
    "FirstName",
    "LastName",
    "Email",
    "Title",
    "Account.Name",
    "Account.Industry",
    "Seniority__c",
}


@dataclass
class Contact:
    """One contact; `fields` by their path, what it refers to behind dots."""

    id: str
    fields: dict[str, Any]
    modified: dt.datetime = BEGINNING
    is_deleted: bool = False


@dataclass
class SalesforceOrganization(Vendor):
    """An organization with contacts, given out `batch` at a time."""

    contacts: dict[str, Contact] = field(default_factory=dict)
    batch: int = 2_000
    fields: set[str] = field(default_factory=lambda: set(FIELDS))
    tokens: set[str] = field(default_factory=set)
    grant: dict[str, str] = field(
        default_factory=lambda: {
            "grant_type": "client_credentials",
            "client_id": "3MVG9",
            "client_secret": "consumer-secret",
        }
    )
    granted: int = 0
    locators: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    followed: set[str] = field(default_factory=set)
    opened: int = 0
    queries: list[str] = field(default_factory=list)

    def routes(self) -> list[Route]:
        return [
            Route("/services/data/{version}/queryAll", self._query, methods=["GET"]),
            Route("/services/data/{version}/query/{locator}", self._more, methods=["GET"]),
            Route("/services/oauth2/token", self._token, methods=["POST"]),
        ]

    def keep(self, number: int, **fields: Any) -> Contact:
        """A contact made or changed now; `Account_Name` stands for `Account.Name`."""
        id_ = id_of(number)
        known = self.contacts.get(id_) or Contact(id_, {"Id": id_})
        known.fields |= {name.replace("Account_", "Account."): value for name, value in fields.items()}
        known.modified = self.now
        self.contacts[id_] = known
        return known

    def delete(self, number: int) -> None:
        """Into the recycle bin."""
        contact = self.contacts[id_of(number)]
        contact.is_deleted, contact.modified = True, self.now

    def merge(self, into: int, number: int) -> None:
        """The one goes into the recycle bin, and says into which other it went."""
        self.delete(number)
        self.contacts[id_of(number)].fields["MasterRecordId"] = id_of(into)

    def lose_locators(self) -> None:
        self.locators.clear()

    async def _query(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        soql = request.query_params.get("q", "")
        self.queries.append(soql)
        parsed = _QUERY.fullmatch(soql)
        if parsed is None:
            return self._bad("MALFORMED_QUERY", f"cannot read: {soql}")
        fields = parsed["fields"].split(", ")
        if len({name.casefold() for name in fields}) < len(fields):
            return self._bad("MALFORMED_QUERY", f"duplicate field selected: {fields}")
        if unknown := [name for name in fields if name not in self.fields]:
            message = f"No such column '{unknown[0]}' on entity 'Contact'."
            return Told([{"message": message, "errorCode": "INVALID_FIELD"}], 400)
        found = [self.contacts[id_] for id_ in sorted(self.contacts)]
        for condition in (parsed["conditions"] or "").split(" AND ") if parsed["conditions"] else ():
            known = _CONDITION.fullmatch(condition)
            if known is None:
                return self._bad("MALFORMED_QUERY", f"cannot read: {condition}")
            found = [one for one in found if _fits(one, known)]
        return self._page([_shown(one, fields) for one in found], len(found))

    async def _more(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        locator = request.path_params["locator"]
        left = self.locators.get(locator)
        if left is None:
            return Told(LOST, 400)
        if locator in self.followed:
            self.complain(f"asked again for the page behind {locator}")
        self.followed.add(locator)
        return self._page(left, len(left))

    def _page(self, records: list[dict[str, Any]], total: int) -> Response:
        body: dict[str, Any] = {"totalSize": total, "done": len(records) <= self.batch}
        body["records"] = records[: self.batch]
        if not body["done"]:
            self.opened += 1
            locator = f"01gRO0000016PIAYA2-{self.opened}"
            self.locators[locator] = records[self.batch :]
            body["nextRecordsUrl"] = f"/services/data/v63.0/query/{locator}"
        return Told(body)

    async def _token(self, request: Request) -> Response:
        if await form_of(request) != self.grant:
            refused = {"error": "invalid_client", "error_description": "invalid client credentials"}
            return Told(refused, 400)
        self.granted += 1
        token = f"00Dxx!{self.granted}"
        self.tokens = {token}
        return Told({"access_token": token, "instance_url": "https://…", "token_type": "Bearer"})

    def _refused(self, request: Request) -> Response | None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme != "Bearer":
            self.complain("asked without a token")
        return None if scheme == "Bearer" and token in self.tokens else Told(EXPIRED, 401)

    def _bad(self, code: str, what: str) -> Response:
        self.complain(what)
        return Told([{"message": what, "errorCode": code}], 400)


def id_of(number: int) -> str:
    """An id of 18 characters, in the order of the numbers."""
    return f"003Hr00000{number:05d}IAB"


def _fits(contact: Contact, condition: re.Match[str]) -> bool:
    if condition["after"]:
        return contact.id > condition["after"]
    return contact.modified >= dt.datetime.fromisoformat(condition["since"])


def _shown(contact: Contact, fields: list[str]) -> dict[str, Any]:
    """As the API shows it: what the contact refers to is an object of its own, or null."""
    shown: dict[str, Any] = {"attributes": {"type": "Contact", "url": f"/services/data/…/{contact.id}"}}
    for path in fields:
        first, dot, rest = path.partition(".")
        if not dot:
            shown[path] = contact.is_deleted if path == "IsDeleted" else contact.fields.get(path)
        elif any(name.startswith(f"{first}.") for name in contact.fields):
            shown.setdefault(first, {"attributes": {"type": first}})[rest] = contact.fields.get(path)
        else:
            shown[first] = None
    return shown

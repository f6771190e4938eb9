"""HubSpot: contacts through the CRM API v3, with a service key, a private app's token, or an app's OAuth grant.

What its makers say, and what follows from it:

- Lists page by an opaque `after`, at most 100 a page; archived contacts are a list of their own.
- Merging makes a contact with a new reference, which names those that went into it; they are archived. So the archive
  comes first, and then who is there, and was there under other references.
- Only the search knows when a contact was changed. It gives at most 200 a page and refuses to page beyond 10,000,
  and an import may change more than that in one millisecond. So it is never paged: every request asks for the
  first page behind the highest reference seen.
- It takes five requests a second, whoever asks.
- Its index lags behind the contacts; the overlap of two walks covers that.
- References of new contacts need not be higher than others: what comes in meanwhile is the next delta's.
"""

import datetime as dt
import re
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any, Final

from peergroup.sync.sources.calling import Answer, Calls, judge_status
from peergroup.sync.sources.cursors import Cursor, unknown
from peergroup.sync.sources.patience import Verdict
from peergroup.sync.sources.protocol import SourcePage, SourceRecord, broken
from peergroup.sync.sources.shapes import a_flag, a_list, a_text, an_object, fitting, said
from peergroup.sync.sources.walking import Turn, walk

ADDRESS: Final = "https://api.hubapi.com"
TOKENS: Final = "/oauth/v1/token"
CONTACTS: Final = "/crm/v3/objects/contacts"
REFERENCE: Final = "hs_object_id"
PROPERTIES: Final = (
    "firstname",
    "lastname",
    "email",
    "company",
    "jobtitle",
    "industry",
    "hs_timezone",
)
LISTED: Final = 100
FOUND: Final = 200
APART: Final = 0.25
"""Seconds from one search to the next."""
_MERGED: Final = "hs_merged_object_ids"
_PRESENT: Final = "present"
_PROPERTY: Final = re.compile(r"[a-z][a-z0-9_]{0,99}")
_ID: Final = re.compile(r"[0-9]{1,20}")


def judge(answer: Answer) -> Verdict:
    """What an answer means; 477 is an account on the move between data centres, 423 one that is busy.

    A limit per day is not waited for.
    """
    if answer.status == 429 and answer.code() == "DAILY":
        return Verdict.EXHAUSTED
    return Verdict.THROTTLED if answer.status in (423, 477) else judge_status(answer)


class HubSpot:
    """The contacts of one HubSpot account. `properties` are asked for beside those that are always."""

    kind = "hubspot"

    def __init__(self, calls: Calls, properties: Iterable[str] = ()) -> None:
        self._calls = calls
        own = fitting(properties, _PROPERTY)
        self.columns: tuple[str, ...] = tuple(dict.fromkeys((REFERENCE, *PROPERTIES, *own)))

    def pages(self, cursor: str | None) -> AsyncIterator[SourcePage]:
        """Those that were archived, then the contacts."""
        return walk(self.kind, cursor, self._turn)

    async def _turn(self, at: Cursor) -> Turn:
        is_archive = at.stage != _PRESENT
        is_search = at.since is not None and not is_archive
        answer = await (self._search(at) if is_search else self._list(at))
        if answer.status == 400 and at.after and not is_search:
            raise unknown()
        told = an_object(answer.value("a page of contacts"), "the page")
        found = [an_object(one, "a contact") for one in a_list(told.get("results"), "results")]
        behind = _behind(told, found, is_search=is_search, after=at.after)
        if is_archive:
            records = [_removed(_id(one)) for one in found if _is_news(one, at.since)]
            onward = at.entering(_PRESENT)
        else:
            records = [record for one in found for record in self._records(one)]
            onward = None
        return Turn(records, self._calls.time_of(answer), onward if behind is None else at.behind(behind))

    async def _list(self, at: Cursor) -> Answer:
        params = {
            "limit": str(LISTED),
            "archived": "false" if at.stage == _PRESENT else "true",
            "properties": ",".join((*self.columns, _MERGED)),
        }
        return await self._calls.ask(
            "GET", CONTACTS, params=params | ({"after": at.after} if at.after else {})
        )

    async def _search(self, at: Cursor) -> Answer:
        since = _milliseconds(at.since) if at.since else "0"
        changed = {"propertyName": "lastmodifieddate", "operator": "GTE", "value": since}
        if at.after and not _ID.fullmatch(at.after):
            raise unknown()
        behind = {"propertyName": REFERENCE, "operator": "GT", "value": at.after or "0"}
        asked = {
            "filterGroups": [{"filters": [changed, behind]}],
            "sorts": [{"propertyName": REFERENCE, "direction": "ASCENDING"}],
            "properties": [*self.columns, _MERGED],
            "limit": FOUND,
        }
        return await self._calls.ask("POST", f"{CONTACTS}/search", apart=APART, json=asked)

    def _records(self, one: dict[str, Any]) -> Iterator[SourceRecord]:
        """The contact, and those that went into it."""
        id_ = _id(one)
        if a_flag(one.get("archived", False), "archived"):
            yield _removed(id_)
            return
        given = an_object(one.get("properties"), "a contact's properties")
        texts = {name: said(given.get(name), f"the property {name}") for name in self.columns}
        texts[REFERENCE] = id_
        yield SourceRecord(id_, {name: text for name, text in texts.items() if text})
        for merged in said(given.get(_MERGED), f"the property {_MERGED}").replace(" ", "").split(";"):
            if _ID.fullmatch(merged) and merged != id_:
                yield _removed(merged, into=id_)


def _id(one: dict[str, Any]) -> str:
    id_ = a_text(one.get("id"), "a contact's id", longest=20)
    if not _ID.fullmatch(id_):
        raise broken("a number as a contact's id")
    return id_


def _removed(id_: str, into: str | None = None) -> SourceRecord:
    return SourceRecord(id_, {REFERENCE: id_}, is_removed=True, merged_into=into)


def _is_news(one: dict[str, Any], since: dt.datetime | None) -> bool:
    """Whether it was archived after the time to which a delta looks back; where nobody says, it may have been."""
    told = one.get("archivedAt")
    if since is None or told is None:
        return True
    try:
        at = dt.datetime.fromisoformat(a_text(told, "archivedAt", longest=40))
    except ValueError:
        raise broken("an instant as archivedAt") from None
    return at.replace(tzinfo=at.tzinfo or dt.UTC) >= since


def _behind(told: dict[str, Any], found: list[dict[str, Any]], *, is_search: bool, after: str) -> str | None:
    """The place behind this page; None where there is nothing more in this part of the walk."""
    paging = told.get("paging")
    following = an_object(paging, "paging").get("next") if paging is not None else None
    if following is None:
        return None
    place = a_text(an_object(following, "paging.next").get("after"), "paging.next.after")
    if is_search:
        ids = [int(_id(one)) for one in found]
        if not ids or ids != sorted(set(ids)) or ids[0] <= int(after or "0"):
            raise broken("contacts in the order of their ids, each once")
        place = str(ids[-1])
    if place == after:
        raise broken("another page after each page")
    return place


def _milliseconds(at: dt.datetime) -> str:
    """As HubSpot's filters want times."""
    return str(int(at.timestamp() * 1_000))

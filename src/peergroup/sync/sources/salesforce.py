"""Salesforce: contacts through the REST API's queries, with a client's own grant or a refresh token.

What its makers say, and what follows from it:

- `queryAll` tells of deleted records too, as long as they lie in the recycle bin (15 days), and
  of those that were merged, into which one.
- An answer holds up to 2,000 records and the address of the next ones; that address is good for two days, and for
  as long as the user has few others open. So it is followed within one process only, and where it is lost, the
  query is asked anew behind the last record that came.
- Records come in the order of their ids, in deltas too: an order by the time of change would move a record that is
  changed meanwhile, and with it out of sight. Id and time together need no tie-break.
- `SystemModstamp` is set when a record is saved, not when the transaction commits; the overlap covers that.
"""

import datetime as dt
import re
from collections.abc import AsyncIterator, Iterable
from typing import Any, Final

from peergroup.sync.sources.calling import Answer, Calls, judge_status
from peergroup.sync.sources.cursors import Cursor, unknown
from peergroup.sync.sources.patience import Verdict
from peergroup.sync.sources.protocol import SourcePage, SourceRecord, broken
from peergroup.sync.sources.shapes import a_flag, a_list, a_text, an_object, at_path, fitting, said
from peergroup.sync.sources.walking import Turn, walk

VERSION: Final = "v63.0"
QUERY: Final = f"/services/data/{VERSION}/queryAll"
TOKENS: Final = "/services/oauth2/token"
REFERENCE: Final = "Id"
PROPERTIES: Final = (
    "Name",
    "FirstName",
    "LastName",
    "Email",
    "Title",
    "Account.Name",
    "Account.Industry",
)
_STATE: Final = ("IsDeleted", "MasterRecordId")
_PROPERTY: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,79}(\.[A-Za-z][A-Za-z0-9_]{0,79}){0,4}")
_ID: Final = re.compile(r"[A-Za-z0-9]{15}([A-Za-z0-9]{3})?")
_ONWARD: Final = re.compile(r"/services/data/v[0-9]{1,3}\.0/query(?:All)?/[A-Za-z0-9-]{1,200}")


def judge(answer: Answer) -> Verdict:
    """What an answer means; a spent contingent is told as one that is forbidden."""
    if answer.status == 403 and answer.code() == "REQUEST_LIMIT_EXCEEDED":
        return Verdict.THROTTLED
    return judge_status(answer)


class Salesforce:
    """The contacts that one user of a Salesforce organization may see. `properties` (`Seniority__c`,
    `Account.Region__c`) are asked for beside those that are always.
    """

    kind = "salesforce"

    def __init__(self, calls: Calls, properties: Iterable[str] = ()) -> None:
        self._calls = calls
        always = (REFERENCE, *PROPERTIES)
        # SOQL does not tell small letters from capitals, and refuses to select a field twice.
        taken = {name.casefold() for name in (*always, *_STATE)}
        own = {
            name.casefold(): name for name in fitting(properties, _PROPERTY) if name.casefold() not in taken
        }
        self.columns: tuple[str, ...] = (*always, *own.values())

    def pages(self, cursor: str | None) -> AsyncIterator[SourcePage]:
        """The contacts in the order of their ids, deleted ones among them."""
        return walk(self.kind, cursor, _Query(self._calls, self.columns).turn)


class _Query:
    """One query, and the address of its next records while there is one."""

    def __init__(self, calls: Calls, columns: tuple[str, ...]) -> None:
        self._calls, self._columns = calls, columns
        self._onward: str | None = None

    async def turn(self, at: Cursor) -> Turn:
        if at.after and not _ID.fullmatch(at.after):
            raise unknown()
        answer = await self._asked(at)
        told = an_object(answer.value("a page of contacts"), "the page")
        found = [an_object(one, "a contact") for one in a_list(told.get("records"), "records")]
        is_over = a_flag(told.get("done"), "done")
        self._onward = None if is_over else _onward(told)
        records = [self._record(one) for one in found]
        last = records[-1].external_id if records else at.after
        if not is_over and last == at.after:
            raise broken("other contacts on each page")
        return Turn(records, self._calls.time_of(answer), None if is_over else at.behind(last))

    async def _asked(self, at: Cursor) -> Answer:
        if self._onward is not None:
            answer = await self._calls.ask("GET", self._onward)
            if answer.status == 200 or answer.code() != "INVALID_QUERY_LOCATOR":
                return answer
        answer = await self._calls.ask("GET", QUERY, params={"q": _soql(self._columns, at)})
        if answer.code() == "INVALID_FIELD":
            raise broken(f"the fields {', '.join(self._columns)} to be there and visible to this user")
        return answer

    def _record(self, one: dict[str, Any]) -> SourceRecord:
        id_ = _id(one.get("Id"))
        if a_flag(one.get("IsDeleted"), "IsDeleted"):
            master = one.get("MasterRecordId")
            into = None if master is None else _id(master)
            return SourceRecord(id_, {REFERENCE: id_}, is_removed=True, merged_into=into)
        texts = {name: said(at_path(one, name), f"the field {name}") for name in self._columns}
        return SourceRecord(id_, {name: text for name, text in texts.items() if text})


def _id(value: Any) -> str:
    id_ = a_text(value, "a contact's Id", longest=18)
    if not _ID.fullmatch(id_):
        raise broken("15 or 18 letters and digits as a contact's Id")
    return id_


def _onward(told: dict[str, Any]) -> str:
    """The address of the next records. It is a path, and stays on the same machine: the token goes along."""
    onward = a_text(told.get("nextRecordsUrl"), "nextRecordsUrl")
    if not _ONWARD.fullmatch(onward):
        raise broken("the path of a query as nextRecordsUrl")
    return onward


def _soql(columns: tuple[str, ...], at: Cursor) -> str:
    conditions = [f"SystemModstamp >= {_literal(at.since)}"] if at.since else []
    conditions += [f"Id > '{at.after}'"] if at.after else []
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    # Names are of letters, digits, dots and underscores, times of digits, ids of letters and digits.
    return f"SELECT {', '.join((*columns, *_STATE))} FROM Contact{where} ORDER BY Id"  # noqa: S608


def _literal(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

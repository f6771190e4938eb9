"""Tryton: parties through the REST API of trytond, with the key of a user application.

What its source says (trytond/protocols/rest.py, 8.2), and what follows from it:

- A search takes a domain, an order and a size; asking behind the highest id seen needs no offsets.
- Without `active_test` turned off in the context, neither inactive parties are found nor those of which an inactive
  contact mechanism was changed.
- A party's own `email` may be an inactive mechanism's: the first active one is taken from the mechanisms themselves.
- Changing a mechanism leaves its party's `write_date` alone, so a delta asks for both.
- Times are those at which a transaction began, in UTC; the overlap covers what commits later.
"""

import base64
import datetime as dt
import json
import re
from collections.abc import AsyncIterator, Iterable
from typing import Any, Final
from urllib.parse import quote

from peergroup.sync.sources.calling import Answer, Calls
from peergroup.sync.sources.cursors import Cursor, unknown
from peergroup.sync.sources.protocol import SourcePage, SourceRecord, broken
from peergroup.sync.sources.shapes import a_count, a_flag, a_list, an_object, at_path, fitting, said
from peergroup.sync.sources.walking import Turn, walk

REFERENCE: Final = "id"
PROPERTIES: Final = ("name", "email")
FOUND: Final = 500
_REPLACED: Final = "replaced_by"
_MECHANISMS: Final = "contact_mechanisms"
_PROPERTY: Final = re.compile(r"[a-z][a-z0-9_]{0,59}(\.[a-z][a-z0-9_]{0,59}){0,3}")
_TIMES: Final = ("write_date", "create_date", f"{_MECHANISMS}.write_date", f"{_MECHANISMS}.create_date")


class Tryton:
    """The parties that one user of a Tryton database may see. `properties` (`code`, `lang.code`) are asked for
    beside those that are always.
    """

    kind = "tryton"

    def __init__(self, calls: Calls, database: str, properties: Iterable[str] = ()) -> None:
        self._calls = calls
        self._path = f"/{quote(database, safe='')}/rest/model/party.party"
        own = fitting(properties, _PROPERTY)
        self.columns: tuple[str, ...] = tuple(dict.fromkeys((REFERENCE, *PROPERTIES, *own)))

    def pages(self, cursor: str | None) -> AsyncIterator[SourcePage]:
        """The parties in the order of their ids, inactive ones among them."""
        return walk(self.kind, cursor, self._turn)

    async def _turn(self, at: Cursor) -> Turn:
        answer = await self._search(at)
        found = a_list(answer.value("a page of parties"), "the page")
        parties = [an_object(one, "a party") for one in found]
        ids = [a_count(one.get("id"), "a party's id") for one in parties]
        if ids != sorted(set(ids)) or (ids and ids[0] <= _after(at)) or len(ids) > FOUND:
            raise broken(f"at most {FOUND} parties in the order of their ids, each once")
        onward = at.behind(str(ids[-1])) if len(ids) == FOUND else None
        return Turn([self._record(one) for one in parties], self._calls.time_of(answer), onward)

    async def _search(self, at: Cursor) -> Answer:
        domain: list[Any] = [["id", ">", _after(at)]]
        if at.since is not None:
            domain.append(["OR", *([name, ">=", _tryton_time(at.since)] for name in _TIMES)])
        asked = {name for name in self.columns if name != "email"} | {"active", _REPLACED}
        asked |= {f"{_MECHANISMS}.{name}" for name in ("type", "value", "active")}
        params = [("f", name) for name in sorted(asked)]
        params += [("d", _encoded(domain)), ("o", _encoded([[REFERENCE, "ASC"]])), ("s", str(FOUND))]
        context = {"X-Tryton-Context": _encoded({"active_test": False})}
        return await self._calls.ask("GET", self._path, params=params, headers=context)

    def _record(self, party: dict[str, Any]) -> SourceRecord:
        id_ = str(party["id"])
        if not a_flag(party.get("active"), "active"):
            other = party.get(_REPLACED)
            into = None if other is None else str(a_count(other, _REPLACED))
            return SourceRecord(id_, {REFERENCE: id_}, is_removed=True, merged_into=into)
        texts = {
            name: said(at_path(party, name), f"the field {name}") for name in self.columns if name != "email"
        }
        texts["email"] = _email(party)
        return SourceRecord(id_, {name: text for name, text in texts.items() if text})


def _after(at: Cursor) -> int:
    if not re.fullmatch(r"[0-9]{0,18}", at.after):
        raise unknown()
    return int(at.after or 0)


def _email(party: dict[str, Any]) -> str:
    """The first active address, in Tryton's own order."""
    for one in a_list(party.get(_MECHANISMS), _MECHANISMS):
        mechanism = an_object(one, "a contact mechanism")
        if mechanism.get("type") == "email" and a_flag(mechanism.get("active"), "active"):
            return said(mechanism.get("value"), "a contact mechanism's value")
    return ""


def _encoded(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


def _tryton_time(at: dt.datetime) -> dict[str, Any]:
    """An instant as trytond's JSON writes it: in UTC, without saying so."""
    at = at.astimezone(dt.UTC)
    parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
    return {"__class__": "datetime"} | {part: getattr(at, part) for part in parts}

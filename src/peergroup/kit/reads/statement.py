"""How a hot read is written: what it selects, whose standing decides, and what it answers."""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from peergroup.kit.compiled import Row, Values, given
from peergroup.kit.context import House, Principal, Token
from peergroup.kit.ids import Id

CREDENTIAL = given("credential", Id())


@dataclass(frozen=True)
class Who:
    """The credential as the beginning of every hot read.

    `statement` selects the row of `CREDENTIAL`, `judge(row, token, house)` makes a principal of that row or
    refuses it with 401, and `principal` is the same over columns, for conditions in SQL.
    """

    statement: Any
    principal: Principal
    judge: Callable[[Row | None, Token, House], Principal]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, when, and in which house. As much of a `Context` as presenting something asks for."""

    house: House
    principal: Principal
    now: dt.datetime


class Answer(NamedTuple):
    """What a hot read found: JSON as it goes out; the version for its ETag; for pages the next cursor."""

    body: bytes
    version: int | None = None
    next_cursor: str | None = None


class Read(ABC):
    """One hot read. What it does not answer, the route's ordinary endpoint does: every refusal, for one."""

    def values(self, query: Mapping[str, str]) -> Values | None:
        """The parameters in the query string; None where the ordinary endpoint should look at it."""
        return None if query else {}

    @abstractmethod
    def select(self, who: Who) -> Any:
        """`who.statement` with further columns and outer joins: a row comes back whatever is found."""

    @abstractmethod
    def standing(self, principal: Principal, row: Row) -> Any:
        """The reader's standing, for the route's policy; None where there is no such thing for them."""

    @abstractmethod
    def answer(self, reader: Reader, standing: Any, rows: Sequence[Row]) -> Answer | None:
        """The answer for somebody whom the policy admits; None where the ordinary endpoint should look."""

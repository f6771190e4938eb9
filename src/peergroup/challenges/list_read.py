"""The hot read of a group's challenges: a page is one statement with the credential and the standing."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Integer

from peergroup.challenges.answers import ChallengeBrief
from peergroup.challenges.finding import Beside, covered_for, with_columns
from peergroup.challenges.models import Challenge
from peergroup.challenges.presenting import BRIEF, Members, brief
from peergroup.facilitation.models import Exercise
from peergroup.facilitation.row import ReadExercise
from peergroup.groups.models import Group
from peergroup.groups.standing import Standing, standing_columns, standing_from
from peergroup.kit.compiled import NOW, Row, Values, given
from peergroup.kit.context import Principal
from peergroup.kit.ids import Id
from peergroup.kit.pagination import MOST, Paging, decode, encode
from peergroup.kit.problems import Problem
from peergroup.kit.reads.rows import Fields, Table, around, in_order, written
from peergroup.kit.reads.statement import Answer, Read, Reader, Who
from peergroup.kit.wire import Page

_GROUP_ID, _LIMIT, _BEFORE = given("group_id", Id()), given("limit", Integer()), given("before", Id())
_NEWEST = str(UUID(int=2**128 - 1))
_NUMBER = re.compile(r"[1-9][0-9]{0,2}")
_OF_EXERCISE = ("state", "confidentiality", "contribution_count")


class ChallengesOfGroup(Read):
    """`queries.list_challenges` without filters, said in SQL."""

    def values(self, query: Mapping[str, str]) -> Values | None:
        limit = query.get("limit", str(Paging().limit))
        if not set(query) <= {"limit", "cursor"} or not _NUMBER.fullmatch(limit) or int(limit) > MOST:
            return None
        try:
            before = str(*decode(query["cursor"], [UUID])) if "cursor" in query else _NEWEST
        except Problem:
            return None
        return {"limit": int(limit) + 1, "before": before}

    def select(self, who: Who) -> Any:
        reader = who.principal
        mine, own, standing = standing_columns(reader.person_id, NOW)
        self._page = Table(_page(around(reader.person_id)))
        return (
            who.statement.outerjoin(Group, Group.id == _GROUP_ID)
            .outerjoin(mine, own)
            .add_columns(*standing, Group.id, _LIMIT, self._page.json)
        )

    def standing(self, principal: Principal, row: Row) -> Standing | None:
        return None if row[6] is None else standing_from(row[6], row, principal)

    def answer(self, _reader: Reader, standing: Standing, rows: Sequence[Row]) -> Answer:
        *_, asked_for, text = rows[0]
        found = self._page.entries(text)
        shown = found[: asked_for - 1]
        following = encode([shown[-1].id]) if len(found) == asked_for else None
        items = [_listed(str(standing.person_id), one) for one in shown]
        body = written(Page, {"items": items, "next_cursor": following})
        return Answer(body, next_cursor=following)


def _page(me: Any) -> Any:
    of_exercise = [getattr(Exercise, name).label(f"exercise_{name}") for name in _OF_EXERCISE]
    columns = (*(getattr(Challenge, name) for name in BRIEF), Challenge.owner_id, *of_exercise)
    here = (Challenge.group_id == _GROUP_ID, Challenge.id < _BEFORE, covered_for(me))
    return with_columns(me, *columns).where(*here).order_by(Challenge.id.desc()).limit(_LIMIT)


def _listed(me: str, one: Fields) -> Members:
    exercise = None
    if one.exercise_id is not None:
        exercise = ReadExercise(_OF_EXERCISE, (getattr(one, f"exercise_{name}") for name in _OF_EXERCISE))
    near = Beside(one.owner_name, one.seconded_by is not None, exercise)
    return in_order(ChallengeBrief, brief(me, one, near))


CHALLENGES_OF_GROUP = ChallengesOfGroup()

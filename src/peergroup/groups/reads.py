"""The hot read of groups: one group with its roster, in one statement with the credential and the standing."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import orjson
from sqlalchemy import case

from peergroup.groups.lifecycles import GROUP
from peergroup.groups.models import Group
from peergroup.groups.roster import people_of
from peergroup.groups.schemas import GroupOut, RosterEntry
from peergroup.groups.standing import Standing, standing_columns, standing_from
from peergroup.kit.compiled import NOW, Row, given
from peergroup.kit.context import Principal
from peergroup.kit.ids import Id
from peergroup.kit.reads.shapes import listed, shaped, with_members
from peergroup.kit.reads.statement import Answer, Read, Reader, Who
from peergroup.kit.wire import Named

_GROUP_ID = given("group_id", Id())


class _State(NamedTuple):
    state: str


class GroupWithRoster(Read):
    """`queries.find_group` and `queries.show_group`, said in SQL."""

    def select(self, who: Who) -> Any:
        reader = who.principal
        mine, own, columns = standing_columns(reader.person_id, NOW)
        standing = standing_from(_GROUP_ID, columns, reader)
        sees_all: Any = standing.reads_roster
        people = people_of(_GROUP_ID, standing).subquery()
        roster = listed(
            RosterEntry,
            membership_id=people.c.membership_id,
            person=shaped(Named, id=people.c.person_id, name=people.c.name),
            role=people.c.role,
            state=people.c.state,
        )
        members = {
            name: getattr(Group, name) for name in GroupOut.model_fields if name not in ("roster", _LATER)
        }
        members |= {"focus": case((sees_all, Group.focus)), "roster": roster}
        group = shaped(GroupOut, later=(_LATER,), **members)
        return (
            who.statement.outerjoin(Group, Group.id == _GROUP_ID)
            .outerjoin(mine, own)
            .add_columns(*columns, Group.id, Group.version, group)
        )

    def standing(self, principal: Principal, row: Row) -> Standing | None:
        if (group_id := row[6]) is None:
            return None
        standing = standing_from(group_id, row, principal)
        return standing if standing.is_found else None

    def answer(self, _reader: Reader, standing: Standing, rows: Sequence[Row]) -> Answer:
        *_, version, group = rows[0]
        allowed = GROUP.allowed(standing, _State(standing.group_state))
        return Answer(with_members(group, **{_LATER: orjson.dumps(allowed)}), version)


_LATER = "allowed_actions"
GROUP_WITH_ROSTER = GroupWithRoster()

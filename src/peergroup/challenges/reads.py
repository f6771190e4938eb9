"""The hot read of one challenge with its whole thread: one statement with the credential and the standing."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_

from peergroup.challenges.answers import ChallengeOut
from peergroup.challenges.finding import Beside, covered_for
from peergroup.challenges.models import Challenge, Second
from peergroup.challenges.presenting import BRIEF, NO_THREAD, WHOLE, Members, brains, more, whole
from peergroup.challenges.queries import MOST_SHOWN, credits_of
from peergroup.commitments.models import Commitment
from peergroup.commitments.queries import PLAIN, shown_beside, with_what_is_shown
from peergroup.commitments.visibility import readable_by
from peergroup.facilitation.circle import Circle
from peergroup.facilitation.models import Exercise
from peergroup.facilitation.reads import ThreadRead
from peergroup.facilitation.sealed_models import ExerciseKey
from peergroup.facilitation.thread import shown_exercise
from peergroup.groups.models import Group
from peergroup.groups.standing import Standing, standing_columns, standing_from
from peergroup.kit.compiled import NOW, ORGANIZATION, Row, given
from peergroup.kit.context import Principal
from peergroup.kit.ids import Id
from peergroup.kit.reads.rows import Columns, Fields, Table, around, written
from peergroup.kit.reads.statement import Answer, Read, Reader, Who
from peergroup.people.models import Person

_CHALLENGE_ID = given("challenge_id", Id())
_CHALLENGE = (*BRIEF, *WHOLE, "owner_id", "protocol", "reason", "released_text", "released_at")


class _Promise(Fields):
    """The columns of a promise, with what is shown beside it."""

    is_unnamed = Commitment.is_unnamed


class WholeChallenge(Read):
    """`finding.find_challenge` and `queries.show_challenge`, said in SQL. Guests take the ordinary way."""

    def select(self, who: Who) -> Any:
        reader = who.principal
        mine, own, standing = standing_columns(reader.person_id, NOW)
        me, exercise_id = around(reader.person_id), around(Challenge.exercise_id)
        self._challenge = Columns(11, _CHALLENGE)
        self._thread = ThreadRead(self._challenge.end, exercise_id, me, MOST_SHOWN)
        self._promises = Table(_promises(me, exercise_id), owner_id=UUID, by_on=dt.date.fromisoformat)
        self._credits = Table(credits_of(around(Challenge.id)))
        return (
            who.statement.outerjoin(Challenge, Challenge.id == _CHALLENGE_ID)
            .outerjoin(Group, Group.id == Challenge.group_id)
            .outerjoin(mine, own)
            .outerjoin(Person, Person.id == Challenge.owner_id)
            .outerjoin(Exercise, Exercise.id == Challenge.exercise_id)
            .outerjoin(ExerciseKey, ExerciseKey.exercise_id == Exercise.id)
            .outerjoin(
                Second, and_(Second.challenge_id == Challenge.id, Second.person_id == reader.person_id)
            )
            .add_columns(*standing, Group.id, covered_for(reader.person_id), Person.name, Second.person_id)
            .add_columns(ExerciseKey.wrapped, *(getattr(Challenge, name) for name in _CHALLENGE))
            .add_columns(*self._thread.columns, self._promises.json, self._credits.json)
        )

    def standing(self, principal: Principal, row: Row) -> Standing | None:
        group_id, covered = row[6:8]
        return standing_from(group_id, row, principal) if covered else None

    def answer(self, reader: Reader, standing: Standing, rows: Sequence[Row]) -> Answer | None:
        row = rows[0]
        owner_name, seconded_by, wrapped = row[8:11]
        challenge, thread, circle = self._challenge.of(row), NO_THREAD, None
        if challenge.exercise_id is not None:
            circle = self._thread.circle(reader, row, wrapped)
            if circle is None:
                return None
            thread = self._told(reader, standing, row, circle)
        near = Beside(owner_name, seconded_by is not None, circle and circle.exercise)
        credited = self._credited(row) if challenge.committed_at is not None else []
        members = whole(standing, challenge, near, **thread, credits=credited)
        return Answer(written(ChallengeOut, members), challenge.version)

    def _told(self, reader: Reader, standing: Standing, row: Row, circle: Circle) -> Members:
        seen, following = self._thread.said(reader, row, circle, standing)
        promises = self._promises.entries(row[-2], _Promise)
        return {
            "exercise": shown_exercise(reader, circle, standing),
            "brains": brains(circle),
            "contributions_seen": seen,
            "more": more(circle.exercise.id, MOST_SHOWN, following),
            "commitments": [shown_beside(reader, one, one) for one in promises],
        }

    def _credited(self, row: Row) -> list[Members]:
        return [
            {"person": {"id": id_, "name": name}, "helped": helped}
            for id_, name, helped in self._credits.tuples(row[-1])
        ]


def _promises(me: Any, exercise_id: Any) -> Any:
    columns = (
        getattr(Commitment, name) for name in (*PLAIN, "owner_id", "group_id", "confidentiality", "history")
    )
    here = with_what_is_shown(*columns).where(
        readable_by(me, NOW, ORGANIZATION), Commitment.exercise_id == exercise_id
    )
    return here.order_by(Commitment.id).limit(MOST_SHOWN)


WHOLE_CHALLENGE = WholeChallenge()

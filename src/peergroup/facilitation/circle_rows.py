"""What one statement reads of an exercise for its circle, in SQL."""

from typing import Any

from sqlalchemy import Integer, String, func, literal, null, select, union_all
from sqlalchemy import cast as typed

from peergroup.facilitation.ballot_models import Ballot, Mark, SealedMark
from peergroup.facilitation.models import Participant, RoleTaken, Voice
from peergroup.facilitation.seen import Eyes
from peergroup.kit.ids import Id
from peergroup.people.models import Person


def rows_of(eyes: Eyes) -> Any:
    """SQL: six kinds of rows, seats, voices, roles taken, marks by ballot and voter, secret ones, closed ballots."""
    nobody, nothing, zero = typed(null(), Id()), typed(null(), String()), typed(null(), Integer())
    voice, role, mark, ballot = (one.__table__.c for one in (Voice, RoleTaken, Mark, Ballot))
    sealed = SealedMark.__table__.c

    def of(table: Any) -> tuple[Any, Any]:
        return table.organization_id == eyes.organization, table.exercise_id == eyes.exercise_id

    said = (literal("voice"), nobody, voice.phase, voice.who, voice.kind, voice.round, voice.posted)
    taken = (literal("role"), role.person_id, role.breakout, role.role, nothing, role.round, zero)
    used = (literal("used"), mark.person_id, mark.ballot, nothing, nothing, zero, func.count())
    secret = (literal("sealed"), nobody, sealed.ballot, sealed.voter, sealed.card, zero, zero)
    closed = (literal("closed"), nobody, ballot.ballot, nothing, nothing, zero, zero)
    rows = union_all(
        _seats(eyes),
        select(*said).where(*of(voice)),
        select(*taken).where(*of(role)),
        select(*used).where(*of(mark)).group_by(mark.ballot, mark.person_id),
        select(*secret).where(*of(sealed)),
        select(*closed).where(*of(ballot), ballot.is_closed),
    ).subquery()
    return select(*rows.c)


def _seats(eyes: Eyes) -> Any:
    seat, person, zero = Participant.__table__.c, Person.__table__.c, typed(null(), Integer())
    return (
        select(
            literal("seat").label("tag"),
            seat.person_id,
            person.name,
            seat.state,
            person.time_zone,
            func.coalesce(seat.out_step, -1).label("number"),
            zero.label("count"),
        )
        .join_from(
            Participant.__table__,
            Person.__table__,
            (person.organization_id == eyes.organization) & (person.id == seat.person_id),
        )
        .where(seat.organization_id == eyes.organization, seat.exercise_id == eyes.exercise_id)
    )

# fmt: off
# ruff: noqa: A003, E501, E701, E702 - so few lines that they can be read beside ours
"""The twin's challenges: the thread with a response model and eager loading, the list with a count, a post."""
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

from fastapi import HTTPException
from pydantic import BaseModel
from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from benchmarks.naive import Base, Db, Group, Me, Membership, Named, Out, Person, Stamp, app


class Contribution(Base):
    __tablename__ = "naive_contribution"
    id: Mapped[UUID] = mapped_column(primary_key=True); kind: Mapped[str]; body: Mapped[str]; phase: Mapped[str]
    exercise_id: Mapped[UUID] = mapped_column(ForeignKey("naive_exercise.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id)); author: Mapped[Person] = relationship()
    parent_id: Mapped[UUID | None]; by_on: Mapped[date | None]; created_at: Mapped[datetime]; version: Mapped[int]
    given: Mapped[list["Mark"]] = relationship(); tallies: Mapped[list["Tally"]] = relationship()
class Mark(Base):
    __tablename__ = "naive_mark"
    contribution_id: Mapped[UUID] = mapped_column(ForeignKey(Contribution.id), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True); person: Mapped[Person] = relationship()
class Tally(Base):
    __tablename__ = "naive_tally"; marks: Mapped[int]
    contribution_id: Mapped[UUID] = mapped_column(ForeignKey(Contribution.id), primary_key=True)
class Exercise(Base):
    __tablename__ = "naive_exercise"
    id: Mapped[UUID] = mapped_column(primary_key=True); group_id: Mapped[UUID] = mapped_column(ForeignKey(Group.id), index=True)
    state: Mapped[str]; mode: Mapped[str]; confidentiality: Mapped[str]; phase: Mapped[str]; participant_count: Mapped[int]
    subject_id: Mapped[UUID]; subject_title: Mapped[str]; contribution_count: Mapped[int]; version: Mapped[int]
    started_at: Mapped[datetime]; ended_at: Mapped[datetime | None]; created_at: Mapped[datetime]
    contributions: Mapped[list[Contribution]] = relationship(order_by=Contribution.id)
    commitments: Mapped[list["Commitment"]] = relationship()
class Commitment(Base):
    __tablename__ = "naive_commitment"
    id: Mapped[UUID] = mapped_column(primary_key=True); exercise_id: Mapped[UUID] = mapped_column(ForeignKey(Exercise.id), index=True)
    owner_id: Mapped[UUID]; contribution_id: Mapped[UUID]; state: Mapped[str]; body: Mapped[str]; by_on: Mapped[date]
    created_at: Mapped[datetime]; closed_at: Mapped[datetime | None]; version: Mapped[int]
class Credit(Base):
    __tablename__ = "naive_credit"
    challenge_id: Mapped[UUID] = mapped_column(ForeignKey("naive_challenge.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True); person: Mapped[Person] = relationship(); helped: Mapped[int]
class Challenge(Base):
    __tablename__ = "naive_challenge"
    id: Mapped[UUID] = mapped_column(primary_key=True); group_id: Mapped[UUID] = mapped_column(ForeignKey(Group.id), index=True)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id)); owner: Mapped[Person] = relationship()
    question: Mapped[str]; context: Mapped[str]; tried: Mapped[str]; learned: Mapped[str | None]; state: Mapped[str]
    draft: Mapped[bool]; help_wanted: Mapped[str]; importance: Mapped[int]; urgency: Mapped[int]; times_asked: Mapped[int]
    confidentiality: Mapped[str]; exercise_id: Mapped[UUID | None] = mapped_column(ForeignKey(Exercise.id)); follow_up_on: Mapped[date | None]
    outcome: Mapped[str | None]; created_at: Mapped[datetime]; started_at: Mapped[datetime | None]; committed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]; version: Mapped[int]; exercise: Mapped[Exercise | None] = relationship()
    credits: Mapped[list[Credit]] = relationship(); group: Mapped[Group] = relationship()
Some, When = str | None, Stamp | None
class MarksOut(Out): list: str; round: int = 1; count: int; mine: bool = False; by: list[Named] = []
class ContributionOut(Out):
    id: UUID; exercise_id: UUID; kind: str; body: str; author: Named; mine: bool; parent_id: UUID | None; by_on: date | None
    action: Some = None; phase: str; round: int = 1; breakout: Some = None; revealed: bool = True; after_seeing: bool = False
    recorded_by: Named | None = None; confirmed_at: When = None; revisions: list[str] = []; deleted: bool = False
    merged_into_id: UUID | None = None; dropped: Some = None; marks: list[MarksOut] = []; created_at: Stamp; version: int; allowed_actions: list[str] = []
class ProtocolOut(Out): key: str = "ten_brains"; version: int = 1; title: str = "10 brains × 1 problem"
class SubjectOut(Out): kind: str = "challenge"; id: UUID; title: str; owner: Named
class ExerciseOut(Out):
    id: UUID; group_id: UUID; state: str; mode: str; protocol: ProtocolOut = ProtocolOut(); confidentiality: str; subject: SubjectOut
    session_id: UUID | None = None; segment_id: UUID | None = None; round: int = 1; rounds: int = 1; phase: Some = None; breakout: Some = None; breakouts: list[str] = []; held: list[str] = []
    roles: list[str] = []; accepts: list[str] = []; marks: list[str] = []; board: list[str] = []; carried_over: list[str] = []
    progress: Some = None; overrides: list[str] = []; withheld: list[str] = []; opened: bool = False
    contribution_count: int; participant_count: int; started_at: Stamp; ended_at: Stamp; created_at: Stamp; version: int; allowed_actions: list[str] = []
class CommitmentOut(Out):
    id: UUID; owner: Named; mine: bool; source: str = "exercise"; group: Named; exercise_id: UUID; contribution_id: UUID; session_id: UUID | None = None
    state: str; overdue: bool = False; body: str; action: Some = None; by_on: date; due_at: Stamp; history: list[str] = []; reason: Some = None
    created_at: Stamp; closed_at: When; version: int; allowed_actions: list[str] = []
class Brains(Out): contributed: int; passed: int = 0; target: int
class CreditOut(Out): person: Named; helped: int
class Brief(Out):
    id: UUID; group_id: UUID; question: str; owner: Named; mine: bool; state: str; draft: bool; help_wanted: str; importance: int; urgency: int
    times_asked: int; seconded: bool = False; confidentiality: str; session_id: UUID | None = None; position: int | None = None
    exercise_id: UUID | None; contributions: int = 0; follow_up_on: date | None; outcome: Some; created_at: Stamp
class ChallengeOut(Brief):
    context: str; tried: str; protocol: str = "ten_brains"; reason: Some = None; learned: Some; opened: bool = False; released_text: Some = None
    released_at: When = None; started_at: When; committed_at: When; ended_at: When; exercise: ExerciseOut; brains: Brains
    contributions_seen: list[ContributionOut]; more: Some = None; commitments: list[CommitmentOut]; credits: list[CreditOut]; version: int; allowed_actions: list[str] = []
class Page(Out): items: list[Brief]; next_cursor: Some = None
class SayIn(BaseModel): kind: str; body: str; parent_id: UUID | None = None; by_on: date | None = None
async def member(db, group_id, person) -> None:
    if await db.scalar(select(Membership).filter_by(group_id=group_id, person_id=person.id)) is None: raise HTTPException(404)
def said(c, person): return {**c.__dict__, "mine": c.author_id == person.id, "allowed_actions": ["edit", "delete"] if c.author_id == person.id else [],
    "marks": [{"list": "helped", "count": len(c.given), "mine": any(m.person_id == person.id for m in c.given), "by": [m.person for m in c.given]}] * bool(c.given)
             + [{"list": "top", "count": t.marks} for t in c.tallies]}
@app.get("/v1/challenges/{challenge_id}", response_model=ChallengeOut)
async def get_challenge(challenge_id: UUID, db: Db, person: Me):
    exercise = selectinload(Challenge.exercise); each = exercise.selectinload(Exercise.contributions)
    one = await db.scalar(select(Challenge).where(Challenge.id == challenge_id).options(selectinload(Challenge.owner), selectinload(Challenge.group),
        selectinload(Challenge.credits).selectinload(Credit.person), exercise.selectinload(Exercise.commitments), each.selectinload(Contribution.author),
        each.selectinload(Contribution.given).selectinload(Mark.person), each.selectinload(Contribution.tallies)))
    if one is None: raise HTTPException(404)
    await member(db, one.group_id, person); e, owner, mine = one.exercise, one.owner, one.owner_id == person.id; helping = {c.author_id for c in e.contributions if c.phase == "contribute"}
    return {**one.__dict__, "mine": mine, "contributions": e.contribution_count, "brains": {"contributed": len(helping), "target": min(10, e.participant_count - 1)},
            "exercise": {**e.__dict__, "phase": None, "subject": {"id": e.subject_id, "title": e.subject_title, "owner": owner}},
            "contributions_seen": [said(c, person) for c in e.contributions], "credits": sorted(one.credits, key=lambda c: (-c.helped, c.person.name)),
            "commitments": [{**c.__dict__, "owner": owner, "group": one.group, "mine": mine, "due_at": datetime.combine(c.by_on + timedelta(1), time(), UTC)} for c in e.commitments]}
@app.get("/v1/groups/{group_id}/challenges", response_model=Page)
async def list_challenges(group_id: UUID, db: Db, person: Me, limit: int = 50):
    await member(db, group_id, person); count = select(func.count(Contribution.id)).where(Contribution.exercise_id == Challenge.exercise_id).scalar_subquery()
    rows = (await db.execute(select(Challenge, count).where(Challenge.group_id == group_id).options(selectinload(Challenge.owner)).order_by(Challenge.id.desc()).limit(limit))).all()
    return {"items": [{**c.__dict__, "mine": c.owner_id == person.id, "contributions": n} for c, n in rows]}
@app.post("/v1/exercises/{exercise_id}/contributions", response_model=ContributionOut, status_code=201)
async def say(exercise_id: UUID, body: SayIn, db: Db, person: Me):
    exercise = await db.get(Exercise, exercise_id)
    if exercise is None: raise HTTPException(404)
    await member(db, exercise.group_id, person)
    if exercise.state != "running": raise HTTPException(409)
    made = Contribution(id=uuid4(), exercise_id=exercise_id, author_id=person.id, author=person, phase=exercise.phase, created_at=datetime.now(UTC), version=1, **body.model_dump())
    db.add(made); await db.commit(); return {**made.__dict__, "mine": True, "revealed": False, "allowed_actions": ["edit", "delete"]}
SOURCES = {"naive_person": "person", "naive_group": '"group"', "naive_membership": "membership", "naive_challenge": "challenge", "naive_exercise": "exercise",
           "naive_contribution": "contribution", "naive_commitment": "commitment", "naive_credit": "credit",
           "naive_mark": "mark WHERE ballot = 'helped'", "naive_tally": "tally"}

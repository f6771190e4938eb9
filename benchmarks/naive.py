# fmt: off
# ruff: noqa: E701, E702 - so few lines that they can be read beside ours
"""The twin: FastAPI and the async ORM as a good engineer writes it on a first day, with none of our promises."""
import hashlib
import os
from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import Depends, FastAPI, Header, HTTPException
from pydantic import BaseModel, ConfigDict, PlainSerializer
from sqlalchemy import DateTime, ForeignKey, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload

engine = create_async_engine(os.environ["BENCHMARK_DATABASE_URL"], pool_size=8)
sessions, app = async_sessionmaker(engine, expire_on_commit=False), FastAPI()
class Base(DeclarativeBase): type_annotation_map = {datetime: DateTime(timezone=True)}
class Person(Base):
    __tablename__ = "naive_person"
    id: Mapped[UUID] = mapped_column(primary_key=True); name: Mapped[str]
class ApiKey(Base):
    __tablename__ = "naive_key"
    hash: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id)); person: Mapped[Person] = relationship()
class Group(Base):
    __tablename__ = "naive_group"
    id: Mapped[UUID] = mapped_column(primary_key=True); name: Mapped[str]; state: Mapped[str]
    focus: Mapped[str | None]; cadence: Mapped[str | None]; time_zone: Mapped[str]; capacity: Mapped[int]
    parent_id: Mapped[UUID | None]; agenda_template_id: Mapped[UUID | None]; created_at: Mapped[datetime]
    version: Mapped[int]; memberships: Mapped[list["Membership"]] = relationship(back_populates="group")
class Membership(Base):
    __tablename__ = "naive_membership"
    id: Mapped[UUID] = mapped_column(primary_key=True); role: Mapped[str]; state: Mapped[str]
    group_id: Mapped[UUID] = mapped_column(ForeignKey(Group.id), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    seat_no: Mapped[int | None]; expires_at: Mapped[datetime | None]; created_at: Mapped[datetime]; version: Mapped[int]
    group: Mapped[Group] = relationship(back_populates="memberships"); person: Mapped[Person] = relationship()
Stamp = Annotated[datetime, PlainSerializer(lambda t: t.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), return_type=str)]
class Out(BaseModel): model_config = ConfigDict(from_attributes=True)
class Named(Out): id: UUID; name: str
class Entry(Out): membership_id: UUID; person: Named; role: str; state: str
class GroupOut(Out):
    id: UUID; name: str; state: str; focus: str | None; cadence: str | None; time_zone: str; capacity: int
    parent_id: UUID | None; agenda_template_id: UUID | None; roster: list[Entry]; created_at: Stamp; version: int
    allowed_actions: list[str] = []
class MembershipOut(Out):
    id: UUID; group: Named; person: Named; role: str; state: str; seat_no: int | None; connector: Named | None = None
    expires_at: Stamp | None; reason: str | None = None; created_at: Stamp; ended_at: Stamp | None = None
    version: int; allowed_actions: list[str] = ["remove"]
class InviteIn(BaseModel): person_id: UUID; role: str = "member"
async def database():
    async with sessions() as session: yield session
Db = Annotated[AsyncSession, Depends(database)]
async def me(db: Db, authorization: Annotated[str, Header()]) -> Person:
    token = hashlib.sha256(authorization.removeprefix("Bearer ").encode()).hexdigest()
    key = await db.scalar(select(ApiKey).where(ApiKey.hash == token).options(selectinload(ApiKey.person)))
    if key is None: raise HTTPException(401)
    return key.person
Me = Annotated[Person, Depends(me)]
async def find(db, id_, person) -> tuple[Group, Membership]:
    loading = selectinload(Group.memberships).selectinload(Membership.person)
    group = await db.scalar(select(Group).where(Group.id == id_).options(loading))
    mine = next((m for m in group.memberships if m.person_id == person.id), None) if group else None
    if mine is None: raise HTTPException(404)
    return group, mine
@app.get("/v1/groups/{group_id}", response_model=GroupOut)
async def get_group(group_id: UUID, db: Db, person: Me):
    group, _ = await find(db, group_id, person)
    group.roster = [{"membership_id": m.id, "person": m.person, "role": m.role, "state": m.state}
                    for m in sorted(group.memberships, key=lambda m: (m.person.name, m.id))]
    return group
@app.post("/v1/groups/{group_id}/memberships", response_model=MembershipOut, status_code=201)
async def invite(group_id: UUID, body: InviteIn, db: Db, person: Me):
    group, mine = await find(db, group_id, person); invited = await db.get(Person, body.person_id)
    if mine.role != "moderator" or invited is None: raise HTTPException(403 if invited else 422)
    if any(m.person_id == invited.id for m in group.memberships): raise HTTPException(409)
    made = Membership(id=uuid4(), group=group, person=invited, role=body.role, state="invited", version=1,
                      created_at=(now := datetime.now(UTC)), expires_at=now + timedelta(days=14))
    db.add(made); await db.commit(); return made

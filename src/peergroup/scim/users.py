"""What directories read of people: those whom they brought in, as SCIM users."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from scim2_models import Meta, NotFoundException, ScimFilter, SearchRequest
from sqlalchemy import Select, and_, case, func, select

from peergroup.kit.context import LOCK, Context
from peergroup.people.lifecycles import LIVING
from peergroup.people.models import Company, Person
from peergroup.scim import attributes as by
from peergroup.scim import filtering
from peergroup.scim.models import ScimUser
from peergroup.scim.resources import Email, EnterpriseUser, FullUser, Name, User

SCHEMA = str(User.__schema__)
_CHANGED = case((Person.updated_at > ScimUser.updated_at, Person.updated_at), else_=ScimUser.updated_at)
ATTRIBUTES = {
    "id": by.identifier(Person.id),
    "externalid": by.exact(ScimUser.external_id),
    "username": by.folded(ScimUser.user_name_folded),
    "displayname": by.folded(case((ScimUser.shows_name, Person.name_folded))),
    "name.givenname": by.folded(ScimUser.given_name_folded),
    "name.familyname": by.folded(ScimUser.family_name_folded),
    "emails": by.folded(Person.email_folded, ordered=False),
    "emails.value": by.folded(Person.email_folded, ordered=False),
    "emails.type": by.folded(case((Person.email.is_not(None), ScimUser.email_type)), ordered=False),
    "emails.primary": by.truth(and_(Person.email.is_not(None), func.coalesce(ScimUser.email_primary, False))),
    "active": by.truth(Person.state == "active"),
    "meta.resourcetype": by.constant("User"),
    "meta.created": by.moment(ScimUser.created_at),
    "meta.lastmodified": by.moment(_CHANGED),
}


@dataclass(frozen=True)
class Known:
    """A person with what the directory calls them, and the name of their company."""

    person: Person
    link: ScimUser
    company: str | None

    @property
    def version(self) -> str:
        return f'W/"{self.person.version}-{self.link.version}"'

    @property
    def changed_at(self) -> dt.datetime:
        return max(self.person.updated_at, self.link.updated_at)


def _everybody() -> Select[Any]:
    query: Any = (
        select(Person, ScimUser, Company.name)
        .join(ScimUser, ScimUser.person_id == Person.id)
        .outerjoin(Company, Company.id == Person.company_id)
        .where(Person.state.in_(LIVING), ScimUser.dropped_at.is_(None))
    )
    selected: Select[Any] = query
    return selected


async def find(ctx: Context, user_id: str, *, lock: bool = False) -> Known:
    """Somebody whom the directory brought in; 404 for everybody else, whoever they are."""
    try:
        query = _everybody().where(Person.id == UUID(user_id))
    except ValueError:
        raise NotFoundException from None
    if lock:
        query = query.with_for_update(of=[Person, ScimUser], **LOCK)
    row = (await ctx.db.execute(query.execution_options(populate_existing=True))).one_or_none()
    if row is None:
        raise NotFoundException(detail="There is no such user here")
    return Known(*row)


def matching(asked: ScimFilter[Any] | None) -> Any:
    """The condition of a search."""
    return filtering.condition(asked, ATTRIBUTES, SCHEMA)


def order(search: SearchRequest[Any]) -> list[Any]:
    """The order of a search."""
    return filtering.order(search, ATTRIBUTES, SCHEMA, Person.id)


async def count(ctx: Context, condition: Any) -> int:
    """How many users meet a condition."""
    query = _everybody().with_only_columns(func.count(), maintain_column_froms=True).where(condition)
    return int((await ctx.db.execute(query)).scalar_one())


async def some(ctx: Context, condition: Any, order: Sequence[Any], offset: int, limit: int) -> list[FullUser]:
    """A page of the users who meet a condition."""
    query = _everybody().where(condition).order_by(*order).offset(offset).limit(limit)
    return [show(Known(*row)) for row in (await ctx.db.execute(query)).all()]


def show(known: Known) -> FullUser:
    """A user as directories see them."""
    person, link = known.person, known.link
    name = Name(formatted=link.formatted_name, family_name=link.family_name, given_name=link.given_name)
    address = Email(value=person.email, type=link.email_type, primary=link.email_primary)
    shown: Any = FullUser(
        id=str(person.id),
        external_id=link.external_id,
        user_name=link.user_name,
        name=name if any((link.formatted_name, link.family_name, link.given_name)) else None,
        display_name=person.name if link.shows_name else None,
        title=person.job_title,
        timezone=person.time_zone,
        active=person.state == "active" if link.shows_active else None,
        emails=[address] if person.email else None,
        meta=Meta(
            resource_type="User",
            created=link.created_at,
            last_modified=known.changed_at,
            version=known.version,
        ),
    )
    if known.company is not None:
        shown[EnterpriseUser] = EnterpriseUser(organization=known.company)
    user: FullUser = shown
    return user

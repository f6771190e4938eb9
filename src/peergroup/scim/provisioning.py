"""Bringing people in as a directory has them, changing them, and taking them out. Nobody is ever merged by it.

A directory knows whom it brought in. Somebody who is here already (by hand, from a CRM) is known to it from the
moment at which it provisions them: by their user name of earlier times, else by their address.
"""

from typing import Any

from pydantic import ValidationError
from sqlalchemy import Select, false, or_, select
from sqlalchemy.exc import IntegrityError

from peergroup.kit.context import Context
from peergroup.kit.lifecycle import perform
from peergroup.kit.problems import Problem
from peergroup.kit.text import fold, is_email
from peergroup.people import actions as people
from peergroup.people.lifecycles import LIVING, PERSON
from peergroup.people.models import Person
from peergroup.people.problems import EMAIL_TAKEN
from peergroup.people.schemas import PersonIn, PersonPatch
from peergroup.scim import profiles
from peergroup.scim.models import ScimUser
from peergroup.scim.refusals import NAME_TAKEN
from peergroup.scim.resources import FullUser
from peergroup.scim.users import Known, find, show

LINKED = ["references"]
"""What changes of a person when a directory comes to know them otherwise."""


async def create(ctx: Context, user: FullUser) -> Known:
    """Bring somebody in: made, or the one who was here already under this user name or address."""
    name, email = profiles.user_name_of(user), profiles.email_of(user)
    called = await _called(ctx, name)
    if called is not None and called.dropped_at is None:
        raise _name_taken()
    person = await _meant(ctx, called, name, email)
    wanted = {field: value for field, value in profiles.person_of(user).items() if value is not None}
    if person is None:
        person = await _made(ctx, {"name": name[:200]} | wanted)
        link = None
    else:
        # Read once the person is held: somebody else may have brought them in a moment ago.
        link = await ctx.db.scalar(select(ScimUser).where(ScimUser.person_id == person.id))
        if link is not None and link.dropped_at is None:
            raise _of_somebody_else()
        await _change_person(ctx, person, wanted)
        ctx.record("person.updated", person, changed=LINKED)
    if called is not None and called is not link:
        await _free(ctx, called)
    await _tie(ctx, link or _new(ctx, person), user)
    await _set_active(ctx, person, user.active is not False)
    return await find(ctx, str(person.id))


async def _called(ctx: Context, user_name: str) -> ScimUser | None:
    """Who is, or once was, called so by the directory."""
    query = select(ScimUser).where(ScimUser.user_name_folded == fold(user_name))
    found: ScimUser | None = await ctx.db.scalar(query.with_for_update(key_share=True))
    return found


async def _meant(ctx: Context, link: ScimUser | None, name: str, email: str | None) -> Person | None:
    """The person meant by a user name and an address: None where nobody is.

    Where they mean two, that is not for us to settle.
    """
    addresses = {fold(one) for one in (name, email) if one and is_email(one)}
    people = (await ctx.db.scalars(_candidates(link, addresses))).all()
    if len(people) > 1:
        raise _of_somebody_else()
    return people[0] if people else None


def _of_somebody_else() -> Problem:
    return Problem(EMAIL_TAKEN, "Another person has this userName as their address, or this address.")


def _candidates(link: ScimUser | None, addresses: set[str]) -> Select[Person]:
    once_called_so = false() if link is None else Person.id == link.person_id
    meant = or_(Person.email_folded.in_(sorted(addresses)), once_called_so)
    query = select(Person).where(Person.state.in_(LIVING), meant).order_by(Person.id)
    return query.with_for_update(key_share=True)


async def _made(ctx: Context, wanted: dict[str, Any]) -> Person:
    try:
        given = PersonIn(**wanted)
    except ValidationError as error:
        raise _refused(error) from error
    return await people.create(ctx, given)


def _new(ctx: Context, person: Person) -> ScimUser:
    return ScimUser(person_id=person.id, created_at=ctx.now, given=[], email_type="work", email_primary=True)


async def _tie(ctx: Context, link: ScimUser, user: FullUser) -> None:
    profiles.write_link(link, user)
    link.shows_name = link.shows_active = True
    link.dropped_at, link.updated_at = None, ctx.now
    ctx.db.add(link)
    await _store(ctx)


async def _free_name(ctx: Context, link: ScimUser, user_name: str) -> None:
    """See to it that a name is free for somebody, or is their own already."""
    other = await _called(ctx, user_name)
    if other is not None and other.person_id != link.person_id:
        if other.dropped_at is None:
            raise _name_taken()
        await _free(ctx, other)


async def _free(ctx: Context, link: ScimUser) -> None:
    """A name that the directory gave to somebody whom it took out is free for somebody else."""
    await ctx.db.delete(link)
    await ctx.db.flush()


async def _store(ctx: Context) -> None:
    try:
        await ctx.db.flush()
    except IntegrityError as error:
        raise _name_taken() from error


async def change(ctx: Context, known: Known, user: FullUser) -> Known:
    """Change somebody to what the directory says of them: only where that differs from what it was told."""
    person, link, told = known.person, known.link, show(known)
    if fold(link.user_name) != fold(profiles.user_name_of(user)):
        await _free_name(ctx, link, profiles.user_name_of(user))
    differs = profiles.differences(link, user, told)
    changed = profiles.write_link(link, user, told)
    if user.display_name != told.display_name:
        link.shows_name = user.display_name is not None
    if user.active != told.active:
        link.shows_active = user.active is not None
    if ctx.db.is_modified(link):
        link.updated_at = ctx.now
        await _store(ctx)
    if changed & {"user_name", "external_id"}:
        ctx.record("person.updated", person, changed=LINKED)
    await _change_person(ctx, person, differs)
    if user.active is not None:
        await _set_active(ctx, person, user.active)
    return await find(ctx, str(person.id))


async def _change_person(ctx: Context, person: Person, wanted: dict[str, Any]) -> None:
    address = wanted.get("email")
    if address and person.organization_role and fold(address) == person.email_folded:
        # The address of an owner or admin is theirs to change, and another spelling of it is no change.
        wanted = {field: value for field, value in wanted.items() if field != "email"}
    if wanted:
        try:
            patch = PersonPatch(**wanted)
        except ValidationError as error:
            raise _refused(error) from error
        await people.update(ctx, person.id, patch)


async def _set_active(ctx: Context, person: Person, active: bool) -> None:
    """Shut somebody out, or let them in again, by the rule that the directory decides it."""
    if active is not (person.state == "active"):
        verb, action = ("reactivate", people.reactivate) if active else ("deactivate", people.deactivate)
        await perform(ctx, PERSON, verb, person, action=action)


async def drop(ctx: Context, known: Known) -> None:
    """Take somebody out: shut out at once, and no longer known to the directory."""
    await _set_active(ctx, known.person, active=False)
    known.link.dropped_at = known.link.updated_at = ctx.now
    await ctx.db.flush()
    ctx.record("person.updated", known.person, changed=LINKED)


def _name_taken() -> Problem:
    return Problem(NAME_TAKEN, "Somebody else has this userName.")


def _refused(error: ValidationError) -> Exception:
    field = str(error.errors()[0]["loc"][0])
    said = {"job_title": "title", "time_zone": "timezone", "email": "emails", "company": "organization"}
    return profiles.refuse(said.get(field, field), error)

"""From what a directory sends of somebody to what is kept: the link, and the changes of the person."""

from typing import Any

from pydantic import TypeAdapter, ValidationError
from scim2_models import InvalidValueException
from scim2_models.exceptions import SCIMException

from peergroup.kit.text import Line, fold, is_email
from peergroup.scim.models import ScimUser
from peergroup.scim.resources import Email, EnterpriseUser, FullUser

_LINE: TypeAdapter[str] = TypeAdapter(Line)
_LONGEST_NAME = 320
OF_THE_PERSON = {
    "display_name": "displayName",
    "emails": "emails",
    "title": "title",
    "timezone": "timezone",
}
"""What directories send and the person has anyway, by field; `organization` comes beside it."""


def refuse(attribute: str, error: ValueError | None = None) -> SCIMException:
    """A value that cannot be kept. What is wrong is said, what was sent is not repeated."""
    said = "is not acceptable"
    if isinstance(error, ValidationError):
        said = error.errors()[0]["msg"].removeprefix("Value error, ")
    return InvalidValueException(attribute=attribute, detail=f"{attribute}: {said}")


def line(attribute: str, value: str | None) -> str | None:
    """One line of at most 200 characters with something to see; what is empty says nothing."""
    if value is None or not value.strip():
        return None
    try:
        return _LINE.validate_python(value)
    except ValidationError as error:
        raise refuse(attribute, error) from error


def user_name_of(user: FullUser) -> str:
    """The user name, as it was given."""
    value = (user.user_name or "").strip()
    if is_email(value):
        return value
    found = line("userName", value)
    if found is None or len(found) > _LONGEST_NAME:
        raise refuse("userName")
    return found


def address_of(user: FullUser) -> Email | None:
    """The one address that is kept of those sent: the primary one, else the one for work, else the first."""
    sent = [email for email in user.emails or () if email.value and email.value.strip()]
    primary = [email for email in sent if email.primary]
    at_work = [email for email in sent if (email.type or "").lower() == "work"]
    return next(iter([*primary, *at_work, *sent]), None)


def email_of(user: FullUser) -> str | None:
    """Where the person is reached: at the address sent, else at the user name where that is one."""
    address = address_of(user)
    if address is not None and address.value is not None:
        return address.value.strip()
    name = user_name_of(user)
    return name if is_email(name) else None


def name_of(user: FullUser) -> str | None:
    """What the groups call the person, as far as the directory says it."""
    if given := line("displayName", user.display_name):
        return given
    return _name_in_parts(user)


def _name_in_parts(user: FullUser) -> str | None:
    if user.name is None:
        return None
    both = " ".join(filter(None, (user.name.given_name, user.name.family_name)))
    return line("name.formatted", user.name.formatted) or line("name", both)


def organization_of(user: FullUser) -> str | None:
    """The name of the company."""
    extension: Any = user[EnterpriseUser]
    return None if extension is None else line("organization", extension.organization)


def person_of(user: FullUser) -> dict[str, Any]:
    """What is kept of somebody on the person, by the fields of their profile; None where it says nothing."""
    return {
        "name": name_of(user),
        "email": email_of(user),
        "job_title": line("title", user.title),
        "time_zone": line("timezone", user.timezone),
        "company": organization_of(user),
    }


def differences(link: ScimUser, user: FullUser, told: FullUser) -> dict[str, Any]:
    """What changes of the person, given what the directory was told before and says now.

    Where it never said a display name or an address of its own, both follow from the rest of what it says.
    """
    wanted, before = person_of(user), person_of(told)
    if user.display_name == told.display_name and "displayName" not in link.given:
        wanted["name"], before["name"] = _name_in_parts(user), _name_in_parts(told)
    is_at_user_name = fold(before["email"] or "") == fold(link.user_name)
    if user.emails == told.emails and "emails" not in link.given and is_at_user_name:
        wanted["email"] = user_name_of(user) if is_email(user_name_of(user)) else before["email"]
    differs = {field: value for field, value in wanted.items() if value != before[field]}
    if differs.get("name", "") is None:
        del differs["name"]  # A person keeps a name, whatever the directory leaves out.
    return differs


def write_link(link: ScimUser, user: FullUser, told: FullUser | None = None) -> set[str]:
    """Set on the link what was sent: the columns that changed. `told` is what the directory knew before."""
    names, address = user.name, address_of(user)
    wanted: dict[str, Any] = {
        "user_name": user_name_of(user),
        "external_id": line("externalId", user.external_id),
        "formatted_name": line("name.formatted", names.formatted) if names else None,
        "given_name": line("name.givenName", names.given_name) if names else None,
        "family_name": line("name.familyName", names.family_name) if names else None,
        "given": sorted({*(link.given or ()), *_given(user, told)}),
    }
    if address is not None:
        wanted |= {"email_type": line("emails.type", address.type), "email_primary": address.primary}
    changed = {name: value for name, value in wanted.items() if getattr(link, name) != value}
    for name, value in changed.items():
        setattr(link, name, value)
    return set(changed)


def _given(user: FullUser, told: FullUser | None) -> set[str]:
    """What the directory says itself, which is what it was not told before."""
    given = {
        said
        for field, said in OF_THE_PERSON.items()
        if (value := getattr(user, field)) is not None and (told is None or value != getattr(told, field))
    }
    company = organization_of(user)
    is_new = company is not None and (told is None or company != organization_of(told))
    return given | ({"organization"} if is_new else set())


def keep_what_is_not_theirs(replacement: FullUser, current: FullUser, given: list[str]) -> None:
    """What a PUT leaves out is cleared where the directory wrote it, and stays where somebody else did."""
    for field, said in OF_THE_PERSON.items():
        if getattr(replacement, field) is None and said not in given:
            setattr(replacement, field, getattr(current, field))
    if replacement.active is None:
        replacement.active = current.active
    ours: Any = EnterpriseUser
    if organization_of(replacement) is None and "organization" not in given:
        replacement[ours] = current[ours]

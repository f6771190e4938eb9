"""Who may do what with people and companies. The standing here is the principal itself."""

from peergroup.kit.policy import EVERYBODY, Policy, Role
from peergroup.organizations.policy import ADMIN, OWNER, SERVICE

SELF = Role(
    "the person",
    lambda actor, person: person is not None and actor.person_id is not None and actor.person_id == person.id,
)

DIRECTORY = Policy("read people", EVERYBODY.roles, "people:read")
"""Everybody may ask; `visibility` decides who is found."""
KEEP = Policy("keep people", (ADMIN, SERVICE), "people:write")
EDIT = Policy("change a person", (ADMIN, SERVICE, SELF), "people:write")
EDIT_IDENTITY = Policy("change a person's e-mail, company or level", (ADMIN, SERVICE), "people:write")
EDIT_OFFICER_EMAIL = Policy("change the e-mail of an owner or admin", (OWNER, SELF), "people:write")
"""Whoever sets the address may sign in with it: nobody gets above themselves that way."""
SET_ROLE = Policy("give and take organization roles", (OWNER,), "organization:write")
READ_RECEIPT = Policy("read the receipt of an erasure", (ADMIN, SERVICE), "people:read")

READ_COMPANIES = Policy("read companies", (ADMIN, SERVICE), "people:read")
KEEP_COMPANIES = Policy("keep companies", (ADMIN, SERVICE), "people:write")

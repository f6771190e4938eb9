"""Who may do what in an organization as a whole. The standing here is the principal itself."""

from peergroup.kit.policy import EVERYBODY, Policy, Role

ADMIN = Role("admin", lambda actor, _subject: actor.is_admin)
OWNER = Role("owner", lambda actor, _subject: actor.is_owner)
SERVICE = Role("service key", lambda actor, _subject: actor.is_service)

READ = EVERYBODY
EDIT = Policy("change the organization", (ADMIN, SERVICE), "organization:write")

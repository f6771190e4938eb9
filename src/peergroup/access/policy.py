"""Who may do what with credentials. The standing is the principal; for signing out, the credential used."""

from peergroup.kit.policy import EVERYBODY, Policy, Role
from peergroup.organizations.policy import ADMIN

PERSON = Role("person", lambda actor, _subject: actor.kind == "person")
DEVICE = Role("signed-in device", lambda used, _subject: used.kind == "session")

WHO_AM_I = EVERYBODY
OWN_KEYS = Policy("see, make and revoke one's own keys", (PERSON,))
SERVICE_KEYS = Policy("see, make and revoke service keys", (ADMIN,), "organization:write")
ALL_KEYS = Policy("see and revoke everybody's keys", (ADMIN,), "organization:write")
SIGN_OUT = Policy("sign a device out", (DEVICE,))
OWN_FEEDS = Policy("see, make and revoke one's own calendar feeds", (PERSON,), "sessions:read")

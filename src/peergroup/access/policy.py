"""Who may do what with credentials. The standing is the principal; for signing out, the credential used."""

from peergroup.kit.policy import EVERYBODY, Policy, Role
from peergroup.organizations.policy import ADMIN, OWNER

PERSON = Role("person", lambda actor, _subject: actor.kind == "person")
DEVICE = Role("signed-in device", lambda used, _subject: used.kind == "session")

WHO_AM_I = EVERYBODY
OWN_KEYS = Policy("see, make and revoke one's own keys", (PERSON,))
SERVICE_KEYS = Policy("see, make and revoke service keys", (ADMIN,), "organization:write")
ALL_KEYS = Policy("see and revoke everybody's keys", (ADMIN,), "organization:write")
SIGN_OUT = Policy("sign a device out", (DEVICE,))
OWN_IDENTITIES = Policy("see and unlink one's own identities", (PERSON,))
LINK = Policy("link an identity", (DEVICE,))
"""Not with a key, nor with another identity: whoever gets hold of one of those must not make a way in that stays."""
PROVIDERS_SEEN = Policy("see the organization's identity providers", (ADMIN,), "organization:write")
PROVIDERS = Policy("register and remove identity providers", (OWNER,), "organization:write")
OWN_FEEDS = Policy("see, make and revoke one's own calendar feeds", (PERSON,), "sessions:read")

"""Who may do what in a group. The standing is `groups.standing.Standing`; the subject of SELF is a membership."""

from peergroup.kit.policy import EVERYBODY, Policy, Role

ADMIN = Role("admin", lambda standing, _: standing.is_admin)
SERVICE = Role("service key", lambda standing, _: standing.is_service)
MODERATOR = Role("moderator", lambda standing, _: standing.is_moderator)
MEMBER = Role("active member", lambda standing, _: standing.is_active)
ON_LEAVE = Role("member on leave", lambda standing, _: standing.state == "on_leave")
INVITED = Role("invited person", lambda standing, _: standing.state in ("invited", "provisional"))
GUEST = Role("guest of one session", lambda standing, _: standing.is_guest)
SELF = Role(
    "the person concerned",
    lambda standing, membership: (
        standing.person_id is not None and standing.person_id == membership.person_id
    ),
)
OTHER_MODERATOR = Role(
    "moderator, not for oneself",
    lambda standing, membership: standing.is_moderator and standing.person_id != membership.person_id,
)
OTHER_ADMIN = Role(
    "admin, not for oneself",
    lambda standing, membership: standing.is_admin and standing.person_id != membership.person_id,
)

LIST = Policy("list groups", EVERYBODY.roles, "groups:read")
SEE = Policy("see a group", (ADMIN, SERVICE, MODERATOR, MEMBER, ON_LEAVE, INVITED, GUEST), "groups:read")
ROSTER = Policy("see the roster", (ADMIN, SERVICE, MODERATOR, MEMBER, ON_LEAVE), "groups:read")
FOUND = Policy("found a group", (ADMIN, SERVICE), "groups:write")
GUIDE = Policy("change focus, cadence and covenant", (MODERATOR, ADMIN, SERVICE), "groups:write")
ADMINISTER = Policy("change name, capacity and moderators", (ADMIN, SERVICE), "groups:write")
INVITE = Policy("invite", (MODERATOR, ADMIN, SERVICE), "groups:write")
SIGN = Policy("sign the covenant", (MODERATOR, MEMBER, ON_LEAVE, INVITED, GUEST), "groups:write")
ADMIT = Policy("check and waive admissions", (MODERATOR, ADMIN), "groups:write")
READ_WAIVERS = Policy("read what was waived", (MODERATOR, ADMIN), "groups:read")
READ_CASES = Policy("read cases", (MODERATOR,), "groups:read")
INTRODUCE = Policy("introduce people to each other", (MODERATOR, MEMBER), "groups:write")
OWN = Policy("see a membership", (ADMIN, SERVICE, MODERATOR, MEMBER, ON_LEAVE, SELF), "groups:read")
EDIT_MEMBERSHIP = Policy("change a membership", (MODERATOR, ADMIN, SERVICE), "groups:write")
READ_WORDS = Policy(
    "read what is said",
    (Role("active member who signed", lambda standing, _: standing.reads_words),),
    "content:read",
)
SAY = Policy(
    "say something", (Role("active member who signed", lambda standing, _: standing.says),), "content:write"
)

"""Who may do what with sessions. The standing is `groups.standing.Standing`, or `queries.Here` beside a session."""

from peergroup.groups.policy import ADMIN, MEMBER, MODERATOR, ON_LEAVE, SERVICE
from peergroup.kit.policy import Policy, Role

PROVISIONAL = Role("provisional member", lambda standing, _: standing.state == "provisional")
GUEST = Role("guest of the session", lambda standing, _: standing.is_guest)
INVITED_GUEST = Role(
    "guest invited to the session",
    lambda standing, _: standing.role == "guest" and standing.state == "invited",
)
CLAIMANT = Role(
    "active member who claimed it",
    lambda standing, session: standing.is_active and standing.person_id == session.claimed_by_id,
)
EXPECTED = Role(
    "the person concerned, taking part",
    lambda standing, person_id: standing.person_id == person_id and (standing.is_active or standing.is_guest),
)
READER = Role("reader of the group's words", lambda standing, _: standing.reads_words)
READING_MODERATOR = Role(
    "moderator who signed", lambda standing, _: standing.is_moderator and standing.reads_words
)
LEADER = Role("moderator of a group", lambda standing, _: standing.leads)
IN_A_GROUP = Role("member of a group", lambda standing, _: standing.belongs)

SEE = Policy(
    "see sessions",
    (ADMIN, SERVICE, MODERATOR, MEMBER, ON_LEAVE, PROVISIONAL, GUEST, INVITED_GUEST),
    "sessions:read",
)
SEE_SERIES = Policy("see series", (ADMIN, SERVICE, MODERATOR, MEMBER, ON_LEAVE, PROVISIONAL), "sessions:read")
SEE_ANSWERS = Policy(
    "see who comes and who was there", (ADMIN, MODERATOR, MEMBER, ON_LEAVE, GUEST), "sessions:read"
)
PLAN = Policy("plan and change sessions", (MODERATOR,), "sessions:write")
SEE_PLAN = Policy("see the plan of a year", (ADMIN, MODERATOR, MEMBER, ON_LEAVE), "sessions:read")
PLAN_YEAR = Policy("plan a group's year", (ADMIN, MODERATOR), "sessions:write")
ANSWER = Policy("say whether one comes", (EXPECTED,), "sessions:write")
MARK = Policy("mark who was there", (MODERATOR, CLAIMANT), "sessions:write")
READ_MINUTES = Policy("read minutes", (READER,), "content:read")
OPEN_MINUTES = Policy("open minutes to newcomers", (READING_MODERATOR,), "content:write")
READ_THEMES = Policy("read themes", (ADMIN, LEADER, IN_A_GROUP), "sessions:read")
READ_TEMPLATES = Policy("read agenda templates", (ADMIN, LEADER), "sessions:read")
KEEP_LIBRARY = Policy("keep themes and agenda templates", (ADMIN, LEADER), "sessions:write")

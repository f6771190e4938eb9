"""Who may do what with challenges. The standing is `groups.standing.Standing`, the subject a challenge.

An admin has no part in this: whoever reads no words here does not find a challenge.
"""

from peergroup.groups.policy import SAY
from peergroup.kit.policy import Policy, Role

READER = Role("reader of the group's words", lambda standing, _: standing.reads_words)
GUEST = Role(
    "guest of its session",
    lambda standing, challenge: (
        standing.is_guest
        and standing.signed
        and challenge is not None
        and challenge.state == "in_progress"
        and challenge.session_id is not None
        and challenge.session_id == standing.session_id
    ),
)
OWNER = Role(
    "owner of the challenge, active",
    lambda standing, challenge: standing.says and standing.person_id == challenge.owner_id,
)
RUNNER = Role(
    "moderator who does not own it",
    lambda standing, challenge: (
        standing.is_moderator and standing.says and standing.person_id != challenge.owner_id
    ),
)
OTHER = Role(
    "active member who does not own it",
    lambda standing, challenge: standing.says and standing.person_id != challenge.owner_id,
)
PERSON = Role("person", lambda actor, _: actor.person_id is not None)

LIST = Policy("read challenges", (READER,), "content:read")
READ = Policy("read a challenge", (READER, GUEST), "content:read")
PARK = Policy("park a challenge", SAY.roles, "content:write")
EDIT = Policy("change a challenge", (OWNER, RUNNER), "content:write")
WORD = Policy("change what a challenge says", (OWNER,), "content:write")
PLACE = Policy("give a challenge its session", (RUNNER,), "content:write")
SECOND = Policy("say that it is one's own problem too", (OTHER,), "content:write")
OPEN = Policy("open a challenge to newcomers", (OWNER,), "content:write")
RELEASE = Policy("release what was learned", (OWNER,), "content:write")

"""Who may do what with methods and exercises. The standing is `groups.standing.Standing`, the subject an exercise."""

from peergroup.groups.policy import ADMIN, MODERATOR
from peergroup.kit.policy import EVERYBODY, Policy, Role

READER = Role("member who signed, on leave too", lambda standing, _: standing.reads_words)
SPEAKER = Role("active member who signed", lambda standing, _: standing.says)
GUEST = Role(
    "guest of the session",
    lambda standing, exercise: (
        standing.is_guest
        and standing.signed
        and exercise is not None
        and exercise.session_id is not None
        and standing.session_id == exercise.session_id
    ),
)
OPENER = Role(
    "owner of the exercise",
    lambda standing, exercise: (
        standing.person_id is not None and standing.person_id == (exercise.owner_id or exercise.made_by_id)
    ),
)

AUTHOR = Role("its author", lambda standing, said: said is not None and standing.person_id == said.author_id)

PROTOCOLS = Policy("see methods", EVERYBODY.roles, "groups:read")
WRITE_PROTOCOL = Policy("write a method", (ADMIN, MODERATOR), "groups:write")
READ = Policy("read an exercise", (READER, GUEST), "content:read")
LIST = Policy("list exercises", (READER,), "content:read")
CREATE = Policy("prepare an exercise", (MODERATOR,), "content:write")
LEAD = Policy("lead an exercise", (MODERATOR,), "content:write")
SAY = Policy("take part in an exercise", (SPEAKER, GUEST), "content:write")
CHANGE = Policy("change what one said", (AUTHOR,), "content:write")
OPEN = Policy("open an exercise to newcomers", (OPENER,), "content:write")

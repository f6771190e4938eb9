"""Who may do what with icebreakers. The standing is that of the library, or beside a session."""

from peergroup.groups.policy import ADMIN, MEMBER, MODERATOR, ON_LEAVE
from peergroup.kit.policy import Policy
from peergroup.sessions.policy import GUEST, IN_A_GROUP, LEADER

READ = Policy("see icebreakers", (ADMIN, LEADER, IN_A_GROUP), "sessions:read")
KEEP = Policy("keep icebreakers", (ADMIN, LEADER), "sessions:write")
DRAW = Policy("draw an icebreaker", (MODERATOR,), "sessions:write")
SEE = Policy("see a session's icebreaker", (ADMIN, MODERATOR, MEMBER, ON_LEAVE, GUEST), "sessions:read")

"""Who may do what with seasons. The standing is `sessions.library.Librarian`; each act judges for itself besides."""

from peergroup.groups.policy import ADMIN
from peergroup.kit.policy import EVERYBODY, Policy
from peergroup.sessions.policy import LEADER

SCHEMA = EVERYBODY
APPLY = Policy("apply a season", (ADMIN, LEADER), "sessions:write")
EXPORT = Policy("write a season down", (ADMIN, LEADER), "sessions:read")

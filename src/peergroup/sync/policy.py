"""Who may synchronize: admins, and service keys with the scope."""

from peergroup.kit.policy import Policy
from peergroup.organizations.policy import ADMIN, SERVICE

SYNC = Policy("synchronize people", (ADMIN, SERVICE), "sync:write")

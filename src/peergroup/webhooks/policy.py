"""Who may have webhooks: admins, and service keys with the scope. An endpoint hears what its registrant may read."""

from peergroup.kit.policy import Policy
from peergroup.organizations.policy import ADMIN, SERVICE

WEBHOOKS = Policy("register webhooks and see their deliveries", (ADMIN, SERVICE), "webhooks:write")

"""Who may provision: a service key that was made for it, and nobody else. The standing is the principal itself."""

from peergroup.kit.policy import Policy
from peergroup.organizations.policy import SERVICE

PROVISION = Policy("provision people and groups", (SERVICE,), "scim")

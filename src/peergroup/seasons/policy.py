"""Who may do what with seasons. The standing is `sessions.library.Librarian`; each act judges for itself besides."""

from peergroup.groups.policy import ADMIN
from peergroup.kit.context import Context
from peergroup.kit.policy import EVERYBODY, Policy
from peergroup.kit.problems import forbidden
from peergroup.sessions.policy import LEADER

SCHEMA = EVERYBODY
APPLY = Policy("apply a season", (ADMIN, LEADER), "sessions:write")
EXPORT = Policy("write a season down", (ADMIN, LEADER), "sessions:read")


def need_scopes(ctx: Context, *scopes: str) -> None:
    """403 where the credential lacks one of these: a season does what several routes do."""
    lacking = [scope for scope in scopes if not ctx.principal.has_scope(scope)]
    if lacking:
        raise forbidden(f"This credential lacks: {', '.join(lacking)}.")

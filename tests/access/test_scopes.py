"""The table of scopes is the one that routes name."""

from peergroup.access import scopes
from peergroup.rooms import ROOMS


def test_every_scope_that_a_route_names_is_in_the_table() -> None:
    named = {route.meta.policy.scope for room in ROOMS for route in room.routes} - {None}
    assert named <= set(scopes.EVERY)


def test_services_may_hold_everything_but_words() -> None:
    assert set(scopes.EVERY) - set(scopes.FOR_SERVICES) == {"content:read", "content:write"}

"""Every room of the house, in the order in which the contract shows them; importing this knows every table."""

from peergroup.groups import api as groups
from peergroup.groups import reactions as group_reactions
from peergroup.kit.routing import Room
from peergroup.organizations import api as organizations

ROOMS: list[Room] = [
    organizations.room,
    groups.room,
    groups.memberships,
]
REACTIONS = (group_reactions,)
"""Imported so that they are registered; within a fact they run in this order."""

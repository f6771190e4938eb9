"""Every room of the house, in the order in which the contract shows them; importing this knows every table."""

from peergroup.kit.routing import Room
from peergroup.organizations import api as organizations

ROOMS: list[Room] = [
    organizations.room,
]

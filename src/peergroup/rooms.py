"""Every room of the house, in the order in which the contract shows them; importing this knows every table."""

from peergroup.access import api as access
from peergroup.access import reactions as access_reactions
from peergroup.feed import api as feed
from peergroup.feed import retention
from peergroup.groups import api as groups
from peergroup.groups import reactions as group_reactions
from peergroup.kit.routing import Room
from peergroup.organizations import api as organizations
from peergroup.people import api as people
from peergroup.people import company_api as companies
from peergroup.sync import api as sync

ROOMS: list[Room] = [
    organizations.room,
    people.room,
    companies.room,
    groups.room,
    groups.memberships,
    sync.room,
    access.room,
    access.me,
    access.pages,
    feed.room,
]
REACTIONS = (group_reactions, access_reactions, retention)
"""Imported so that they are registered; within a fact they run in this order."""

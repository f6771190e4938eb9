"""Every room of the house, in the order in which the contract shows them; importing this knows every table."""

from peergroup.access import api as access
from peergroup.access import reactions as access_reactions
from peergroup.commitments import api as commitments
from peergroup.commitments import reactions as commitment_reactions
from peergroup.commitments import reminding
from peergroup.facilitation import api as facilitation
from peergroup.facilitation import deadlines, protocol_api, sweeping
from peergroup.facilitation import reactions as facilitation_reactions
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
    protocol_api.room,
    facilitation.room,
    facilitation.said,
    commitments.room,
    feed.room,
]
REACTIONS = (
    group_reactions,
    access_reactions,
    retention,
    facilitation_reactions,
    commitment_reactions,
    reminding,
)
"""Imported so that they are registered; within a fact they run in this order."""
JOBS = (deadlines, sweeping)
"""Imported so that the worker knows what to do when they are due."""

"""Every room of the house, in the order in which the contract shows them; importing this knows every table."""

from peergroup.access import api as access
from peergroup.access import reactions as access_reactions
from peergroup.access.oidc import api as identities
from peergroup.calendars import api as calendars
from peergroup.challenges import api as challenges
from peergroup.challenges import carrying
from peergroup.challenges import clock as challenge_clock
from peergroup.challenges import minutes as challenge_minutes
from peergroup.challenges import reactions as challenge_reactions
from peergroup.commitments import api as commitments
from peergroup.commitments import reactions as commitment_reactions
from peergroup.commitments import reminding
from peergroup.facilitation import api as facilitation
from peergroup.facilitation import deadlines, protocol_api, sweeping
from peergroup.facilitation import holdings as facilitation_holdings
from peergroup.facilitation import reactions as facilitation_reactions
from peergroup.feed import api as feed
from peergroup.feed import retention
from peergroup.groups import api as groups
from peergroup.groups import case_holdings, introductions, rechecks
from peergroup.groups import holdings as group_holdings
from peergroup.groups import joining_api as joining
from peergroup.groups import reactions as group_reactions
from peergroup.icebreakers import api as icebreakers
from peergroup.kit.routing import Room
from peergroup.organizations import api as organizations
from peergroup.organizations import retention as answer_retention
from peergroup.people import api as people
from peergroup.people import company_api as companies
from peergroup.prospects import api as prospects
from peergroup.prospects import clock as prospect_clock
from peergroup.prospects import holdings as prospect_holdings
from peergroup.scim import api as scim
from peergroup.scim import holdings as scim_holdings
from peergroup.scim import reactions as scim_reactions
from peergroup.search import api as search
from peergroup.search import reactions as search_reactions
from peergroup.seasons import api as seasons
from peergroup.sessions import api as sessions
from peergroup.sessions import guests as session_guests
from peergroup.sessions import holdings as session_holdings
from peergroup.sessions import library_api as library
from peergroup.sessions import plan_api as plans
from peergroup.sessions import presence, zone_rules
from peergroup.sessions import reactions as session_reactions
from peergroup.sessions import series_api as series
from peergroup.sync import api as sync
from peergroup.sync import connection_api as connections
from peergroup.sync import fetching, scheduling
from peergroup.sync import retention as run_retention
from peergroup.webhooks import api as webhooks

ROOMS: list[Room] = [
    organizations.room,
    people.room,
    companies.room,
    groups.room,
    groups.memberships,
    joining.room,
    library.room,
    plans.room,
    sessions.room,
    series.room,
    sync.room,
    connections.room,
    scim.room,
    access.room,
    access.me,
    access.pages,
    identities.room,
    protocol_api.room,
    facilitation.room,
    facilitation.said,
    icebreakers.room,
    challenges.room,
    prospects.room,
    commitments.room,
    search.room,
    feed.room,
    webhooks.room,
    calendars.room,
    seasons.room,
]
REACTIONS = (
    answer_retention,
    group_reactions,
    group_holdings,
    rechecks,
    introductions,
    case_holdings,
    access_reactions,
    retention,
    facilitation_reactions,
    facilitation_holdings,
    commitment_reactions,
    reminding,
    session_reactions,
    session_guests,
    presence,
    session_holdings,
    challenge_reactions,
    challenge_minutes,
    carrying,
    prospect_holdings,
    prospect_clock,
    search_reactions,
    scim_holdings,
    scim_reactions,
    run_retention,
)
"""Imported so that they are registered; within a fact they run in this order."""
JOBS = (deadlines, sweeping, challenge_clock, zone_rules, fetching, scheduling)
"""Imported so that the worker knows what to do when they are due."""

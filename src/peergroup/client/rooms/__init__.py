"""What a client has: the methods of each tag, loaded when they are first used.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from peergroup.client.lazily import Lazily

if TYPE_CHECKING:
    from peergroup.client.rooms.access import Access, AsyncAccess
    from peergroup.client.rooms.calendars import AsyncCalendars, Calendars
    from peergroup.client.rooms.cases import AsyncCases, Cases
    from peergroup.client.rooms.challenges import AsyncChallenges, Challenges
    from peergroup.client.rooms.commitments import AsyncCommitments, Commitments
    from peergroup.client.rooms.companies import AsyncCompanies, Companies
    from peergroup.client.rooms.connections import AsyncConnections, Connections
    from peergroup.client.rooms.contributions import AsyncContributions, Contributions
    from peergroup.client.rooms.events import AsyncEvents, Events
    from peergroup.client.rooms.exercises import AsyncExercises, Exercises
    from peergroup.client.rooms.groups import AsyncGroups, Groups
    from peergroup.client.rooms.icebreakers import AsyncIcebreakers, Icebreakers
    from peergroup.client.rooms.identities import AsyncIdentities, Identities
    from peergroup.client.rooms.library import AsyncLibrary, Library
    from peergroup.client.rooms.me import AsyncMe, Me
    from peergroup.client.rooms.memberships import AsyncMemberships, Memberships
    from peergroup.client.rooms.operations import AsyncOperations, Operations
    from peergroup.client.rooms.organization import AsyncOrganization, Organization
    from peergroup.client.rooms.people import AsyncPeople, People
    from peergroup.client.rooms.plans import AsyncPlans, Plans
    from peergroup.client.rooms.prospects import AsyncProspects, Prospects
    from peergroup.client.rooms.protocols import AsyncProtocols, Protocols
    from peergroup.client.rooms.reference import AsyncReference, Reference
    from peergroup.client.rooms.search import AsyncSearch, Search
    from peergroup.client.rooms.seasons import AsyncSeasons, Seasons
    from peergroup.client.rooms.series import AsyncSeries, Series
    from peergroup.client.rooms.sessions import AsyncSessions, Sessions
    from peergroup.client.rooms.synchronization import AsyncSynchronization, Synchronization
    from peergroup.client.rooms.webhooks import AsyncWebhooks, Webhooks

METHODS = {
    "abandon_exercise": "exercises.abandon",
    "accept_challenge": "challenges.accept",
    "accept_membership": "memberships.accept",
    "activate_group": "groups.activate",
    "activate_membership": "memberships.activate",
    "advance_exercise": "exercises.advance",
    "advance_prospect": "prospects.advance",
    "answer_session": "sessions.answer",
    "apply_season": "seasons.apply",
    "apply_sync_run": "synchronization.apply_sync_run",
    "archive_group": "groups.archive",
    "back_exercise": "exercises.back",
    "back_session": "sessions.back",
    "cancel_session": "sessions.cancel",
    "check_admission": "groups.check_admission",
    "check_liveness": "operations.check_liveness",
    "check_readiness": "operations.check_readiness",
    "claim_session": "sessions.claim",
    "close_case": "cases.close",
    "commit_challenge": "challenges.commit",
    "compare_protocol_versions": "protocols.compare_versions",
    "complete_commitment": "commitments.complete",
    "complete_session": "sessions.complete",
    "confirm_contribution": "contributions.confirm",
    "convert_prospect": "prospects.convert",
    "create_agenda_template": "library.create_agenda_template",
    "create_calendar_feed": "me.create_calendar_feed",
    "create_challenge": "challenges.create",
    "create_commitment": "commitments.create",
    "create_company": "companies.create",
    "create_connection": "connections.create",
    "create_contribution": "contributions.create",
    "create_covenant": "groups.create_covenant",
    "create_exercise": "exercises.create",
    "create_group": "groups.create",
    "create_icebreaker": "icebreakers.create",
    "create_identity_provider": "identities.create_provider",
    "create_introduction": "cases.create_introduction",
    "create_my_key": "me.create_key",
    "create_person": "people.create",
    "create_prospect": "prospects.create",
    "create_protocol": "protocols.create",
    "create_series": "series.create",
    "create_service_key": "access.create_service_key",
    "create_session": "sessions.create",
    "create_sync_run": "synchronization.create_sync_run",
    "create_theme": "library.create_theme",
    "create_webhook_endpoint": "webhooks.create_endpoint",
    "deactivate_person": "people.deactivate",
    "decide_tie": "exercises.decide_tie",
    "decline_membership": "memberships.decline",
    "decline_prospect": "prospects.decline",
    "delete_connection": "connections.delete",
    "delete_contribution": "contributions.delete",
    "delete_icebreaker": "icebreakers.delete",
    "delete_identity_provider": "identities.delete_provider",
    "delete_series": "series.delete",
    "delete_session": "sessions.delete",
    "delete_webhook_endpoint": "webhooks.delete_endpoint",
    "download_session": "calendars.download_session",
    "draw_icebreaker": "icebreakers.draw",
    "drop_challenge": "challenges.drop",
    "drop_commitment": "commitments.drop",
    "drop_contribution": "contributions.drop",
    "erase_person": "people.erase",
    "export_season": "seasons.export",
    "extend_exercise": "exercises.extend",
    "extend_session": "sessions.extend",
    "finish_exercise": "exercises.finish",
    "get_agenda_template": "library.get_agenda_template",
    "get_challenge": "challenges.get",
    "get_commitment": "commitments.get",
    "get_company": "companies.get",
    "get_connection": "connections.get",
    "get_contribution": "contributions.get",
    "get_erasure": "people.get_erasure",
    "get_exercise": "exercises.get",
    "get_exercise_minutes": "exercises.get_minutes",
    "get_group": "groups.get",
    "get_hot_seat_rotation": "challenges.get_hot_seat_rotation",
    "get_identity_provider": "identities.get_provider",
    "get_mapping": "synchronization.get_mapping",
    "get_me": "me.get",
    "get_membership": "memberships.get",
    "get_minutes": "sessions.get_minutes",
    "get_organization": "organization.get",
    "get_parking_lot": "challenges.get_parking_lot",
    "get_person": "people.get",
    "get_person_by_reference": "people.get_by_reference",
    "get_plan": "plans.get",
    "get_problem": "reference.get_problem",
    "get_prospect": "prospects.get",
    "get_protocol": "protocols.get",
    "get_protocol_schema": "protocols.get_schema",
    "get_results": "exercises.get_results",
    "get_season_schema": "seasons.get_schema",
    "get_series": "series.get",
    "get_session": "sessions.get",
    "get_session_icebreaker": "icebreakers.get_session_icebreaker",
    "get_sync_run": "synchronization.get_sync_run",
    "get_theme": "library.get_theme",
    "get_version": "operations.get_version",
    "get_webhook_endpoint": "webhooks.get_endpoint",
    "grant_client_token": "access.grant_client_token",
    "invite_member": "memberships.invite_member",
    "leave_membership": "memberships.leave",
    "link_my_identity": "identities.link_my_identity",
    "list_agenda_templates": "library.list_agenda_templates",
    "list_calendar_feeds": "me.list_calendar_feeds",
    "list_case_actions": "cases.list_actions",
    "list_cases": "cases.list",
    "list_challenge_actions": "challenges.list_actions",
    "list_challenges": "challenges.list",
    "list_commitment_actions": "commitments.list_actions",
    "list_commitments": "commitments.list",
    "list_companies": "companies.list",
    "list_company_relations": "companies.list_relations",
    "list_conflicts": "synchronization.list_conflicts",
    "list_connections": "connections.list",
    "list_contributions": "contributions.list",
    "list_covenants": "groups.list_covenants",
    "list_events": "events.list",
    "list_exercise_actions": "exercises.list_actions",
    "list_exercises": "exercises.list",
    "list_group_actions": "groups.list_actions",
    "list_groups": "groups.list",
    "list_icebreakers": "icebreakers.list",
    "list_identity_providers": "identities.list_providers",
    "list_introductions": "cases.list_introductions",
    "list_keys": "access.list_keys",
    "list_membership_actions": "memberships.list_actions",
    "list_memberships": "memberships.list",
    "list_my_identities": "identities.list_my_identities",
    "list_my_keys": "me.list_keys",
    "list_outcomes": "search.list_outcomes",
    "list_people": "people.list",
    "list_person_actions": "people.list_actions",
    "list_problems": "reference.list_problems",
    "list_prospect_actions": "prospects.list_actions",
    "list_prospects": "prospects.list",
    "list_protocol_versions": "protocols.list_versions",
    "list_protocols": "protocols.list",
    "list_rsvps": "sessions.list_rsvps",
    "list_series": "series.list",
    "list_service_keys": "access.list_service_keys",
    "list_session_actions": "sessions.list_actions",
    "list_sessions": "sessions.list",
    "list_sync_results": "synchronization.list_sync_results",
    "list_sync_runs": "synchronization.list_sync_runs",
    "list_themes": "library.list_themes",
    "list_waivers": "groups.list_waivers",
    "list_webhook_deliveries": "webhooks.list_deliveries",
    "list_webhook_endpoints": "webhooks.list_endpoints",
    "mark_attendance": "sessions.mark_attendance",
    "merge_contribution": "contributions.merge",
    "merge_person": "people.merge",
    "miss_commitment": "commitments.miss",
    "next_session": "sessions.next",
    "open_challenge": "challenges.open",
    "open_exercise": "exercises.open",
    "open_minutes": "sessions.open_minutes",
    "pass_exercise": "exercises.pass_",
    "pause_exercise": "exercises.pause",
    "pause_session": "sessions.pause",
    "preview_mapping": "synchronization.preview_mapping",
    "reactivate_person": "people.reactivate",
    "read_calendar_feed": "calendars.read_feed",
    "read_metrics": "operations.read_metrics",
    "redeem_sign_in": "access.redeem_sign_in",
    "redeliver_webhook": "webhooks.redeliver",
    "refresh_tokens": "access.refresh_tokens",
    "reinstate_membership": "memberships.reinstate",
    "relate_companies": "companies.relate_companies",
    "release_challenge": "challenges.release",
    "remove_mark": "contributions.remove_mark",
    "remove_membership": "memberships.remove",
    "renegotiate_commitment": "commitments.renegotiate",
    "replace_agenda": "sessions.replace_agenda",
    "replace_mapping": "synchronization.replace_mapping",
    "replace_plan": "plans.replace",
    "request_sign_in": "access.request_sign_in",
    "resolve_challenge": "challenges.resolve",
    "resolve_conflict": "synchronization.resolve_conflict",
    "resume_exercise": "exercises.resume",
    "resume_membership": "memberships.resume",
    "resume_session": "sessions.resume",
    "revoke_calendar_feed": "me.revoke_calendar_feed",
    "revoke_key": "access.revoke_key",
    "revoke_my_key": "me.revoke_key",
    "revoke_service_key": "access.revoke_service_key",
    "rotate_webhook_secret": "webhooks.rotate_secret",
    "schedule_session": "sessions.schedule",
    "search_group": "search.search_group",
    "second_challenge": "challenges.second",
    "send_back_challenge": "challenges.send_back",
    "set_mark": "contributions.set_mark",
    "set_organization_role": "people.set_organization_role",
    "set_participant": "exercises.set_participant",
    "sign_covenant": "groups.sign_covenant",
    "sign_out": "access.sign_out",
    "simulate_protocol": "protocols.simulate",
    "start_challenge": "challenges.start",
    "start_exercise": "exercises.start",
    "start_session": "sessions.start",
    "stream_events": "events.stream",
    "submit_challenge": "challenges.submit",
    "suspend_membership": "memberships.suspend",
    "take_back_second": "challenges.take_back_second",
    "take_leave_membership": "memberships.take_leave",
    "test_webhook_endpoint": "webhooks.test_endpoint",
    "unlink_my_identity": "identities.unlink_my_identity",
    "update_agenda_template": "library.update_agenda_template",
    "update_challenge": "challenges.update",
    "update_commitment": "commitments.update",
    "update_company": "companies.update",
    "update_connection": "connections.update",
    "update_contribution": "contributions.update",
    "update_group": "groups.update",
    "update_identity_provider": "identities.update_provider",
    "update_membership": "memberships.update",
    "update_organization": "organization.update",
    "update_person": "people.update",
    "update_prospect": "prospects.update",
    "update_series": "series.update",
    "update_session": "sessions.update",
    "update_theme": "library.update_theme",
    "update_webhook_endpoint": "webhooks.update_endpoint",
    "upload_sync_records": "synchronization.upload_sync_records",
    "upsert_people": "people.upsert_people",
    "upsert_person": "people.upsert",
    "waive_finding": "groups.waive_finding",
    "withdraw_challenge": "challenges.withdraw",
}
"""The method of each operation, by the operation's id in the contract."""


class Rooms(Lazily):
    """What there is to ask for."""

    _prefix = ""
    _methods = METHODS

    @property
    def access(self) -> Access:
        """Signing in without passwords, tokens, and keys for scripts and services."""
        room: Access = self._room("access", "Access")
        return room

    @property
    def calendars(self) -> Calendars:
        """When sessions are, for calendars: titles and descriptions give nothing away."""
        room: Calendars = self._room("calendars", "Calendars")
        return room

    @property
    def cases(self) -> Cases:
        """What the moderators of a group look after, and who introduced whom."""
        room: Cases = self._room("cases", "Cases")
        return room

    @property
    def challenges(self) -> Challenges:
        """One member's problem: parked, worked on by everybody else, and what came of it."""
        room: Challenges = self._room("challenges", "Challenges")
        return room

    @property
    def commitments(self) -> Commitments:
        """What people promised, by when, and what came of it."""
        room: Commitments = self._room("commitments", "Commitments")
        return room

    @property
    def companies(self) -> Companies:
        """Where people work, and what companies are to each other."""
        room: Companies = self._room("companies", "Companies")
        return room

    @property
    def connections(self) -> Connections:
        """Accounts in other systems that people come from."""
        room: Connections = self._room("connections", "Connections")
        return room

    @property
    def contributions(self) -> Contributions:
        """What is said in exercises, and marks on it."""
        room: Contributions = self._room("contributions", "Contributions")
        return room

    @property
    def events(self) -> Events:
        """Everything that happened, as far as you may know it: as pages and as a live stream."""
        room: Events = self._room("events", "Events")
        return room

    @property
    def exercises(self) -> Exercises:
        """Runs of a method: phases, who speaks, and what came of it."""
        room: Exercises = self._room("exercises", "Exercises")
        return room

    @property
    def groups(self) -> Groups:
        """Groups, their covenants, and who may join."""
        room: Groups = self._room("groups", "Groups")
        return room

    @property
    def icebreakers(self) -> Icebreakers:
        """Questions to begin with: never twice the same, and passing is fine."""
        room: Icebreakers = self._room("icebreakers", "Icebreakers")
        return room

    @property
    def identities(self) -> Identities:
        """Signing in with an identity provider of your own (OpenID Connect)."""
        room: Identities = self._room("identities", "Identities")
        return room

    @property
    def library(self) -> Library:
        """What sessions are about, and runs of show to begin with."""
        room: Library = self._room("library", "Library")
        return room

    @property
    def me(self) -> Me:
        """Who you are, and what is yours."""
        room: Me = self._room("me", "Me")
        return room

    @property
    def memberships(self) -> Memberships:
        """One person in one group: from invitation to leaving."""
        room: Memberships = self._room("memberships", "Memberships")
        return room

    @property
    def operations(self) -> Operations:
        """For whoever runs the service: probes, figures, version."""
        room: Operations = self._room("operations", "Operations")
        return room

    @property
    def organization(self) -> Organization:
        """The tenant: its name, zone and settings."""
        room: Organization = self._room("organization", "Organization")
        return room

    @property
    def people(self) -> People:
        """Everybody an organization knows, how other systems call them, and who may decide what."""
        room: People = self._room("people", "People")
        return room

    @property
    def plans(self) -> Plans:
        """A group's year: its sessions by key, replaced as a whole, with a difference before and
        after.
        """
        room: Plans = self._room("plans", "Plans")
        return room

    @property
    def prospects(self) -> Prospects:
        """Strangers on their way into a group, through the organization's own funnel."""
        room: Prospects = self._room("prospects", "Prospects")
        return room

    @property
    def protocols(self) -> Protocols:
        """Facilitation methods: those of the house, and your own."""
        room: Protocols = self._room("protocols", "Protocols")
        return room

    @property
    def reference(self) -> Reference:
        """What the refusals mean."""
        room: Reference = self._room("reference", "Reference")
        return room

    @property
    def search(self) -> Search:
        """Finding again what was said, and what was learned."""
        room: Search = self._room("search", "Search")
        return room

    @property
    def seasons(self) -> Seasons:
        """A season as a document that commands apply."""
        room: Seasons = self._room("seasons", "Seasons")
        return room

    @property
    def series(self) -> Series:
        """Sessions that recur: by a rule, in local time."""
        room: Series = self._room("series", "Series")
        return room

    @property
    def sessions(self) -> Sessions:
        """Meetings of a group: planning, running, and what came of them."""
        room: Sessions = self._room("sessions", "Sessions")
        return room

    @property
    def synchronization(self) -> Synchronization:
        """Bringing people in from other systems."""
        room: Synchronization = self._room("synchronization", "Synchronization")
        return room

    @property
    def webhooks(self) -> Webhooks:
        """Other systems are told what happened, as far as whoever registered them may know it."""
        room: Webhooks = self._room("webhooks", "Webhooks")
        return room


class AsyncRooms(Lazily):
    """What there is to ask for."""

    _prefix = "Async"
    _methods = METHODS

    @property
    def access(self) -> AsyncAccess:
        """Signing in without passwords, tokens, and keys for scripts and services."""
        room: AsyncAccess = self._room("access", "Access")
        return room

    @property
    def calendars(self) -> AsyncCalendars:
        """When sessions are, for calendars: titles and descriptions give nothing away."""
        room: AsyncCalendars = self._room("calendars", "Calendars")
        return room

    @property
    def cases(self) -> AsyncCases:
        """What the moderators of a group look after, and who introduced whom."""
        room: AsyncCases = self._room("cases", "Cases")
        return room

    @property
    def challenges(self) -> AsyncChallenges:
        """One member's problem: parked, worked on by everybody else, and what came of it."""
        room: AsyncChallenges = self._room("challenges", "Challenges")
        return room

    @property
    def commitments(self) -> AsyncCommitments:
        """What people promised, by when, and what came of it."""
        room: AsyncCommitments = self._room("commitments", "Commitments")
        return room

    @property
    def companies(self) -> AsyncCompanies:
        """Where people work, and what companies are to each other."""
        room: AsyncCompanies = self._room("companies", "Companies")
        return room

    @property
    def connections(self) -> AsyncConnections:
        """Accounts in other systems that people come from."""
        room: AsyncConnections = self._room("connections", "Connections")
        return room

    @property
    def contributions(self) -> AsyncContributions:
        """What is said in exercises, and marks on it."""
        room: AsyncContributions = self._room("contributions", "Contributions")
        return room

    @property
    def events(self) -> AsyncEvents:
        """Everything that happened, as far as you may know it: as pages and as a live stream."""
        room: AsyncEvents = self._room("events", "Events")
        return room

    @property
    def exercises(self) -> AsyncExercises:
        """Runs of a method: phases, who speaks, and what came of it."""
        room: AsyncExercises = self._room("exercises", "Exercises")
        return room

    @property
    def groups(self) -> AsyncGroups:
        """Groups, their covenants, and who may join."""
        room: AsyncGroups = self._room("groups", "Groups")
        return room

    @property
    def icebreakers(self) -> AsyncIcebreakers:
        """Questions to begin with: never twice the same, and passing is fine."""
        room: AsyncIcebreakers = self._room("icebreakers", "Icebreakers")
        return room

    @property
    def identities(self) -> AsyncIdentities:
        """Signing in with an identity provider of your own (OpenID Connect)."""
        room: AsyncIdentities = self._room("identities", "Identities")
        return room

    @property
    def library(self) -> AsyncLibrary:
        """What sessions are about, and runs of show to begin with."""
        room: AsyncLibrary = self._room("library", "Library")
        return room

    @property
    def me(self) -> AsyncMe:
        """Who you are, and what is yours."""
        room: AsyncMe = self._room("me", "Me")
        return room

    @property
    def memberships(self) -> AsyncMemberships:
        """One person in one group: from invitation to leaving."""
        room: AsyncMemberships = self._room("memberships", "Memberships")
        return room

    @property
    def operations(self) -> AsyncOperations:
        """For whoever runs the service: probes, figures, version."""
        room: AsyncOperations = self._room("operations", "Operations")
        return room

    @property
    def organization(self) -> AsyncOrganization:
        """The tenant: its name, zone and settings."""
        room: AsyncOrganization = self._room("organization", "Organization")
        return room

    @property
    def people(self) -> AsyncPeople:
        """Everybody an organization knows, how other systems call them, and who may decide what."""
        room: AsyncPeople = self._room("people", "People")
        return room

    @property
    def plans(self) -> AsyncPlans:
        """A group's year: its sessions by key, replaced as a whole, with a difference before and
        after.
        """
        room: AsyncPlans = self._room("plans", "Plans")
        return room

    @property
    def prospects(self) -> AsyncProspects:
        """Strangers on their way into a group, through the organization's own funnel."""
        room: AsyncProspects = self._room("prospects", "Prospects")
        return room

    @property
    def protocols(self) -> AsyncProtocols:
        """Facilitation methods: those of the house, and your own."""
        room: AsyncProtocols = self._room("protocols", "Protocols")
        return room

    @property
    def reference(self) -> AsyncReference:
        """What the refusals mean."""
        room: AsyncReference = self._room("reference", "Reference")
        return room

    @property
    def search(self) -> AsyncSearch:
        """Finding again what was said, and what was learned."""
        room: AsyncSearch = self._room("search", "Search")
        return room

    @property
    def seasons(self) -> AsyncSeasons:
        """A season as a document that commands apply."""
        room: AsyncSeasons = self._room("seasons", "Seasons")
        return room

    @property
    def series(self) -> AsyncSeries:
        """Sessions that recur: by a rule, in local time."""
        room: AsyncSeries = self._room("series", "Series")
        return room

    @property
    def sessions(self) -> AsyncSessions:
        """Meetings of a group: planning, running, and what came of them."""
        room: AsyncSessions = self._room("sessions", "Sessions")
        return room

    @property
    def synchronization(self) -> AsyncSynchronization:
        """Bringing people in from other systems."""
        room: AsyncSynchronization = self._room("synchronization", "Synchronization")
        return room

    @property
    def webhooks(self) -> AsyncWebhooks:
        """Other systems are told what happened, as far as whoever registered them may know it."""
        room: AsyncWebhooks = self._room("webhooks", "Webhooks")
        return room

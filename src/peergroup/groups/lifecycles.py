"""The lifecycles of groups and memberships, as tables: the verbs in the order in which they happen in life."""

from peergroup.groups import admission, guards, policy
from peergroup.groups.models import LIVE
from peergroup.groups.schemas import LeaveIn
from peergroup.kit.lifecycle import Guard, Lifecycle, Verb
from peergroup.kit.wire import Reason

_TO_ACTIVE = (
    Guard("person_inactive", guards.person_is_active),
    Guard("covenant_unsigned", guards.covenant_is_signed),
    Guard("not_in_parent", guards.is_active_in_parent),
    Guard("conflict", admission.no_unwaived_conflict),
    Guard("no_seat", guards.seat_is_free),
)
_KEEPS_MODERATOR = Guard("last_moderator", guards.another_moderator_stays)

GROUP = Lifecycle(
    first="forming",
    scope="groups:write",
    verbs={
        "activate": Verb(
            ("forming",),
            "active",
            (policy.ADMIN, policy.SERVICE, policy.MODERATOR),
            (Guard("no_moderator", guards.has_moderator), Guard("no_covenant", guards.has_covenant)),
            records="group.activated",
        ),
        "archive": Verb(
            ("forming", "active"), "archived", (policy.ADMIN, policy.SERVICE), records="group.archived"
        ),
    },
)

MEMBERSHIP = Lifecycle(
    first="invited",
    scope="groups:write",
    verbs={
        "accept": Verb(
            ("invited",),
            "provisional",
            (policy.SELF,),
            (
                Guard("guest_signs", guards.is_no_invited_guest),
                Guard("invitation_expired", guards.invitation_is_open),
            ),
            records="membership.accepted",
        ),
        "decline": Verb(("invited",), "declined", (policy.SELF,), records="membership.declined"),
        "expire": Verb(("invited",), "expired", records="membership.expired"),
        "welcome": Verb(
            ("invited",),
            "active",
            guards=(
                Guard("invitation_expired", guards.invitation_is_open),
                Guard("person_inactive", guards.person_is_active),
            ),
            records="membership.activated",
        ),
        "see_off": Verb(("invited", "active", "suspended"), "expired", records="membership.expired"),
        "activate": Verb(
            ("provisional",), "active", (policy.MODERATOR,), _TO_ACTIVE, records="membership.activated"
        ),
        "take_leave": Verb(
            ("active",),
            "on_leave",
            (policy.SELF, policy.MODERATOR),
            (_KEEPS_MODERATOR, Guard("guest", guards.is_no_guest)),
            records="membership.leave_taken",
        ),
        "resume": Verb(
            ("on_leave",),
            "active",
            (policy.SELF, policy.MODERATOR),
            _TO_ACTIVE,
            records="membership.resumed",
        ),
        "leave": Verb(
            LIVE, "alumni", (policy.SELF,), (_KEEPS_MODERATOR,), takes=LeaveIn, records="membership.left"
        ),
        "suspend": Verb(
            ("provisional", "active", "on_leave"),
            "suspended",
            (policy.OTHER_MODERATOR,),
            (_KEEPS_MODERATOR,),
            takes=Reason,
            records="membership.suspended",
        ),
        "reinstate": Verb(
            ("suspended",),
            lambda membership: membership.suspended_from,
            (policy.OTHER_MODERATOR,),
            tuple(Guard(guard.code, guards.where_it_was_active(guard.judge)) for guard in _TO_ACTIVE),
            records="membership.reinstated",
            may_lead=("provisional", "active", "on_leave"),
        ),
        "remove": Verb(
            LIVE,
            "removed",
            (policy.OTHER_MODERATOR, policy.OTHER_ADMIN, policy.SERVICE),
            (_KEEPS_MODERATOR,),
            takes=Reason,
            records="membership.removed",
        ),
    },
)

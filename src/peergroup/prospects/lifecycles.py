"""The lifecycle of a prospect, as a table: the verbs in the order in which they happen in life."""

from peergroup.kit.lifecycle import Guard, Lifecycle, Verb
from peergroup.prospects import guards
from peergroup.prospects.models import LIVE
from peergroup.prospects.policy import KEEPERS
from peergroup.prospects.schemas import AdvanceIn, ConvertIn, DeclineIn

PROSPECT = Lifecycle(
    first="new",
    scope="people:write",
    verbs={
        "advance": Verb(
            LIVE,
            "in_funnel",
            KEEPERS,
            (
                Guard("person_inactive", guards.person_is_active),
                Guard("out_of_order", guards.step_may_follow),
                Guard("entitlement_used", guards.entitlement_is_left),
                Guard("not_attended", guards.came_as_a_guest),
            ),
            takes=AdvanceIn,
            records="prospect.advanced",
        ),
        "convert": Verb(
            LIVE,
            "converted",
            KEEPERS,
            (Guard("steps_missing", guards.way_is_finished),),
            takes=ConvertIn,
            records="prospect.converted",
        ),
        "decline": Verb(LIVE, "declined", KEEPERS, takes=DeclineIn, records="prospect.declined"),
        "lapse": Verb(LIVE, "lapsed", records="prospect.lapsed"),
    },
)

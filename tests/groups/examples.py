"""A valid request for every route of groups and memberships."""

from tests.groups.factories import colleagues
from tests.groups.states import a_case
from tests.matrix.examples import Call, call, example, example_of
from tests.matrix.roles import IN_THE_GROUP, ON_THE_ROSTER, fits
from tests.matrix.stage import Stage
from tests.sessions.examples import a_template
from tests.sessions.staged import a_guest, a_session

fits("guest of one session")


@example
async def list_groups(stage: Stage) -> Call:
    return call(stage.member)


@example
async def create_group(stage: Stage) -> Call:
    parent, moderator = await stage.group(), await stage.person()
    body = {"name": "New", "parent_id": str(parent.id), "moderators": [str(moderator.person_id)]}
    return call(stage.admin, body)


@example
async def get_group(stage: Stage) -> Call:
    one = await a_session(stage, "scheduled")
    return call(stage.member, group_id=one.group.id, concerned=await a_guest(stage, one))


@example
async def update_group(stage: Stage) -> Call:
    body = {"focus": "Hiring", "agenda_template_id": await a_template(stage)}
    return call(stage.moderator, body, group_id=(await stage.group()).id)


@example
async def activate_group(stage: Stage) -> Call:
    return call(stage.moderator, group_id=(await stage.group("forming")).id)


@example
async def archive_group(stage: Stage) -> Call:
    return call(stage.admin, group_id=(await stage.group()).id)


@example
async def list_group_actions(stage: Stage) -> Call:
    return call(stage.member, group_id=(await stage.group()).id, found_by=IN_THE_GROUP)


@example
async def list_covenants(stage: Stage) -> Call:
    one = await a_session(stage, "scheduled")
    return call(stage.invited, group_id=one.group.id, concerned=await a_guest(stage, one))


@example
async def create_covenant(stage: Stage) -> Call:
    return call(stage.moderator, {"text": "New rules."}, group_id=(await stage.group()).id)


@example
async def sign_covenant(stage: Stage) -> Call:
    one = await a_session(stage, "scheduled")
    return call(stage.invited, group_id=one.group.id, number=1, concerned=await a_guest(stage, one))


@example
async def check_admission(stage: Stage) -> Call:
    somebody = await stage.person()
    return call(stage.moderator, {"person_id": str(somebody.person_id)}, group_id=(await stage.group()).id)


@example
async def waive_finding(stage: Stage) -> Call:
    group = await stage.group()
    there, new = await stage.somebody(group=group), await stage.person()
    await colleagues(stage.world, there, new)
    body = {
        "person_id": str(new.person_id),
        "finding": f"conflict:{there.person_id}",
        "reason": "They agreed.",
    }
    return call(stage.moderator, body, group_id=group.id)


@example
async def list_waivers(stage: Stage) -> Call:
    return call(stage.moderator, group_id=(await stage.group()).id)


@example
async def list_cases(stage: Stage) -> Call:
    return call(stage.moderator, group_id=(await stage.group()).id)


@example
async def list_case_actions(stage: Stage) -> Call:
    one = await a_case(stage, "open")
    return call(stage.moderator, case_id=one.id, found_by=("moderator", "co_moderator"))


@example
async def close_case(stage: Stage) -> Call:
    one = await a_case(stage, "open")
    return call(stage.moderator, {"decision": "talk", "reason": "We talked."}, case_id=one.id)


@example_of("close_case")
async def suggest_elsewhere(stage: Stage) -> Call:
    one, other = await a_case(stage, "open", kind="handover"), await stage.group()
    body = {"decision": "introduce", "reason": "They outgrew us.", "group_id": str(other.id)}
    return call(stage.moderator, body, case_id=one.id)


@example
async def list_introductions(stage: Stage) -> Call:
    introducer = {"introducer_id": str(stage.member.person_id)}
    return call(stage.member, group_id=(await stage.group()).id, query=introducer)


@example
async def create_introduction(stage: Stage) -> Call:
    group = await stage.group()
    pair = [await stage.somebody(group=group) for _ in range(2)]
    body = {"person_id": str(pair[0].person_id), "other_id": str(pair[1].person_id)}
    return call(stage.member, body, group_id=group.id)


@example
async def list_memberships(stage: Stage) -> Call:
    return call(stage.member, group_id=(await stage.group()).id)


@example
async def invite_member(stage: Stage) -> Call:
    known, connector = await stage.person(), await stage.person()
    body = {"person_id": str(known.person_id), "connector_id": str(connector.person_id)}
    return call(stage.moderator, body, group_id=(await stage.group()).id)


@example_of("invite_member")
async def invite_somebody_new(stage: Stage) -> Call:
    body = {"person": {"name": "Grace Hopper", "email": f"grace{stage.number()}@example.com"}}
    return call(stage.moderator, body, group_id=(await stage.group()).id)


@example_of("invite_member")
async def invite_a_guest(stage: Stage) -> Call:
    one, guest = await a_session(stage, "scheduled"), await stage.person()
    body = {"person_id": str(guest.person_id), "role": "guest", "session_id": str(one.id)}
    return call(stage.moderator, body, group_id=one.group.id)


@example
async def get_membership(stage: Stage) -> Call:
    one = await stage.somebody()
    return call(stage.member, membership_id=one.membership_id, concerned=one)


@example
async def update_membership(stage: Stage) -> Call:
    one = await stage.somebody()
    return call(stage.moderator, {"role": "co_moderator"}, membership_id=one.membership_id)


@example
async def list_membership_actions(stage: Stage) -> Call:
    one = await stage.somebody()
    return call(one, membership_id=one.membership_id, concerned=one, found_by=ON_THE_ROSTER)


@example
async def accept_membership(stage: Stage) -> Call:
    one = await stage.somebody("invited")
    return call(one, membership_id=one.membership_id, concerned=one)


@example
async def decline_membership(stage: Stage) -> Call:
    one = await stage.somebody("invited")
    return call(one, membership_id=one.membership_id, concerned=one)


@example
async def activate_membership(stage: Stage) -> Call:
    one = await stage.somebody("provisional")
    return call(stage.moderator, membership_id=one.membership_id, concerned=one)


@example
async def take_leave_membership(stage: Stage) -> Call:
    one = await stage.somebody()
    return call(one, membership_id=one.membership_id, concerned=one)


@example
async def resume_membership(stage: Stage) -> Call:
    one = await stage.somebody("on_leave")
    return call(one, membership_id=one.membership_id, concerned=one)


@example
async def leave_membership(stage: Stage) -> Call:
    one = await stage.somebody()
    return call(one, {"reason": "time"}, membership_id=one.membership_id, concerned=one)


@example
async def suspend_membership(stage: Stage) -> Call:
    one = await stage.somebody()
    return call(stage.moderator, {"reason": "Away."}, membership_id=one.membership_id, concerned=one)


@example
async def reinstate_membership(stage: Stage) -> Call:
    one = await stage.somebody("suspended")
    return call(stage.moderator, membership_id=one.membership_id, concerned=one)


@example
async def remove_membership(stage: Stage) -> Call:
    one = await stage.somebody()
    return call(stage.moderator, {"reason": "Away."}, membership_id=one.membership_id, concerned=one)

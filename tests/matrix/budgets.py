"""How many statements each route takes beyond finding out who asks: two to read, eight to write."""

from tests.matrix.routes import Operation

READ, WRITE = 2, 8
MORE = {
    "activate_membership": 15,
    "advance_prospect": 9,
    "apply_season": 16,
    "apply_sync_run": 19,
    "back_exercise": 9,
    "change_scim_in_bulk": 12,
    "check_readiness": 3,
    "claim_session": 9,
    "close_case": 13,
    "commit_challenge": 31,
    "complete_session": 11,
    "convert_prospect": 10,
    "create_commitment": 9,
    "create_exercise": 10,
    "create_group": 10,
    "create_prospect": 12,
    "create_scim_group": 11,
    "create_scim_user": 10,
    "create_series": 11,
    "deactivate_person": 14,
    "decide_tie": 11,
    "delete_contribution": 12,
    "delete_scim_user": 13,
    "draw_icebreaker": 11,
    "drop_contribution": 10,
    "erase_person": 25,
    "export_season": 7,
    "finish_exercise": 12,
    "get_contribution": 3,
    "get_minutes": 6,
    "get_results": 6,
    "invite_member": 11,
    "leave_membership": 11,
    "list_scim_groups": 3,
    "merge_contribution": 12,
    "merge_person": 105,
    "open_challenge": 10,
    "reactivate_person": 10,
    "redeem_sign_in": 9,
    "reinstate_membership": 15,
    "remove_membership": 10,
    "read_calendar_feed": 3,
    "replace_plan": 12,
    "resolve_conflict": 12,
    "replace_scim_group": 15,
    "replace_scim_user": 16,
    "resume_membership": 10,
    "search_scim": 3,
    "start_challenge": 26,
    "start_exercise": 13,
    "stream_events": 9,
    "take_leave_membership": 9,
    "update_contribution": 9,
    "update_scim_group": 16,
    "update_scim_user": 13,
    "update_series": 17,
    "update_session": 13,
    "waive_finding": 13,
}
"""What takes more, and how many at the most: acts that move several things at once. It may only shrink."""


def over_budget(operation: Operation, asked: list[str]) -> str:
    """What a request took, if that is more than its route may; else nothing."""
    budget = MORE.get(operation.name, READ if operation.meta.method == "GET" else WRITE)
    return f"{operation.said}: {len(asked)} statements\n" + "\n".join(asked) if len(asked) > budget else ""

"""Refusals that only exercises know."""

from peergroup.kit.problems import problem_type

NOT_ACCEPTED = problem_type(
    "not_accepted",
    409,
    "The present phase does not take this",
    "The detail names the phase and what it accepts from you; 'accepts' and 'marks' of the exercise list it.",
)
PHASE_OVER = problem_type(
    "phase_over",
    409,
    "The phase is over",
    "Its deadline has passed. Read the exercise: the next phase begins soon, or a moderator extends this one.",
)
BUDGET_SPENT = problem_type(
    "budget_spent",
    409,
    "All your marks of this list are given",
    "Take one back first: DELETE /v1/contributions/{id}/marks/{list}.",
)

"""The refusals of this room."""

from peergroup.kit.problems import problem_type

EMAIL_TAKEN = problem_type(
    "email_taken",
    409,
    "Somebody has this address already",
    "Find the person who has it, and change or merge that one; case makes no difference.",
)
REFERENCE_CONFLICT = problem_type(
    "reference_conflict",
    409,
    "The same address under another reference",
    "If it is the same human, repeat with on_conflict=link, or merge the two; if not, correct the address.",
)
MERGE_CONFLICT = problem_type(
    "merge_conflict",
    409,
    "Both have what only one can have",
    "Repeat the merge with one entry in 'resolve' for each of the listed conflicts.",
)

"""A refusal: the rule that says no, in words that may be shown to whoever asked."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """`code` is the problem code of the contract; `detail` names no person and repeats no words."""

    code: str
    detail: str

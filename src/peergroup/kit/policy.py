"""Who may: roles as named predicates, and policies as lists of roles with a scope.

A role looks at a *standing* (what the actor is here; each room says what that is) and a subject, and does
no I/O. The same objects decide requests, print the permission table, and are walked by the tests.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Role:
    """A role as a facilitator would name it, and when somebody's standing fits it."""

    name: str
    fits: Callable[[Any, Any], bool]


@dataclass(frozen=True)
class Policy:
    """Who may do one kind of thing: any of these roles, and a credential with this scope."""

    name: str
    roles: tuple[Role, ...]
    scope: str | None = None

    def allows(self, standing: Any, subject: Any = None) -> bool:
        """Whether any of the roles fits."""
        return any(role.fits(standing, subject) for role in self.roles)

    @property
    def is_about_words(self) -> bool:
        """Whether its scope is one of those that only a person can hold."""
        return self.scope is not None and self.scope.startswith("content:")

    @property
    def described(self) -> str:
        """The roles as a phrase: "owner, moderator or service key"."""
        return phrase([role.name for role in self.roles])


def phrase(names: list[str]) -> str:
    """Names joined as in a sentence."""
    return " or ".join(filter(None, [", ".join(names[:-1]), names[-1] if names else "nobody"]))


ANYBODY = Role("anybody", lambda _standing, _subject: True)
PUBLIC = Policy("public", (ANYBODY,))
"""For the few routes that need no sign-in."""
EVERYBODY = Policy("everybody signed in", (Role("everybody signed in", lambda _standing, _subject: True),))
"""For routes on which the lookup itself decides what is found."""

"""Who finds whom in the directory. This floor knows admins, service keys and oneself; groups tell the rest.

A higher room registers two questions, each answered with a condition in SQL:

- `whole(ctx)`: does the actor read the whole directory? (Whoever moderates a group does.)
- `known(ctx)`: is this `Person` somebody the actor knows? (Members know the people of their groups.)
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, or_, true

from peergroup.kit.context import Context
from peergroup.people.models import TOMBSTONES, Person

Condition = Callable[[Context], ColumnElement[bool]]


@dataclass(frozen=True)
class Acquaintance:
    """What one higher room knows of who knows whom. Asked only for people, never for service keys."""

    whole: Condition
    known: Condition


acquaintances: dict[str, Acquaintance] = {}


def register(room: str, *, whole: Condition, known: Condition) -> None:
    """Let a higher room say who knows whom; `known` is a condition on `people.models.Person`."""
    acquaintances[room] = Acquaintance(whole, known)


def reads_all(ctx: Context) -> bool:
    """Admins, service keys (their scope was judged before) and the service itself read everything."""
    return ctx.principal.is_admin or ctx.principal.is_service or ctx.principal.is_system


def sees(ctx: Context) -> ColumnElement[bool]:
    """SQL: whether the actor finds this `Person`. Nobody but those who read all finds tombstones."""
    if reads_all(ctx):
        return true()
    known = [one.known(ctx) for one in acquaintances.values()]
    living = Person.state.not_in(TOMBSTONES)
    return or_(Person.id == ctx.principal.person_id, living & or_(false(), _whole(ctx), *known))


def sees_email(ctx: Context) -> ColumnElement[bool]:
    """SQL: whether the actor reads this `Person`'s address, given that they find the person."""
    if reads_all(ctx):
        return true()
    return or_(Person.id == ctx.principal.person_id, Person.show_email, _whole(ctx))


def _whole(ctx: Context) -> ColumnElement[bool]:
    return or_(false(), *(one.whole(ctx) for one in acquaintances.values()))

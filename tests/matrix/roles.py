"""Who stands on the stage, and which roles of the policies each of them fits.

Written down here by name, apart from the predicates in the code: the matrix compares the two.
"""

PLACES = {
    "moderator": ("moderator", "active"),
    "co_moderator": ("co_moderator", "active"),
    "member": ("member", "active"),
    "on_leave": ("member", "on_leave"),
    "provisional": ("member", "provisional"),
    "invited": ("member", "invited"),
    "suspended": ("member", "suspended"),
    "alumni": ("member", "alumni"),
    "removed": ("member", "removed"),
}
"""Role and state in each group of the stage."""
CAST = ("owner", "admin", *PLACES, "outsider", "service")
"""All of them. The outsider is a member of another group; the service key holds every scope it may."""
PEOPLE = CAST[:-1]
ACTIVE = ("moderator", "co_moderator", "member")
ADMINS = ("owner", "admin")
IN_THE_GROUP = (*ADMINS, *ACTIVE, "on_leave", "provisional", "invited", "service")
"""For whom a group exists."""
ON_THE_ROSTER = (*ADMINS, *ACTIVE, "on_leave", "service")
"""Who sees everybody in the group."""
NOBODY: tuple[str, ...] = ()

_fits: dict[str, tuple[str, ...]] = {
    "anybody": CAST,
    "everybody signed in": CAST,
    "person": PEOPLE,
    "owner": ("owner",),
    "admin": ADMINS,
    "admin, not for oneself": ADMINS,
    "service key": ("service",),
    "moderator": ("moderator", "co_moderator"),
    "moderator, not for oneself": ("moderator", "co_moderator"),
    "active member": ACTIVE,
    "active member who signed": ACTIVE,
    "member on leave": ("on_leave",),
    "invited person": ("invited", "provisional"),
}
_of_the_subject = {"the person concerned", "the person", "signed-in device"}


def fits(role: str, *cast: str) -> None:
    """Say who of the cast fits a role of a room's policy; nobody where it depends on the subject alone."""
    if _fits.setdefault(role, cast) != cast:
        raise ValueError(f"the role {role!r} is known as {_fits[role]}: give yours another name")
    if not cast:
        _of_the_subject.add(role)


def who_fits(role: str) -> tuple[str, ...]:
    """Those of the cast who fit a role, whatever the subject."""
    if role in _of_the_subject:
        return NOBODY
    if role not in _fits:
        raise AssertionError(
            f"The role {role!r} is new. Say who of the cast fits it, in tests/<room>/examples.py or states.py:\n"
            f"    from tests.matrix.roles import fits\n"
            f'    fits({role!r}, "moderator", "co_moderator")\n'
            f"with names out of {CAST}; with no names where the subject decides (its owner, its author)."
        )
    return _fits[role]


def depends_on_the_subject(role: str) -> bool:
    """Whether a role is somebody's by what the request is about: the example's `concerned` is the one."""
    return role in _of_the_subject

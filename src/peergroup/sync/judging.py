"""What a row's cells must be for the row to be taken."""

from collections.abc import Mapping

from peergroup.sync.addresses import is_address
from peergroup.sync.records import LONGEST, MANGLED, NO, YES, Notice, Record, Refused
from peergroup.sync.zones import zone_named


def judge(number: int, cells: Mapping[str, str | None], fields: dict[str, str]) -> Record:
    """The record in these cells; `fields` is field → column.

    Raises `Refused` with the first reason against it.
    """
    texts = {name: _text(cells, name, column) for name, column in fields.items()}
    get = texts.get
    external_id, email = get("external_id"), get("email")
    if not external_id:
        raise Refused("no_reference", fields.get("external_id"), "There is no reference in this row.")
    if MANGLED.fullmatch(external_id):
        reason = "This reference is a number that a spreadsheet has shortened; export it as text."
        raise Refused("mangled_reference", fields["external_id"], reason)
    is_active, warnings = _is_active(get("is_active"), fields)
    if not is_active:
        return Record(number, external_id, is_active=False)
    name = get("name") or " ".join(filter(None, (get("first_name"), get("last_name"))))
    where = fields.get("name") or fields.get("last_name") or fields.get("first_name")
    if not name:
        raise Refused("no_name", where, "There is no name in this row.")
    if len(name) > LONGEST["name"]:
        raise Refused("too_long", where, f"The name is longer than {LONGEST['name']} characters.")
    if email and not is_address(email):
        raise Refused("not_an_email", fields["email"], "This is not an e-mail address.")
    zone, unknown = _zone(get("time_zone"), fields)
    rest = get("company"), get("job_title"), get("industry")
    return Record(number, external_id, name, email, *rest, zone, get("level"), warnings + unknown)


def reference(cells: Mapping[str, str | None], fields: dict[str, str]) -> str | None:
    """The reference in these cells, whatever is wrong with the rest; None where it cannot be taken either."""
    try:
        known = _text(cells, "external_id", fields["external_id"])
    except (Refused, KeyError):
        return None
    return None if known is None or MANGLED.fullmatch(known) else known


def _is_active(text: str | None, fields: dict[str, str]) -> tuple[bool, tuple[Notice, ...]]:
    """Whether the source still lists them. Only a clear no shuts anybody out."""
    if text is None or (said := text.casefold()) in YES:
        return True, ()
    if said in NO:
        return False, ()
    reason = "This says neither yes nor no; the person is taken as active. Let the mapping say what it means."
    return True, (Notice("unclear_state", fields["is_active"], reason),)


def _text(cells: Mapping[str, str | None], name: str, column: str) -> str | None:
    """The cell's text on one line and without blanks around it; None when empty."""
    text = cells.get(column, "")
    if text is None:
        raise Refused("not_text", column, "This value is neither text nor a number.")
    text = " ".join(text.split())
    if len(text) > LONGEST[name]:
        raise Refused("too_long", column, f"This text is longer than {LONGEST[name]} characters.")
    return text or None


def _zone(text: str | None, fields: dict[str, str]) -> tuple[str | None, tuple[Notice, ...]]:
    if text is None:
        return None, ()
    zone = zone_named(text)
    if zone:
        return zone, ()
    reason = "This time zone is not known; the organization's zone is used."
    return None, (Notice("unknown_time_zone", fields["time_zone"], reason),)

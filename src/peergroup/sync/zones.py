"""Time zones as CRMs write them."""

from functools import lru_cache
from zoneinfo import available_timezones

# Names that a machine's own files bring along and that mean nothing elsewhere.
_NOT_A_PLACE = frozenset({"localtime", "Factory", "posixrules"})


def zone_named(text: str) -> str | None:
    """The IANA name of a zone in whatever spelling (`europe/oslo`, HubSpot's `europe_slash_oslo`,
    Salesforce's `(GMT+01:00) … (Europe/Oslo)`); None when there is no such zone."""
    if text.endswith(")"):
        text = text[text.rfind("(") + 1 : -1]
    return _spellings().get(text.strip().casefold().replace(" ", "_"))


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    names = available_timezones() - _NOT_A_PLACE
    plain = {name.casefold(): name for name in names}
    return {_as_hubspot_writes(name): zone for name, zone in plain.items()} | plain


def _as_hubspot_writes(name: str) -> str:
    return name.replace("/", "_slash_").replace("-", "_hyphen_").replace("+", "_plus_")

"""Is this an e-mail address? A bounded check of our own: cheap enough for every row of a large import."""

import re
from typing import Final

LONGEST: Final = 320
_UNSEEN: Final = r"\s\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff"
# Any script is welcome on both sides. Of ASCII, the local part takes what RFC 5322 allows without quotes, the
# domain letters, digits and hyphens; blanks, control characters and marks nobody sees are never part of an
# address.
_LOCAL: Final = rf"""[^\x00-\x20"(),:;<>@\[\\\]\x7f-\xa0{_UNSEEN}]{{1,64}}"""
_LABEL: Final = rf"""(?!-)[^\x00-\x2c\x2e\x2f\x3a-\x40\x5b-\x60\x7b-\xa0{_UNSEEN}]{{1,63}}(?<!-)"""
_ADDRESS: Final = re.compile(rf"{_LOCAL}@(?:{_LABEL}\.)+(?![0-9]+\Z){_LABEL}")


def is_address(text: str) -> bool:
    """Whether mail could be sent there: `local@label.label`, at most 320 characters; one address, nothing
    around it.
    """
    return len(text) <= LONGEST and _ADDRESS.fullmatch(text) is not None

"""Text on its way into a spreadsheet."""

import re
from typing import Final

_FORMULA: Final = re.compile(r"[\s\x00-\x1f\u200b\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")


def safe_cell(text: str) -> str:
    """The text with a `'` before it if a spreadsheet could take it for a formula; else as it is.

    Looks past leading blanks and unseen characters, and knows the full-width signs. Whoever writes the file
    quotes every cell (`csv.QUOTE_ALL`): a `;` in unquoted text would begin a new cell where spreadsheets
    divide by it.
    """
    return f"'{text}" if _FORMULA.match(text) else text

"""From a text to the words it is found by, and from a question to what the databases are asked.

Both databases get words that were cut and folded here, so that they give the same verdict: without accents,
without case, letters and digits only.
"""

import re
import unicodedata

MOST_WORDS, LONGEST = 1_500, 60
MOST_ASKED = 10
_WORD = re.compile(r"[^\W_]+")


def words_of(*texts: str | None) -> list[str]:
    """The different words of some texts, folded and sorted."""
    found = {word for text in texts if text for word in _cut(text)}
    return sorted(found)[:MOST_WORDS]


def asked(question: str) -> list[str]:
    """The words of a question, in its order; each is looked for as the beginning of a word."""
    return list(dict.fromkeys(_cut(question)))[:MOST_ASKED]


def _cut(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return [word[:LONGEST] for word in _WORD.findall(plain.casefold())]


def fts5(words: list[str]) -> str:
    """A question to SQLite: quoted, so that nothing in it is an operator."""
    return " AND ".join(f'"{word}"*' for word in words)


def tsquery(words: list[str]) -> str:
    """A question to PostgreSQL: quoted words that all have to begin something."""
    return " & ".join(f"'{word}':*" for word in words)

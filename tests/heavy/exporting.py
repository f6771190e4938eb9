"""Exports of a CRM, written by a seeded generator: each row with what has to come of it."""

import csv
import io
import random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

HEADER = (
    "Record ID",
    "Full Name",
    "Email",
    "Company Name",
    "Job Title",
    "Time Zone",
    "Listed",
    "Remarks",
)
MAPPING = [{"column": "Listed", "field": "is_active"}]
OF_A_HUNDRED = {
    "plain": 62,
    "umlauts": 8,
    "quoted": 6,
    "no_email": 7,
    "unknown_zone": 4,
    "repeated": 4,
    "conflicting": 3,
    "not_an_email": 1,
    "no_name": 1,
    "no_reference": 1,
    "mangled_reference": 1,
    "gone": 2,
}
"""How many rows of a hundred are of which kind."""
REJECTED = ("not_an_email", "no_name", "no_reference", "mangled_reference")
MAKES_SOMEBODY = ("plain", "umlauts", "quoted", "no_email", "unknown_zone")
FIRST_NAMES = ("Ada", "Grace", "Jürgen", "Zoë", "Łucja", "Søren", "Renée", "İpek", "Žofia", "Ólafur")
LAST_NAMES = ("Groß", "Öztürk", "Müller", "O’Brien", "Nuñez", "Ångström", "Čapek", "van der Berg")
ZONES = ("Europe/Berlin", "europe_slash_oslo", "(GMT+01:00) Central European Time (Europe/Paris)", "UTC", "")
CHANGES = {"job": 12, "name": 4, "address": 4, "taken": 3, "faulty": 2, "gone": 4, "repeated": 3}
"""How many of a hundred known records a later export tells otherwise."""


@dataclass(frozen=True)
class Row:
    """One row, and its status when it comes into an organization without people, and when it comes again."""

    kind: str
    reference: str
    name: str
    email: str = ""
    company: str = ""
    job: str = ""
    zone: str = ""
    listed: str = ""
    remarks: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        said = (self.reference, self.name, self.email, self.company, self.job, self.zone, self.listed)
        return (*said, self.remarks)

    @property
    def first(self) -> str:
        known = {"repeated": "updated", "conflicting": "conflict", "gone": "unchanged"}
        return known.get(self.kind) or ("rejected" if self.kind in REJECTED else "created")

    @property
    def again(self) -> str:
        return self.first if self.first in ("conflict", "rejected") else "unchanged"

    @property
    def code(self) -> str | None:
        """What the result says is wrong with it."""
        if self.kind == "conflicting":
            return "email_conflict"
        return self.kind if self.kind in REJECTED else None

    @property
    def warning(self) -> str | None:
        return "unknown_time_zone" if self.kind == "unknown_zone" else None


@dataclass
class Writer:
    """Writes exports: the same ones from the same seed."""

    seed: int
    number: int = 0
    holders: list[Row] = field(default_factory=list)
    """Whose addresses later rows may bring; they come only once themselves."""
    recurring: list[Row] = field(default_factory=list)
    """Who may come several times."""

    def __post_init__(self) -> None:
        self.lots = random.Random(self.seed)

    def export(self, rows: int) -> list[Row]:
        """That many rows, of every kind so many of a hundred."""
        kinds = [kind for kind, share in OF_A_HUNDRED.items() for _ in range(-(-rows * share // 100))]
        self.lots.shuffle(kinds)
        return [self._row(kind) for kind in kinds[:rows]]

    def later(self, rows: list[Row], new: int, missing: int = 0) -> list[Row]:
        """What the same CRM exports later: most as before, some told otherwise, new ones between them, and so many
        of a hundred missing."""
        kept = [row for row in rows if self.lots.randrange(100) >= missing]
        told = [found for row in kept for found in self._told_later(row)]
        for row in self.export(new):
            told.insert(self.lots.randrange(len(told) + 1), row)
        return told

    def _row(self, kind: str) -> Row:
        if kind in ("repeated", "conflicting") and not (self.recurring and self.holders):
            kind = "plain"
        self.number += 1
        row = self._somebody(kind)
        if kind == "repeated":
            known = self.lots.choice(self.recurring)
            return replace(known, kind=kind, job=f"{known.job} {self.number}", listed="")
        if kind == "conflicting":
            return replace(row, email=self.lots.choice(self.holders).email.upper())
        if kind == "plain":
            (self.holders if self.number % 2 else self.recurring).append(row)
        return row

    def _somebody(self, kind: str) -> Row:
        number, lots = self.number, self.lots
        row = Row(
            kind,
            reference=str(700_000 + number),
            name=f"{lots.choice(FIRST_NAMES)} {lots.choice(LAST_NAMES)} {number}",
            email=f"p{number}@example.com",
            company=f"Firm {lots.randrange(300)}" if lots.random() < 0.8 else "",
            job=lots.choice(("CEO", "Head of Sales", "Engineer", "")),
            zone=lots.choice(ZONES),
            listed=lots.choice(("", "yes", "Active")),
        )
        return replace(row, **_OF_KIND.get(kind, {}))

    def _told_later(self, row: Row) -> list[Row]:
        """One known record as it comes later: once, or twice with something else the second time."""
        drawn, change = self.lots.randrange(100), "as before"
        for kind, share in CHANGES.items():
            if 0 <= drawn < share:
                change = kind
            drawn -= share
        self.number += 1
        other = self.lots.choice(self.holders).email
        said: dict[str, dict[str, str]] = {
            "job": {"job": f"Partner {self.number}"},
            "name": {"name": f"{row.name} Ünal"},
            "address": {"email": f"New{self.number}@Example.com"},
            "taken": {"email": other},
            "faulty": {"email": "nobody at example"},
            "gone": {"listed": "No"},
        }
        if change == "repeated":
            return [row, replace(row, job=f"Twice {self.number}")]
        return [replace(row, **said.get(change, {}))]


_OF_KIND: dict[str, dict[str, str]] = {
    "umlauts": {
        "company": "Köhler & Söhne GmbH",
        "job": "Geschäftsführerin für Übersee",
        "remarks": "größtes ẞ",
    },
    "quoted": {
        "company": 'Quoth "Raven", Inc.',
        "job": "Head of\nmany things",
        "remarks": 'first line\r\n"second", line;\n\nlast',
    },
    "no_email": {"email": ""},
    "unknown_zone": {"zone": "Mars/Olympus Mons"},
    "not_an_email": {"email": "nobody at example"},
    "no_name": {"name": " "},
    "no_reference": {"reference": ""},
    "mangled_reference": {"reference": "1,01E+15"},
    "gone": {"listed": "no"},
}


def written(rows: Iterable[Row]) -> bytes:
    """The file, as spreadsheets write it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows(row.cells for row in rows)
    return text.getvalue().encode()

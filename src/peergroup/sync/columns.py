"""Which columns mean what: the names that CRMs and spreadsheets give them, as data.

A name is compared by its letters and digits alone, without case: `E-Mail`, `e_mail` and `email` are one.
Within a field the earlier name is the better one: with `Record ID` and `ID` in one file, `Record ID` is the
reference.
"""

import unicodedata
from typing import Final

NAMES: Final[dict[str, str]] = {
    "external_id": """
        record id, record id - contact, hs object id, contact id, contact id 18, contact record id, vid,
        lead id, external id, external reference, reference, member id, member number, customer number,
        customer no, customer id, client id, person id, Kundennummer, Kundennr, Kunden-Nr, Kd-Nr, Kunden-ID,
        Datensatz-ID, Kontakt-ID, Kontaktnummer, Mitgliedsnummer, Mitgliedsnr, Mitglieds-ID, Personennummer,
        Personen-ID, Referenz, ref, id""",
    "first_name": "first name, given name, forename, Vorname, Rufname",
    "last_name": "last name, surname, family name, Nachname, Familienname, Zuname",
    "name": "full name, name, contact name, display name, vollständiger Name, Kontaktname, Ansprechpartner",
    "email": """
        email, email address, primary email, work email, email 1, mail, mail address,
        E-Mail-Adresse, Mailadresse, E-Mail geschäftlich""",
    "company": """
        company name, company, account name, organization name, organization, organisation, employer,
        associated company, primary company, Firma, Firmenname, Unternehmen, Unternehmensname, Gesellschaft,
        Arbeitgeber, Organisationsname""",
    "job_title": """
        job title, title, position, job position, job role, role, Berufsbezeichnung, Stellenbezeichnung,
        Jobbezeichnung, Funktion, Rolle, Beruf""",
    "industry": "industry, industry sector, sector, account industry, Branche, Industrie, Wirtschaftszweig",
    "time_zone": "time zone, time zone sid key, hs timezone, tz, Zeitzone",
    "level": """
        level, seniority, seniority level, management level, career level, Karrierestufe, Ebene, Stufe,
        Hierarchieebene, Führungsebene""",
    "phone": """
        phone, phone number, mobile, mobile phone, mobile phone number, business phone, telephone, Telefon,
        Telefonnummer, Mobil, Mobiltelefon, Mobilnummer, Handy, Handynummer""",
}

# Understood, so that nobody wonders, but not stored: we have no use for it. `ignore` is for `--map
# COLUMN=ignore`.
NOT_KEPT: Final = frozenset({"phone", "ignore"})
# Whether somebody is still listed is never guessed from a column's name: it shuts people out.
FIELDS: Final = frozenset(NAMES) | NOT_KEPT | {"is_active"}


def plain(column: str) -> str:
    """A column's name reduced to what it is compared by."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", column).casefold()))


# Plain name → (field, rank): of two columns for one field, the lower rank is taken.
KNOWN: Final[dict[str, tuple[str, int]]] = {
    plain(name): (field, rank) for field, names in NAMES.items() for rank, name in enumerate(names.split(","))
}

"""Records of a connector as rows: what a mapping takes, whether it comes from a file or from an API."""

from peergroup.sync.rows import Bounds, Problem, Row, cell_too_long, unreadable
from peergroup.sync.sources.protocol import SourceRecord

_BOUNDS = Bounds()


def row_of(record: SourceRecord, number: int, columns: tuple[str, ...]) -> Row:
    """The record as a row. `columns` is the connector's own tuple; `number` counts the records of a run, from 1."""
    problem = _problem(record)
    if problem is None:
        return Row(number, columns, dict(record.properties))
    known = {} if unreadable(record.external_id) else {columns[0]: record.external_id}
    return Row(number, columns, known, problem)


def _problem(record: SourceRecord) -> Problem | None:
    for column, text in record.properties.items():
        if bad := unreadable(text):
            return Problem(bad.code, _SAID[bad.code], column)
        if len(text) > _BOUNDS.field:
            return cell_too_long(column, _BOUNDS)
    return None


_SAID = {
    "nul_character": "This property contains a NUL character.",
    "undecodable_text": "This property contains characters that no database takes.",
}

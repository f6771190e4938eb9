"""Reading an export of any size, as it comes in: bytes in, rows out, in constant memory.

    reader = Reader(content_type)
    for chunk in stream:
        for row in reader.feed(chunk): ...
    for row in reader.close(): ...

Nothing in the bytes makes the reader raise. What cannot be taken is a row with a `problem`.
"""

import io
import re
from collections.abc import Iterator
from typing import Final

from peergroup.sync.decoding import Decoder
from peergroup.sync.lines import Lines
from peergroup.sync.rows import Bounds, Row
from peergroup.sync.tables import Table

DEFAULT: Final = Bounds()
_JSON_LINES: Final = re.compile(r"\s*(?:application|text)/(?:x-)?(?:ndjson|jsonl|jsonlines|json)\b", re.I)
_TABS: Final = re.compile(r"\s*text/tab-separated-values\b", re.I)
_CSV: Final = re.compile(r"\s*(?:text|application)/(?:x-)?csv\b", re.I)


class Reader:
    """Reads CSV in any usual dress, and NDJSON.

    The content type decides which of the two when it names one; else a first visible character `{` means
    NDJSON. `feed` and `close` are generators: exhaust each before the next call. Bytes are cut anew into
    blocks of `bounds.block`, so how the stream was cut makes no difference to the rows.
    """

    def __init__(self, content_type: str | None = None, bounds: Bounds = DEFAULT) -> None:
        self._bounds = bounds
        self._content_type = content_type or ""
        self._block = bytearray()
        self._decoder = Decoder()
        self._newlines = io.IncrementalNewlineDecoder(None, translate=True)
        self._lead = ""
        self._source: Table | Lines | None = None
        self._is_closed = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns known so far: the header, or the member names seen in NDJSON; empty at first."""
        return self._source.columns if self._source else ()

    @property
    def footer_rows(self) -> int:
        """How many footer lines were passed over by now."""
        return self._source.footers.count if isinstance(self._source, Table) else 0

    @property
    def encoding(self) -> str | None:
        """`utf-8`, `utf-16-le`, `utf-16-be` or `cp1252`; None until something tells."""
        return self._decoder.encoding

    @property
    def delimiter(self) -> str | None:
        """What divides the cells; None until the header was read, and for NDJSON."""
        return self._source.delimiter if isinstance(self._source, Table) else None

    def feed(self, data: bytes) -> Iterator[Row]:
        """The rows that these bytes complete, as far as whole blocks go."""
        at = 0
        while at < len(data) and not self._is_closed:
            piece = data[at : at + self._bounds.block - len(self._block)]
            self._block += piece
            at += len(piece)
            if len(self._block) >= self._bounds.block:
                yield from self._read(final=False)

    def close(self) -> Iterator[Row]:
        """The rows that are left. Afterwards, nothing more comes."""
        if not self._is_closed:
            self._is_closed = True
            yield from self._read(final=True)

    def _read(self, final: bool) -> Iterator[Row]:
        data = bytes(self._block)
        self._block.clear()
        text = self._newlines.decode(self._decoder.decode(data, final), final)
        if self._source is None:
            # Blanks alone do not tell what this is; a file that begins with too many of them is taken for
            # CSV.
            self._lead = text = self._lead + text
            if not (final or text.strip() or len(text) > self._bounds.row):
                return
            self._lead, self._source = "", self._source_for(text)
        yield from self._source.read(text, final)

    def _source_for(self, text: str) -> Table | Lines:
        if _TABS.match(self._content_type):
            return Table(self._bounds, "\t")
        is_json = _JSON_LINES.match(self._content_type)
        if is_json or (text.lstrip().startswith("{") and not _CSV.match(self._content_type)):
            return Lines(self._bounds)
        return Table(self._bounds)

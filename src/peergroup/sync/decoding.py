"""Bytes to text, piece by piece, with the encoding found out on the way.

A byte order mark decides at once. Without one, UTF-8 and Windows-1252 agree as long as only ASCII comes, so
nothing is decided before the first other byte; the 4,096 bytes from there on then tell. Whole UTF-8 sequences
hardly ever come about by chance, so they outvote stray bytes: a UTF-8 file with one broken name stays UTF-8.

What cannot be decoded becomes a lone surrogate. No well-formed text contains one, so the reader finds the row
by it.
"""

import codecs
import re
from typing import Final

MARKS: Final = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
WINDOW: Final = 4096
UNDECODABLE: Final = "\udcff"
_NOT_ASCII: Final = re.compile(rb"[\x80-\xff]")


class Decoder:
    """Decodes bytes given in any pieces; never raises. `encoding` is None until known; pure ASCII ends as
    `utf-8`.
    """

    def __init__(self) -> None:
        self.encoding: str | None = None
        self._held = b""
        self._is_begun = False
        self._codec: codecs.IncrementalDecoder | None = None

    def decode(self, data: bytes, final: bool = False) -> str:
        """The text of `data` as far as it can be told by now; with `final`, the rest of what was held back
        too.
        """
        if self._codec is not None:
            return self._coded(self._codec, data, final)
        data = self._held + data
        self._held = b""
        if not self._is_begun:
            if len(data) < len(codecs.BOM_UTF8) and not final:
                self._held = data
                return ""
            self._is_begun = True
            for mark, encoding in MARKS.items():
                if data.startswith(mark):
                    return self._coded(self._choose(encoding), data[len(mark) :], final)
        return self._undecided(data, final)

    def _undecided(self, data: bytes, final: bool) -> str:
        found = _NOT_ASCII.search(data)
        if found is None:
            if final:
                self.encoding = "utf-8"
            return data.decode("ascii")
        start = found.start()
        if len(data) - start < WINDOW and not final:
            self._held = data[start:]
            return data[:start].decode("ascii")
        return self._coded(self._choose(_likely(data[start : start + WINDOW])), data, final)

    def _choose(self, encoding: str) -> codecs.IncrementalDecoder:
        # UTF-16 knows lone surrogates by itself; in the others every byte that fails is above 127 and can be
        # escaped.
        errors = "surrogatepass" if encoding.startswith("utf-16") else "surrogateescape"
        self.encoding = encoding
        self._codec = codecs.getincrementaldecoder(encoding)(errors)
        return self._codec

    def _coded(self, codec: codecs.IncrementalDecoder, data: bytes, final: bool) -> str:
        text = codec.decode(data)
        # Half a character at the very end would raise in UTF-16: it is marked instead of being flushed.
        if final and codec.getstate()[0]:
            text += UNDECODABLE
        return text


def _likely(window: bytes) -> str:
    """`utf-8` or `cp1252`, by what the bytes from the first one that is not ASCII look like."""
    # A sequence cut off by the window's end says nothing, so the tail of an unfinished one is left out.
    text = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode(window)
    stray = sum("\udc80" <= character <= "\udcff" for character in text)
    whole = sum(character > "\x7f" for character in text) - stray
    return "utf-8" if whole >= stray and whole > 0 else "cp1252"

"""What hostile input is made of: values for JSON, for addresses, for headers, and whole bodies."""

import base64
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

NOBODY = "00000000-0000-0000-0000-000000000000"
EVERYBODY = "ffffffff-ffff-ffff-ffff-ffffffffffff"


@dataclass(frozen=True)
class Raw:
    """Bytes that stand in a body as they are, whether they are JSON or not."""

    said: bytes


STRINGS: tuple[str, ...] = (
    "", " ", "\t", "\x00", "a\x00b", "\ud800", "\udc00x", "\ud83d", "\u202eabc", "\u200f", "\ufeff", "\u2028",
    "\x85", "\x1b[31m", "\x7f", "😀" * 50, "\U0010ffff", "e\u0301" * 100, "İ" * 100, "ß" * 150, "ﬃ", "a" * 201,
    "a" * 2_001, "a" * 10_001, "x" * 200_000, "\r\nSet-Cookie: a=b", "' OR 1=1 --",
    "'; DROP TABLE person; --",
    "\\", "\\'", "%s%n%d", "{0.__class__}", "${jndi:ldap://x}", "{{7*7}}", "<script>", "../../etc/passwd",
    "%00",
    "null", "true", "NaN", "'" * 50, '"', "%", "_", "*", '"*"', "NEAR(a b)", "a AND", "fts: (", "a -b", "a:*",
    "& | !", "-1", "0", "1e999", "0x10", "１２", "٣", "2026-02-30", "2026-13-01T00:00:00Z", "0000-00-00",
    "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "2026-01-01T00:00:00+99:99", "2026-12-15T18:00",
    "2026-03-29T02:30", "2026-06-30T23:59:60Z", "Etc/Unknown", "../UTC", "Europe/Berlin\x00", "a@b",
    "a@b.c\n",
    "ａ@ｂ.ｃ", NOBODY, EVERYBODY, NOBODY.replace("-", ""), f"urn:uuid:{NOBODY}", "http://127.0.0.1/",
    "javascript:alert(1)", "=cmd|' /C calc'!A0", "me", "all", "open", "public",
)  # fmt: skip
OTHERS: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**15, 2**31, 2**53, 2**63, -(2**63) - 1, 10**30, 0.5, -0.0, 1e308, [],
    {}, [None],
    [[[[]]]], [""], [0], ["a", "a"], [NOBODY] * 3, ["a"] * 1_001, {"a": {"b": 1}}, {"": ""}, {"$ref": "#"},
    {"__proto__": {}}, {"id": NOBODY},
    Raw(b"NaN"), Raw(b"-Infinity"), Raw(b"1e400"), Raw(b"9" * 5_000), Raw(b"-0"), Raw(b"01"), Raw(b"1."),
    Raw(b"'x'"),
    Raw(b"undefined"), Raw(b'{"a":1,"a":2}'), Raw(b'"\\ud83d"'), Raw(b'"\xff"'), Raw(b'"\xed\xa0\x80"'),
    Raw(b'"\xc0\xaf"'), Raw(b'"open'), Raw(b'"\x01"'), Raw(b"[" * 30 + b"]" * 30), Raw(b"[" * 40 + b"]" * 40),
    Raw(b"[" * 100_000), Raw(b'{"a":' * 3_000 + b"1" + b"}" * 3_000), Raw(b""), Raw(b"1,2"), Raw(b"/*x*/1"),
)  # fmt: skip
VALUES: tuple[Any, ...] = (*STRINGS, *OTHERS)

_BYTES: tuple[bytes, ...] = (
    b"", b"%", b"%z1", b"%00", b"%ff", b"%c0%af", b"%ed%a0%80", b"%f5%80%80%80", b"%2e%2e", b"..", b".",
    b"%2f", b"%252e",
    b"%0d%0aX-A:%20b", b"%20", b"+", b"\xff", b"\xc3\xa4", b"%u0041", b";a=b", b"%3f", b"%23", b"\\", b"|",
    b"{}", b"[]",
    b"9" * 400, b"-9223372036854775809", b"1e9", b"1_0", b"%31%30", b"a" * 1_900, b"a" * 7_900, b"a" * 70_000,
)  # fmt: skip
ADDRESSED: tuple[bytes, ...] = (
    *_BYTES,
    *(quote(said, safe="", errors="surrogatepass").encode() for said in STRINGS if len(said) < 300),
)
"""For one place in a path, or for the value of a query parameter."""
HEADED: tuple[bytes, ...] = (
    b"", b" ", b"\xff\xfe", "ä😀".encode(), b"a" * 256, b"a" * 7_999, b"a" * 9_000, b'"', b'""', b"*",
    b'W/"1-x"', b'"1"',
    b'"1-0"', b"1", b'"-1"', b'"99999999999999999999"', b'"1", *', b",,,,", b"\x00", b"a\x00b", b"a\x7f",
    b"\x0b", b"a,b," * 300,
    b"' OR 1=1 --", b"%00", b"${jndi:ldap://x}", b"{{7*7}}", b"0", b"-1", NOBODY.encode(), b"../..", b"null",
    b"application/json", b"application/json; charset=utf-16", b"application/json;;;=", b"APPLICATION/JSON",
    b"application/merge-patch+json", b"application/xml", b"multipart/form-data",
    b"multipart/form-data; boundary=\xff",
    b"text/csv", b"text/csv; charset=klingon", b"application/x-ndjson",
    b"application/x-www-form-urlencoded", b"*/*;q=x",
    b"text/markdown", b"text/event-stream;q=0.0000001", b"image/svg+xml, */*;q=0", b"gzip", b"identity",
    b"br, gzip",
    b"Bearer", b"Bearer ", b"Bearer x", b"bearer \xff", b"Basic YTpi", b"Bearer pg_" + b"a" * 4_100,
    b"Bearer a b c",
    b"00-" + b"0" * 32 + b"-" + b"0" * 16 + b"-00", b"Thu, 01 Jan 1970 00:00:00 GMT", b"bytes=0-",
    b"100-continue",
    b"chunked", b"5", b"1, 2", b"99999999999999999999", b"+3", b"websocket", b"close", b"evil.example",
    b"a\tb",
)  # fmt: skip
HEADERS = (
    "authorization", "if-match", "if-none-match", "idempotency-key", "content-type", "accept",
    "last-event-id",
    "x-request-id", "traceparent", "origin", "host", "content-length", "transfer-encoding",
    "content-encoding", "range",
    "if-modified-since", "cookie", "x-forwarded-for", "expect", "upgrade", "accept-language", "forwarded",
)  # fmt: skip
BODIES: tuple[bytes, ...] = (
    b"", b" ", b"\x00", b"null", b"true", b"0", b'""', b"[]", b"{}", b"[{}]", b"{", b"}", b'{"a"',
    b'{"a":1,}', b"{'a':1}",
    b'{"a":1}{"b":2}', b"\xef\xbb\xbf{}", "{}".encode("utf-16"), "{}".encode("utf-32"), b'{"\xff":1}',
    b'{"a":NaN}',
    b'{"":1,"":1}', b'{"\\u0000":1}', b'{"\\ud800":1}', b'{"__class__":1}', b"[" * 200_000,
    b'{"a":' * 50_000, b"a=b&c=d",
    b"a=%ff&a=%00", b"&" * 1_000,
    b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
    b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--x--", b"a,b\n1,2\n", b'"a\n1,2',
    b"\x1f\x8b\x08\x00" + b"\x00" * 20,
    b'{"a":1}\n{"a":1}\n', b"\n" * 1_000, b",\n" * 1_000, b"9" * 10_000, b'"' + b"a" * 990_000 + b'"',
    b"x" * 1_000_001,
)  # fmt: skip
METHODS = (
    b"TRACE",
    b"HEAD",
    b"OPTIONS",
    b"PROPFIND",
    b"get",
    b"CONNECT",
    b"DELETE",
    b"PUT",
    b"PATCH",
    b"POST",
    b"G\xffT",
    b"A" * 300,
)
SUFFIXES = (
    b"/", b"//", b"/.", b"/..", b"/%2e%2e", b";x", b"%00", b".json", b"/" + b"a" * 2_500, b"?", b"?=",
    b"?&&&", b"?a", b"?a=1&a=2", b"?%ff=%ff", b"?limit[]=1", b"#x", b"%", b"\xff", b"?" + b"a=1&" * 500,
    b"?" + b"x" * 9_000,
)  # fmt: skip


def _cursor(value: Any) -> bytes:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


_AT = "2026-12-15T17:00:00.000000Z"
_ENDS: tuple[Any, ...] = (NOBODY, EVERYBODY, "x", 0, None, "\x00", "\ud800", [], {}, True)
_KEYS: tuple[Any, ...] = (
    _AT,
    "9999-12-31T23:59:59.999999Z",
    "0001-01-01T00:00:00.000000Z",
    "",
    "a",
    "\x00",
    "\ud800",
    "İ",
    0,
    -1,
)
_KEYS += (2**31, 2**62, 2**63, -(2**63), 10**400, 1.5, True, None, [], {}, NOBODY)
CURSORS: tuple[bytes, ...] = (
    *(_cursor([key, end]) for key in _KEYS for end in _ENDS[:4]),
    *(_cursor([end]) for end in _ENDS),
    *(_cursor([_AT, 1, end]) for end in _ENDS),
    *(_cursor(raw) for raw in (b"NaN", b"[NaN]", b"[1e999,1]", b"\xff", b"[" * 370, b"{}", b"null", b"[]")),
    *(_cursor(raw) for raw in (b'["a",', b"9" * 370)),
    b"!!!!", b"====", b"%3D%3D", b"a", b"aa", b"aaa", b"_-_-", b"AAAAAAAAAAAAAAAAAAAAAA", b"A" * 500,
    b"A" * 501,
)  # fmt: skip

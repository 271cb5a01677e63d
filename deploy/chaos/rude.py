"""Requests after which a server may end the connection, and those after which it must."""
import dataclasses

from mutations import ANY

RUDE = ANY | {501, 505}
SMUGGLED = "GET /v2/ HTTP/1.1\r\nHost: smuggled\r\nX-Request-Id: smuggled\r\n\r\n"


@dataclasses.dataclass
class Rude:
    raw: bytes
    # Nothing that comes behind it may be taken for a request.
    is_last: bool = False


def _with_body(lines):
    return lambda chance, target: Rude(
        (f"{chance.choice(('GET', 'POST', 'PUT', 'PATCH', 'DELETE'))} {target} HTTP/1.1\r\nHost: a\r\n"
         + "\r\n".join(lines) + "\r\n\r\n" + SMUGGLED).encode("latin-1"), True)


BODIES = [_with_body(lines) for lines in (
    [f"Content-Length: {len(SMUGGLED)}"],
    ["Content-Length: 1"],
    ["Content-Length: 5", "Content-Length: 6"],
    ["Content-Length: 5, 6"],
    ["Content-Length: -1"],
    ["Content-Length: 1x"],
    ["Content-Length: " + "9" * 40],
    ["Content-Length: 9223372036854775807"],
    ["Transfer-Encoding: chunked"],
    ["Transfer-Encoding: chunked", "Content-Length: 0"],
    ["Content-Length: 5", "Transfer-Encoding: chunked"],
    ["Transfer-Encoding: chunked, identity"],
    ["Transfer-Encoding: identity"],
    ["Transfer-Encoding: xchunked"],
    ["Transfer-Encoding:\x0bchunked"],
    ["Transfer-Encoding : chunked"],
    ["Transfer-Encoding: gzip, chunked"],
    ["Transfer-Encoding: chunked", "Transfer-Encoding: cow"],
    ["Transfer-Encoding: chunked", "Expect: 100-continue"],
    ["Content-Length: 3", "Connection: Content-Length"],
)]


def _line(chance, target):
    method = chance.choice(("GET", "CONNECT", "G\x00T", "", "GET" * 400, "PRI", "POST", "\x16\x03\x01", "G\tET"))
    version = chance.choice(("HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/0.9", "HTTP/9.9", "http/1.1", "HTTP/1.1.1", "HTTP/", "",
                             "ICY"))
    target = chance.choice((target, "*", "", "a:b", "http://a" + target, "https://b" + target, "http://" + "a" * 50, "x" * 5000,
                            "/" + "%41" * 2000, target + " x", "//a" + target, "?", "#", "http:///", "/v2/\x01"))
    return Rude(f"{method} {target} {version}\r\nHost: a\r\n\r\n".encode("latin-1"))


def _headers(chance, target):
    lines = chance.choice((
        [f"X-{i}: v" for i in range(chance.choice((99, 100, 150, 400)))],
        ["X: " + "v" * chance.choice((8000, 8192, 9000, 60000))],
        [": empty"], ["no colon"], [" folded: a"], ["X: a", " b"], ["X\x00: a"], ["X: \x00"], ["X: a\rb"], ["X: a\nY: b"],
        ["X\x80: a"], ["Host: b"], ["Host:"], ["X: \x01\x02\x7f"], ["Content-Length: 0", "Content-Length: 0"],
        ["Content-Length: 00"], ["Content-Length: +0"], ["Content-Length:"], ["Transfer-Encoding:"],
        ["Connection: close"], ["Connection: Upgrade", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__"],
        ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="],
        ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 99"],
        ["Expect: 100-continue"], ["Expect: tea"], ["Range: bytes=0-0", "Range: bytes=1-1"], ["TE: trailers"],
        ["Authorization: Basic YTpi", "Authorization: Basic YTpj"]))
    return Rude((f"GET {target} HTTP/1.1\r\nHost: a\r\n" + "\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))


def _torn(chance, target):
    """Bytes here and there are others; the end is what it was."""
    raw = bytearray(f"GET {target} HTTP/1.1\r\nHost: a\r\nAccept: */*\r\nRange: bytes=0-9\r\n".encode("latin-1"))
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(raw))
        raw[at:at + chance.randrange(3)] = chance.randbytes(chance.randrange(3))
    return Rude(bytes(raw) + b"\r\n\r\n")


def _noise(chance, target):
    return Rude(chance.choice((
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"PROXY TCP4 1.1.1.1 2.2.2.2 1 2\r\n", b"\r\n" * 50,
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + chance.randbytes(200) + b"\r\n\r\n",
        chance.randbytes(chance.randrange(1, 400)) + b"\r\n\r\n")))


def one(chance, target):
    """Any of them, about a target that is well-formed."""
    pick = chance.random()
    kind = (chance.choice(BODIES) if pick < 0.35 else _line if pick < 0.55 else _headers if pick < 0.75
            else _torn if pick < 0.95 else _noise)
    return kind(chance, target)

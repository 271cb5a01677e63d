"""HTTP/1.1 as bytes: what is sent may be anything, and what comes back is read to the letter."""
import socket

PATIENCE = 10
MORE = 256 * 1024


class Hung(Exception):
    """Nothing came for as long as any answer may take."""


class Broken(Exception):
    """The connection ended within an answer, or what came is none."""


class Answer:
    def __init__(self, head):
        lines = head.decode("latin-1").split("\r\n")
        # Vert.x answers in the version that it was asked in, whatever that is (its issue 1251).
        self.version, _, rest = lines[0].partition(" ")
        if not rest[:3].isdigit():
            raise Broken(f"no answer begins with {lines[0][:80]!r}")
        self.status = int(rest[:3])
        self.headers = {}
        for line in lines[1:]:
            name, colon, value = line.partition(":")
            if not colon:
                raise Broken(f"no header: {line[:80]!r}")
            self.headers[name.lower()] = value.strip()
        self.body = b""

    def is_last(self):
        return self.headers.get("connection", "").lower() == "close"


class Connection:
    def __init__(self, port, source):
        # Thousands of connections end; each source has ports of its own.
        self.socket = socket.create_connection(("127.0.0.1", port), PATIENCE, (source, 0))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = bytearray()

    def send(self, raw):
        try:
            self.socket.sendall(raw)
        except TimeoutError:
            raise Hung("nobody reads") from None

    def answer(self, is_head):
        """The next one; none where the connection has ended before it."""
        while True:
            head = self._until(b"\r\n\r\n")
            if head is None:
                return None
            answer = Answer(head)
            if answer.status >= 200:
                break
        if not is_head and answer.status not in (204, 304):
            answer.body = self._body(answer.headers)
        return answer

    def _body(self, headers):
        if "transfer-encoding" in headers:
            return self._chunks()
        if "content-length" not in headers:
            raise Broken("a body without an end")
        return self._bytes(int(headers["content-length"]))

    def _chunks(self):
        whole = bytearray()
        while True:
            size = self._until(b"\r\n")
            if size is None:
                raise Broken("ended between chunks")
            chunk = self._bytes(int(size, 16) + 2)
            if len(chunk) == 2:
                return bytes(whole)
            whole += chunk[:-2]

    def _until(self, end):
        searched = 0
        while (at := self.buffer.find(end, searched)) < 0:
            searched = max(0, len(self.buffer) - len(end))
            if not self._more():
                if self.buffer:
                    raise Broken(f"ended after {bytes(self.buffer[:80])!r}")
                return None
        found = bytes(self.buffer[:at])
        del self.buffer[:at + len(end)]
        return found

    def _bytes(self, count):
        while len(self.buffer) < count:
            if not self._more():
                raise Broken(f"ended with {count - len(self.buffer)} bytes missing")
        found = bytes(self.buffer[:count])
        del self.buffer[:count]
        return found

    def _more(self):
        try:
            got = self.socket.recv(MORE)
        except TimeoutError:
            raise Hung(f"nothing for {PATIENCE} s") from None
        except OSError:
            return False
        self.buffer += got
        return bool(got)

    def close(self):
        self.socket.close()

"""One client that sends whatever comes to its mind, and judges what comes back."""
import collections
import os
import random
import socket
import struct
import time

import oracle
import rude
from mutations import Mutations, Request
from upstream import digest
from wire import Broken, Connection, Hung

# Sent in one go; fits into the buffers on the way, so that nobody waits for the other to read.
PIPELINED = 12
LEFT_OPEN = 20
AT_END = 10


class Fuzzing:
    """By the seed and its number, a client always sends the same."""

    def __init__(self, port, seed, number, images):
        self.port, self.source = port, f"127.0.0.{10 + number}"
        self.chance = random.Random(f"{seed} {number}")
        self.mutations = Mutations(self.chance, images, f"f{number}")
        self.contents = {digest(content): content for image in images for content in image.contents.values()}
        self.counts, self.statuses = collections.Counter(), collections.Counter()
        self.examples = []
        self.connection, self.open = None, []
        self.slowest = 0

    def send(self, requests):
        """Sends so many, of all kinds."""
        while self.counts["requests"] < requests:
            pick = self.chance.random()
            if pick < 0.6:
                self.pipeline([self.mutations.one() for _ in range(self.chance.randrange(1, PIPELINED + 1))])
            elif pick < 0.98:
                self.insult(rude.one(self.chance, self.mutations.wanted().target))
            elif pick < 0.995:
                self.break_off(self.mutations.wanted())
            else:
                self.leave_open(self.mutations.wanted().raw())
        self.end()
        return self

    def connected(self):
        if self.connection is None:
            self.counts["connections"] += 1
            self.connection = Connection(self.port, self.source)
        return self.connection

    def hang_up(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def bad(self, what, raw, more):
        self.counts[what] += 1
        self.hang_up()
        if len(self.examples) < 8:
            self.examples.append(f"{what}: {more}\n    {raw[:600]!r}")

    def pipeline(self, requests):
        """Requests that a connection outlives, all at once; their answers come in order."""
        self.counts["requests"] += len(requests)
        connection, at = self.connected(), time.monotonic()
        request = requests[0]
        try:
            connection.send(b"".join(one.raw() for one in requests))
            for request in requests:
                answer = connection.answer(request.method == "HEAD")
                at = self.took(at)
                if answer is None:
                    raise Broken("ended before the answer")
                self.statuses[answer.status] += 1
                wrong = oracle.verdict(request, answer, self.contents)
                if wrong:
                    self.bad("wrong", request.raw(), wrong)
                    return
                if answer.is_last():
                    raise Broken("ended by the answer")
        except Hung as silence:
            self.bad("hung", request.raw(), silence)
        except (Broken, OSError) as end:
            self.bad("cut", request.raw(), end)

    def took(self, since):
        now = time.monotonic()
        self.slowest = max(self.slowest, now - since)
        return now

    def insult(self, said):
        """A request that may end the connection; where it did not, a plain one is answered on it."""
        self.counts["requests"] += 2
        ping = Request("GET", "/v2/", [("Host", "a"), ("X-Request-Id", f"ping-{self.counts['requests']}")], frozenset({200}))
        try:
            self.connected().send(said.raw + ping.raw())
        except Hung as silence:
            self.bad("hung", said.raw, silence)
            return
        except OSError:
            # It hung up before it had heard everything.
            self.counts["unanswered"] += 1
            self.hang_up()
            return
        self.hear(said, ping)

    def hear(self, said, ping):
        answers, at = 0, time.monotonic()
        try:
            while True:
                answer = self.connection.answer(False)
                at = self.took(at)
                if answer is None:
                    self.counts["unanswered" if answers == 0 else "ended"] += 1
                    self.hang_up()
                    return
                answers += 1
                self.statuses[answer.status] += 1
                told = answer.headers.get("x-request-id")
                if said.is_last and (answers > 1 or told in ("smuggled", dict(ping.headers)["X-Request-Id"])):
                    self.bad("smuggled", said.raw, f"answer {answers} is to {told}")
                    return
                wrong = self.flaw(answer)
                if wrong:
                    self.bad("wrong", said.raw, wrong)
                    return
                if told == dict(ping.headers)["X-Request-Id"]:
                    return
        except Hung as silence:
            self.bad("hung", said.raw, silence)
        except Broken as end:
            self.bad("cut", said.raw, end)

    def flaw(self, answer):
        odd = answer.version not in ("HTTP/1.0", "HTTP/1.1") and answer.status not in (400, 501)
        if odd or answer.status not in rude.RUDE:
            return f"{answer.version} {answer.status} {answer.body[:200]!r}"
        return oracle.wrong_bytes(answer, self.contents, False)

    def break_off(self, request):
        """Asks, and is gone before the answer has come."""
        self.counts["requests"] += 1
        connection = self.connected()
        # No FIN, but RST.
        connection.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        try:
            connection.send(request.raw())
        except (Hung, OSError) as failure:
            self.bad("cut", request.raw(), failure)
        self.hang_up()

    def leave_open(self, raw):
        """Says half of it, and nothing more."""
        self.counts["requests"] += 1
        half = raw[:self.chance.randrange(len(raw))]
        if len(self.open) < LEFT_OPEN:
            self.open.append((Connection(self.port, self.source), half))
            self.open[-1][0].send(half)

    def end(self):
        """What was left open must have been ended by the other side."""
        self.hang_up()
        deadline = time.monotonic() + AT_END
        for connection, half in self.open:
            connection.socket.settimeout(max(0.1, deadline - time.monotonic()))
            try:
                if connection.answer(False) is None:
                    connection.close()
            except Hung:
                self.bad("hung", half, "a head that is never whole")
            except Broken:
                connection.close()

    def told(self):
        return self.counts, self.statuses, self.examples, self.slowest


def client(port, seed, number, images, requests, results):
    """Called in a process of its own, behind whoever pulls."""
    os.nice(10)
    results.put(Fuzzing(port, seed, number, images).send(requests).told())

"""A small network of its own: namespaces, a switch between them, and cuts."""
import ctypes
import os
import subprocess
import threading

ADDRESSES = {"n1": "10.77.0.1", "n2": "10.77.0.2", "n3": "10.77.0.3", "hub": "10.77.0.9"}
NODES = ["n1", "n2", "n3"]

_CLONE_NEWNET = 0x40000000
_libc = ctypes.CDLL(None, use_errno=True)


def run(*words):
    """What a program prints; an error where it fails."""
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)}: {done.stderr.strip()}")
    return done.stdout


class Network:
    """Four places that reach each other by a bridge in a fifth, and nothing else."""

    def __init__(self):
        self.prefix = f"chaos{os.getpid()}"
        self.made = []

    def name(self, place):
        return f"{self.prefix}-{place}"

    def open(self):
        self._add("switch")
        self.inside("switch", "ip", "link", "add", "bridge", "type", "bridge")
        self.inside("switch", "ip", "link", "set", "bridge", "up")
        for place, address in ADDRESSES.items():
            self._add(place)
            self.inside("switch", "ip", "link", "add", place, "type", "veth", "peer",
                        "name", "eth0", "netns", self.name(place))
            self.inside("switch", "ip", "link", "set", place, "master", "bridge", "up")
            self.inside(place, "ip", "address", "add", f"{address}/24", "dev", "eth0")
            self.inside(place, "ip", "link", "set", "eth0", "up")

    def _add(self, place):
        run("ip", "netns", "add", self.name(place))
        self.made.append(place)
        self.inside(place, "ip", "link", "set", "lo", "up")

    def inside(self, place, *words):
        """Runs a program there."""
        return run(*self.words(place, *words))

    def words(self, place, *words):
        return ["ip", "netns", "exec", self.name(place), *words]

    def enter(self, place):
        """Sockets that this thread makes from now on are there."""
        namespace = os.open(f"/run/netns/{self.name(place)}", os.O_RDONLY)
        try:
            if _libc.setns(namespace, _CLONE_NEWNET) != 0:
                raise OSError(ctypes.get_errno(), f"cannot enter {place}")
        finally:
            os.close(namespace)

    def call(self, place, function, *arguments):
        """What a function answers there; this thread stays where it is."""
        answer = []

        def go():
            self.enter(place)
            try:
                answer.append((function(*arguments), None))
            except Exception as failure:
                answer.append((None, failure))

        thread = threading.Thread(target=go)
        thread.start()
        thread.join()
        value, failure = answer[0]
        if failure is not None:
            raise failure
        return value

    def drop(self, place, direction, other, *more):
        """Has packets from or to another place dropped, or some of them."""
        side = "-s" if direction == "INPUT" else "-d"
        self.inside(place, "iptables", "-A", direction, side, ADDRESSES[other], *more, "-j", "DROP")

    def lose(self, place, share):
        """Has this share of all packets that come in dropped."""
        self.inside(place, "iptables", "-A", "INPUT", "-i", "eth0", "-m", "statistic",
                    "--mode", "random", "--probability", str(share), "-j", "DROP")

    def heal(self):
        for place in ADDRESSES:
            self.inside(place, "iptables", "-F")

    def listeners(self, place):
        """Addresses and ports that somebody listens on there."""
        lines = self.inside(place, "ss", "-Hltn").splitlines()
        return {line.split()[3].replace("[::ffff:", "").replace("]", "") for line in lines}

    def close(self):
        for place in self.made:
            subprocess.run(["ip", "netns", "del", self.name(place)], check=False)

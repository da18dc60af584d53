"""Counts the upstream calls for 1,000 clients that request 46 keys over ten ttls. Usage: calls.py <server> <ttl in seconds>"""
import asyncio
import collections
import random
import resource
import sys
import time

import common

CLIENTS = 1000
TTLS = 10
PAUSE = 0.6
COINS = [f"COIN{number}" for number in range(30)]
PATHS = [common.RISK.format(segment) for segment in range(1, 17)] + [common.HEATMAP.format(coin) for coin in COINS]


class Client(asyncio.Protocol):
    """Requests a random key, reads the response, waits for 0.3 s on average, and repeats."""

    def __init__(self, requests, statuses, deadline):
        self.requests = requests
        self.statuses = statuses
        self.deadline = deadline
        self.buffer = bytearray()
        self.remaining = None

    def connection_made(self, transport):
        self.transport = transport
        self.pause()

    def pause(self):
        asyncio.get_running_loop().call_later(random.uniform(0, PAUSE), self.ask)

    def ask(self):
        if time.monotonic() >= self.deadline:
            self.transport.close()
        elif not self.transport.is_closing():
            self.transport.write(random.choice(self.requests))

    def data_received(self, data):
        if self.remaining is None:
            self.buffer += data
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            head = bytes(self.buffer[:end]).lower()
            self.status = head[9:12].decode()
            length = head.partition(b"\r\ncontent-length:")[2].partition(b"\r\n")[0]
            self.remaining = int(length) - (len(self.buffer) - end - 4)
            self.buffer.clear()
        else:
            self.remaining -= len(data)
        if self.remaining == 0:
            self.remaining = None
            self.statuses[self.status] += 1
            self.pause()

    def connection_lost(self, error):
        if time.monotonic() < self.deadline:
            self.statuses["lost connection"] += 1


async def run(server, seconds):
    host, port = server.host_and_port.split(":")
    statuses = collections.Counter()
    headers = "".join(f"{name}: {value}\r\n" for name, value in common.HEADERS.items())
    requests = [f"GET {path} HTTP/1.1\r\nHost: {server.host_and_port}\r\n{headers}\r\n".encode() for path in PATHS]
    loop = asyncio.get_running_loop()
    deadline = time.monotonic() + seconds
    for _ in range(CLIENTS):
        await loop.create_connection(lambda: Client(requests, statuses, deadline), host, int(port))
    await asyncio.sleep(deadline - time.monotonic() + PAUSE + 1)
    return statuses


def key(call):
    return call.partition("?")[0]


def main(server, ttl):
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    common.pin_to_load_core()
    common.say(f"calls: {TTLS * ttl} s")
    for number in range(200):
        server.get(common.HEATMAP.format(f"WARM{number % 20}"))
    before = len(common.calls())
    statuses = asyncio.run(run(server, TTLS * ttl))
    keys = {key(path) for path in PATHS}
    per_key = collections.Counter(key(call) for call in common.calls()[before:] if key(call) in keys)
    made, least = sum(per_key.values()), len(PATHS) * TTLS
    common.table("Upstream calls", ["", ""], [
        ["clients, keys, ttls", f"{CLIENTS:,}, {len(PATHS)}, {TTLS} of {ttl} s"],
        ["responses", ", ".join(f"{count:,} × {status}" for status, count in statuses.most_common())],
        ["upstream calls", f"{made:,}"],
        ["theoretical minimum", f"{least:,}"],
        ["ratio", f"{made / least:.3f}"],
        ["calls per key", f"{min(per_key.values())} to {max(per_key.values())}"]])


if __name__ == "__main__":
    main(common.Server(sys.argv[1]), int(sys.argv[2]))

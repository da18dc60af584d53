"""An upstream and its object store with random faults, which can be switched on. Usage: unruly.py <port> <seed>

/control/good and /control/bad switch faults off and on; /control/counts returns the number of responses by kind.
"""
import asyncio
import collections
import gzip
import itertools
import json
import random
import socket
import sys
import urllib.parse

import faults

ASSETS = 300
BINS = 249
FAULT_RATE = 0.15
RATE_LIMITED_RATE = 0.001
# From time to time everything fails: in half of these outages nothing listens.
OUTAGE_EVERY = (20, 40)
OUTAGE_SECONDS = (1, 5)
# Shorter than the gateway's own limit, so that connections are closed while it uses them.
IDLE_SECONDS = 3


class Upstream:

    def __init__(self, port, seed):
        self.port = port
        self.chance = random.Random(seed)
        self.versions = itertools.count()
        self.counts = collections.Counter()
        self.bad = False
        self.outage = False
        self.server = None
        # Reserves the port during an outage: otherwise an outgoing connection may be assigned it.
        self.kept = socket.socket()
        self.kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.kept.bind(("127.0.0.1", port))

    async def run(self):
        await self.listen()
        while True:
            await asyncio.sleep(self.chance.uniform(*OUTAGE_EVERY))
            if self.bad:
                await self.fail_for(self.chance.uniform(*OUTAGE_SECONDS), self.chance.random() < 0.5)

    async def listen(self):
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", self.port, backlog=1024)

    async def fail_for(self, seconds, refuse):
        self.counts["outage, refused" if refuse else "outage, all faulty"] += 1
        if refuse:
            self.server.close()
            await asyncio.sleep(seconds)
            await self.listen()
        else:
            self.outage = True
            await asyncio.sleep(seconds)
            self.outage = False

    async def serve(self, reader, writer):
        try:
            while not writer.is_closing():
                request = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), IDLE_SECONDS)
                target = request.split(b" ", 2)[1].decode()
                await self.answer(faults.Exchange(target, writer), target)
        except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError):
            pass
        finally:
            writer.close()

    async def answer(self, exchange, target):
        if target.startswith("/control/"):
            await faults.answer(exchange, self.control(target))
            return
        store = target.startswith("/file/")
        fault = self.fault(store)
        self.counts[("download, " if store else "call, ") + (fault.__name__ if fault else "good")] += 1
        if fault:
            await fault(exchange, self.body(target))
        elif "/exports/" in target:
            link = f"http://127.0.0.1:{self.port}/file/{target.split('/')[-2]}?X-Amz-Signature=x"
            await exchange.send(faults.head("302 Found", 0, extra=f"Location: {link}\r\n"))
        else:
            body = self.body(target)
            packed = store and self.chance.random() < 0.5
            await faults.answer(exchange, gzip.compress(body, 1) if packed else body)

    def control(self, target):
        if target != "/control/counts":
            self.bad = target == "/control/bad"
        return json.dumps(self.counts).encode()

    def fault(self, store):
        if not self.bad:
            return None
        if not store and self.chance.random() < RATE_LIMITED_RATE:
            return faults.rate_limited
        if self.outage or self.chance.random() < FAULT_RATE:
            return self.chance.choice(faults.OF_STORE if store else faults.OF_BOTH)
        return None

    # Each part names its resource and version, so that a client notices mixed parts.
    def body(self, target):
        version = next(self.versions)
        path, _, query = target.partition("?")
        parts = path.split("/")
        if path.startswith("/file/") or "/exports/" in path:
            of = urllib.parse.unquote(parts[2] if path.startswith("/file/") else parts[-2])
            name, size = "heatmap", BINS
        elif "/fills/" in path:
            of, name, size = urllib.parse.parse_qs(query)["address"][0], "fills", 10
        else:
            of, name, size = parts[3], "items", ASSETS
        # A heatmap is as large as the real one.
        more = {"wallets": ["0x" + "0123456789abcdef" * 2] * 2} if name == "heatmap" else {}
        items = [{"of": of, "version": version, "number": number, "value": number * 1.25, **more} for number in range(size)]
        total = {"totalCount": size} if name == "items" else {}
        return json.dumps({"of": of, "version": version, **total, name: items}, separators=(",", ":")).encode()


if __name__ == "__main__":
    asyncio.run(Upstream(int(sys.argv[1]), int(sys.argv[2])).run())

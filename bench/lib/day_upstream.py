"""An upstream and its object store for the replay of a day. Usage: day_upstream.py <port> <seed> <speed> <seconds since 1970>

Its date is the given one when it starts, and runs speed times as fast as the system clock. Each body has the number of the state
in which it was read. /control/start begins the day with its faults and returns the times of all states by the system clock;
/control/counts returns the number of calls by kind.
"""
import asyncio
import bisect
import collections
import email.utils
import json
import random
import sys
import time

import day_bodies
import day_plan
import faults

LATENCY = (0.005, 0.02)
# Seconds after which a call that hangs is given up.
PATIENCE = 2
KINDS = {"/fills/": "fills", "/exports/": "heatmap", "/liquidation-risk": "risk", "/state/status": "status"}


async def hang(exchange, body):
    await asyncio.sleep(PATIENCE)
    exchange.reset()


FAULTS = [faults.reset_before_headers, faults.half_body, hang, faults.html, faults.broken, faults.bad_gateway, faults.unavailable]


class Upstream:

    def __init__(self, port, seed, speed, begin):
        self.port, self.speed, self.begin = port, speed, begin
        self.chance = random.Random(seed)
        self.counts = collections.Counter()
        self.plan = day_plan.Plan(seed)
        self.start = None
        self.states = [begin] + [begin + seconds / speed for seconds in self.plan.states]

    async def run(self):
        server = await asyncio.start_server(self.serve, "127.0.0.1", self.port, backlog=1024)
        await server.serve_forever()

    async def serve(self, reader, writer):
        try:
            while not writer.is_closing():
                request = (await reader.readuntil(b"\r\n\r\n")).decode()
                target = request.split(" ", 2)[1]
                lines = [line.partition(": ") for line in request.split("\r\n")[1:] if line]
                fields = {name.lower(): value for name, _, value in lines}
                await self.answer(faults.Exchange(target, writer), target, fields)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def answer(self, exchange, target, fields):
        if target.startswith("/control/"):
            await faults.answer(exchange, json.dumps(self.begin_day() if target == "/control/start" else self.counts).encode())
            return
        kind = next((kind for part, kind in KINDS.items() if part in target), "download")
        self.counts[kind] += 1
        await asyncio.sleep(self.chance.uniform(*LATENCY))
        fault, state = self.fault(), self.state()
        if fault:
            self.counts[kind + " failed"] += 1
            await fault(exchange, self.body(target, state, False)[0])
        elif kind == "heatmap":
            link = f"http://127.0.0.1:{self.port}/file/{target.split('/')[-2]}?X-Amz-Signature=x"
            await exchange.send(faults.head("302 Found", 0, extra=f"Location: {link}\r\n"))
        else:
            body, etag, extra = self.body(target, state, "gzip" in fields.get("accept-encoding", ""))
            extra += f"ETag: {etag}\r\n"
            if kind == "download":
                extra += f"Last-Modified: {email.utils.formatdate(self.date(state), usegmt=True)}\r\n"
            if fields.get("if-none-match") == etag:
                await exchange.send(f"HTTP/1.1 304 Not Modified\r\n{extra}\r\n".encode())
            else:
                await exchange.send(faults.head("200 OK", len(body), extra=extra) + body)

    def begin_day(self):
        self.counts.clear()
        self.start = time.time()
        self.states = self.states[:self.state() + 1] + [self.start + seconds / self.speed for seconds in self.plan.states]
        return {"start": self.start, "states": self.states}

    def fault(self):
        if self.start is None:
            return None
        seconds = (time.time() - self.start) * self.speed
        outage = day_plan.outage(seconds)
        if outage:
            return hang if outage == "hang" else getattr(faults, outage)
        return self.chance.choice(FAULTS) if self.chance.random() < day_plan.fault_share(seconds) else None

    def state(self):
        return bisect.bisect(self.states, time.time()) - 1

    def date(self, state):
        """Returns the date of a state, in seconds since 1970."""
        return self.begin + (self.states[state] - self.begin) * self.speed

    def body(self, target, state, packed):
        """Returns body, entity tag and further header lines."""
        if "/state/status" in target:
            return day_bodies.status(self.date(state)), f'"{state}"', ""
        return day_bodies.body(target, state, packed)


if __name__ == "__main__":
    asyncio.run(Upstream(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4])).run())

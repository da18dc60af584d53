"""Mixed traffic of many clients, which check that each response is complete."""
import asyncio
import collections
import gzip
import json
import random

import common

CLIENTS = 32
PAGE = 40
SEGMENTS = range(1, 17)
COINS = [f"COIN{number}" for number in range(20)]
FILLS = "/api/external/fills/liquidation?limit=10&address={}"
WARM = [(f"/api/external/{segment}/assets/liquidation-risk?offset={offset}&limit={PAGE}", str(segment), PAGE)
        for segment in SEGMENTS for offset in (0, 120)] + [(common.HEATMAP.format(coin), coin, 249) for coin in COINS]
# More than fit into the cache.
MANY_COINS = 20_000
COLD = {"200", "404", "502", "503", "504"}
# Allowed statuses; a 5xx is allowed for a cold key whose load failed.
EXPECTED = {"warm": {"200", "304"}, "warm, left": {"left"}, "cold fills": COLD, "cold heatmap": COLD, "bad request": {"400"}}


class Traffic:

    """Traffic of a given rate; a given share requests heatmaps that were most likely not requested before."""

    def __init__(self, server, rate, seed, cold=0.0):
        self.host, self.port = server.host_and_port.split(":")
        self.rate = rate
        self.cold = cold
        self.chance = random.Random(seed)
        self.etags = {}
        self.statuses = collections.Counter()
        self.details = collections.Counter()
        self.wrong = collections.Counter()

    async def run(self, seconds):
        end = asyncio.get_running_loop().time() + seconds
        await asyncio.gather(*(Client(self, end).run() for _ in range(CLIENTS)))

    def warm_up(self, server):
        """Requests every warm key once, so that it is stored."""
        for path, _, _ in WARM:
            status = server.get(path).status
            if status != 200:
                raise SystemExit(f"{status} for {path} before there were faults")

    def note(self, kind, status):
        self.statuses[kind, status] += 1
        if status not in EXPECTED[kind]:
            self.wrong[f"{kind}: {status}"] += 1


class Client:

    def __init__(self, traffic, end):
        self.traffic = traffic
        self.chance = traffic.chance
        self.end = end
        self.reader = self.writer = None

    async def run(self):
        loop = asyncio.get_running_loop()
        while loop.time() < self.end:
            try:
                await asyncio.wait_for(self.ask(), 30)
            except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError, ValueError) as error:
                self.traffic.wrong[f"no whole answer: {type(error).__name__}"] += 1
                self.leave()
            await asyncio.sleep(self.chance.expovariate(self.traffic.rate / CLIENTS))
        self.leave()

    async def ask(self):
        if self.chance.random() < self.traffic.cold:
            coin = f"MANY{self.chance.randrange(MANY_COINS)}"
            await self.exchange("cold heatmap", "GET", common.HEATMAP.format(coin), {}, coin, 249)
            return
        number = self.chance.random()
        if number < 0.08:
            address = f"0x{self.chance.getrandbits(160):040x}"
            await self.exchange("cold fills", "GET", FILLS.format(address), {}, address, 10)
        elif number < 0.1:
            await self.exchange("bad request", "GET", FILLS.format("nobody"), {}, None, 0)
        else:
            path, of, size = self.chance.choice(WARM)
            if number < 0.12:
                await self.request("GET", path, {})
                self.leave()
                self.traffic.note("warm, left", "left")
                return
            await self.exchange("warm", "HEAD" if number > 0.95 else "GET", path, self.headers(path), of, size)

    def headers(self, path):
        number = self.chance.random()
        if number < 0.2:
            return {"Accept-Encoding": "gzip"}
        if number < 0.3 and path in self.traffic.etags:
            return {"If-None-Match": self.traffic.etags[path]}
        return {"Cache-Control": "only-if-cached"} if number < 0.35 else {}

    async def exchange(self, kind, method, path, headers, of, size):
        await self.request(method, path, headers)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        lines = [line.partition(": ") for line in head.split("\r\n")[1:] if line]
        fields = {name.lower(): value for name, _, value in lines}
        status = head[9:12]
        has_body = method != "HEAD" and status != "304"
        body = await self.reader.readexactly(int(fields["content-length"])) if has_body else b""
        self.traffic.note(kind, status)
        if kind == "warm":
            self.traffic.details[detail(fields.get("cache-status", ""))] += 1
            self.traffic.etags[path] = fields.get("etag", "")
        if has_body and status == "200":
            plain = gzip.decompress(body) if fields.get("content-encoding") == "gzip" else body
            if not is_whole(plain, of, size):
                self.traffic.wrong["a wrong body"] += 1

    async def request(self, method, path, headers):
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection(self.traffic.host, self.traffic.port)
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.traffic.host}:{self.traffic.port}"]
        lines += [f"{name}: {value}" for name, value in {**common.HEADERS, **headers}.items()]
        self.writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())

    def leave(self):
        if self.writer is not None:
            self.writer.transport.abort()
        self.reader = self.writer = None


def is_whole(body, of, size):
    """Returns whether all parts are present and belong to one state of the requested resource."""
    root = json.loads(body)
    items = next(value for value in root.values() if isinstance(value, list))
    return root["of"] == of and len(items) == size and {(item["of"], item["version"]) for item in items} == {
        (of, root["version"])}


def detail(cache_status):
    parts = [part for part in cache_status.split("; ")[1:] if not part.startswith(("ttl=", "fwd-status="))]
    return "; ".join(parts)

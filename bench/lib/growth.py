"""Measures the cost of several replicas under load. Usage: growth.py <redis port> <ttl in seconds> <replica...>"""
import asyncio
import collections
import sys
import time

import calls
import common
import redis

TTLS = 3
CLIENTS = 10
WARMING = 2


async def run(replicas, seconds):
    loop = asyncio.get_running_loop()
    deadline = time.monotonic() + seconds
    statuses = collections.Counter()
    for replica in replicas:
        host, port = replica.host_and_port.split(":")
        requests = [f"GET {path} HTTP/1.1\r\nHost: {replica.host_and_port}\r\n\r\n".encode() for path in calls.PATHS]
        for _ in range(CLIENTS):
            await loop.create_connection(lambda requests=requests: calls.Client(requests, statuses, deadline), host,
                                         int(port))
    await asyncio.sleep(deadline - time.monotonic() + calls.PAUSE + 1)
    return statuses


def main(port, ttl, replicas):
    common.pin_to_load_core()
    store = redis.Redis(port)
    before = len(common.calls())
    common.say(f"{len(replicas)} replicas")
    asyncio.run(run(replicas, WARMING))
    first = store.info()
    statuses = asyncio.run(run(replicas, TTLS * ttl))
    last = store.info()
    made = len(common.calls()) - before
    commands = int(last["total_commands_processed"]) - int(first["total_commands_processed"])
    seconds = float(last["uptime_in_seconds"]) - float(first["uptime_in_seconds"])
    common.table(f"{len(replicas)} replica{'s' * (len(replicas) > 1)}", ["", ""], [
        ["responses", ", ".join(f"{count:,} × {status}" for status, count in statuses.most_common())],
        ["upstream calls for 46 keys in three to four ttls", f"{made:,}"],
        ["commands in Redis per second", f"{commands / seconds:,.0f}"],
        ["commands per replica and second", f"{commands / seconds / len(replicas):,.0f}"],
        ["CPU of Redis", f"{100 * cpu(last, first) / seconds:.1f} % of a core"],
        ["memory of Redis", f"{int(last['used_memory']) / 2**20:.2f} MB"],
        ["resident size of a replica", f"{sum(map(common.Server.resident_bytes, replicas)) / len(replicas) / 2**20:,.0f} MB"]])


def cpu(last, first):
    return sum(float(last[name]) - float(first[name]) for name in ("used_cpu_user", "used_cpu_sys"))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), [common.Server(text) for text in sys.argv[3:]])

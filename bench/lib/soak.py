"""Measures memory, files and threads after faults.

Usage: soak.py <server> <management port> <upstream> <log> <jcmd> <minutes> <requests/s> <seed>
"""
import asyncio
import json
import pathlib
import sys
import time

import common
import endurance
import memory
import traffic

WARM_UP = 30
# Seconds until idle resources are released: connections close after 14 s, threads end after 60 s.
REST = 20
MAX_REST = 180
# Allowed growth, for pools and tables, all of which are bounded. Only the resident size shows Netty's allocations; the heap
# does not change it, because all of it was touched before.
TOLERANCE = {"heap after GC, MB": 16, "direct buffers, MB": 16, "resident, MB": 64, "open files": 8, "threads": 8}


def state(server, port, jcmd):
    sizes = [size / 1e6 for size in memory.state(server, port, jcmd).values()]
    return dict(zip(TOLERANCE, (*sizes, endurance.files(server), endurance.threads(server))))


def is_back(before, after):
    return all(after[name] <= before[name] + tolerance for name, tolerance in TOLERANCE.items())


def come_to_rest(server, port, jcmd, before):
    """Returns the state when it is back within the tolerance, or after the maximum wait."""
    deadline = time.monotonic() + MAX_REST
    time.sleep(REST)
    while True:
        # Requests drop expired entries, and let Netty report leaked buffers.
        for path, _, _ in traffic.WARM:
            server.get(path)
        after = state(server, port, jcmd)
        if before is None or is_back(before, after) or time.monotonic() > deadline:
            return after
        time.sleep(10)


def main(server, port, upstream, log, jcmd, minutes, rate, seed):
    common.pin_to_load_core()
    load = traffic.Traffic(server, rate, seed)
    common.say(f"soak: seed {seed}, {minutes} min")
    load.warm_up(server)
    upstream.get("/control/bad")
    asyncio.run(load.run(WARM_UP))
    upstream.get("/control/good")
    before = come_to_rest(server, port, jcmd, None)
    upstream.get("/control/bad")
    for minute in range(minutes):
        asyncio.run(load.run(60))
        common.say(f"soak: minute {minute + 1}, {common.counts(load.wrong)} wrong")
    upstream.get("/control/good")
    after = come_to_rest(server, port, jcmd, before)
    made = json.loads(upstream.get("/control/counts").body)
    leaks = pathlib.Path(log).read_text().count("LEAK:")
    report(load, made, before, after, leaks, f"{minutes} min, {rate} requests/s, seed {seed}")
    if load.wrong or leaks or not is_back(before, after):
        sys.exit("soak: failed")


def report(load, made, before, after, leaks, title):
    kinds = [[kind, common.counts({status: count for (of, status), count in load.statuses.items() if of == kind})]
             for kind in traffic.EXPECTED]
    failed = sum(count for (kind, status), count in load.statuses.items() if kind == "warm" and status[0] == "5")
    common.table(f"Soak: {title}", ["requests", "responses"], kinds)
    common.table("Warm keys", ["`Cache-Status`", "responses"],
                 [[f"`{name}`", f"{count:,}"] for name, count in load.details.most_common()])
    common.table("Upstream", ["", ""], [
        [kind, common.counts({name[len(kind) + 2:]: count for name, count in made.items() if name.startswith(kind)})]
        for kind in ("call", "download", "outage")])
    common.table("Growth", ["", "before", "after", "allowed growth", ""], [
        [name, f"{before[name]:.0f}", f"{after[name]:.0f}", str(tolerance),
         "" if after[name] <= before[name] + tolerance else "**too much**"] for name, tolerance in TOLERANCE.items()])
    common.table("Verdict", ["", ""], [["5xx on warm keys", str(failed)], ["leak reports", str(leaks)],
                                       ["wrong responses", common.counts(load.wrong)]])


if __name__ == "__main__":
    main(common.Server(sys.argv[1]), sys.argv[2], common.Server(sys.argv[3]), *sys.argv[4:6],
         *(int(text) for text in sys.argv[6:]))

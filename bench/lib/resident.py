"""Measures the memory of the image during mixed traffic.

Usage: resident.py <server> <management port> <upstream> <minutes> <requests/s> <seed> <percent of cold heatmaps>
"""
import asyncio
import sys

import common
import memory
import traffic

LIMIT = 300 * 1024 * 1024
ROWS = 12
SIZES = [("jvm_memory_committed_bytes", 'area="heap"'), ("jvm_memory_used_bytes", 'area="heap"'),
         ("jvm_memory_used_bytes", 'area="nonheap"'), ("jvm_buffer_memory_used_bytes", 'id="direct"')]


def sizes(server, port):
    """Returns bytes: resident, heap committed, heap used, non-heap used, and direct buffers."""
    metrics = memory.scrape(port)
    return [server.resident_bytes(), *(memory.total(metrics, *of) for of in SIZES)]


def mib(bytes_):
    return f"{bytes_ / 1024 / 1024:.0f}"


def main(server, port, upstream, minutes, rate, seed, cold):
    common.pin_to_load_core()
    load = traffic.Traffic(server, rate, seed, cold / 100)
    load.warm_up(server)
    upstream.get("/control/bad")
    rows = [["0", *map(mib, sizes(server, port))]]
    for minute in range(1, minutes + 1):
        asyncio.run(load.run(60))
        row = [str(minute), *map(mib, sizes(server, port))]
        common.say(f"resident: minute {', '.join(row)}; wrong: {common.counts(load.wrong)}")
        if minute % max(1, minutes // ROWS) == 0:
            rows.append(row)
    last = server.resident_bytes()
    common.table(f"Resident: {minutes} min, {rate} requests/s, {cold} % cold heatmaps, seed {seed}",
                 ["minutes", "resident, MiB", "heap committed", "heap used", "non-heap used", "direct buffers"], rows)
    common.note(f"{sum(load.statuses.values()):,} requests; wrong: {common.counts(load.wrong)}.")
    if load.wrong or last >= LIMIT:
        sys.exit(f"resident: failed, {mib(last)} MiB")


if __name__ == "__main__":
    main(common.Server(sys.argv[1]), sys.argv[2], common.Server(sys.argv[3]), *(int(text) for text in sys.argv[4:]))

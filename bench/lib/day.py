"""Replays a day with the given servers, and appends the result to a file.

Usage: day.py <title> <results> <seconds> <peak rate> <seed> <upstream> <redis or -> <server...>
"""
import collections
import json
import math
import os
import pathlib
import subprocess
import sys
import time

import common
import day_plan
import load

CONNECTIONS = 384
# Shares of the requests that accept gzip, and that are conditional (heatmaps only).
PACKED, CONDITIONAL = 0.5, 0.15


def work(name):
    return pathlib.Path(os.environ["BENCH_WORK"], name)


def warm_up(server, plan):
    common.say(f"warming up {server.name}")
    connection = server.connection()
    for path in plan.warm():
        common.fetch(connection, path)
    work("targets").write_text("".join(f"{path}\n" for path in plan.warm()))
    load.wrk(server, plan.warm()[0], common.HEADERS, load.warm_up_seconds(server),
             environment={"BENCH_TARGETS": str(work("targets"))})


def write_plan(plan, number, servers, begun, speed, peak, seed):
    """Writes the part of the plan that one of the servers gets."""
    bursts = [{**burst, "at": begun["start"] + burst["at"] / speed, "clients": max(1, burst["clients"] // servers)}
              for burst in plan.bursts]
    path = work(f"plan{number}.lua")
    path.write_text("return " + day_plan.lua({
        "folder": str(pathlib.Path(__file__).parent), "start": begun["start"], "speed": speed, "peak": peak / servers,
        "seed": seed + number, "hours": day_plan.HOURS, "packed": PACKED, "conditional": CONDITIONAL, "states": begun["states"],
        "bursts": bursts, "targets": plan.targets}))
    return path


def start_load(server, plan, connections, seconds):
    command = ["taskset", "-c", os.environ["BENCH_LOAD_CORE"], "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "15s",
               "--latency", "-s", str(pathlib.Path(__file__).with_name("day.lua"))]
    for name, value in common.HEADERS.items():
        command += ["-H", f"{name}: {value}"]
    return subprocess.Popen(command + [f"http://{server.host_and_port}"], stdout=subprocess.PIPE, text=True,
                            env={**os.environ, "BENCH_PLAN": str(plan)})


def report_of(process):
    output, _ = process.communicate()
    return json.loads(next(line for line in output.splitlines() if line.startswith("REPORT "))[len("REPORT "):])


def merge(reports):
    """Returns the sums of all reports."""
    merged = {name: sum(report[name] for report in reports) for name in ("requests", "errors")}
    for name in ("counts", "behind", "ages", "latencies"):
        total = collections.Counter()
        for report in reports:
            total.update(report[name])
        merged[name] = dict(total)
    merged["counts"]["latest"] = max(report["counts"].get("latest", 0) for report in reports)
    return merged


def resident_bytes(server):
    """Returns the memory of the process and its children; shared pages count once."""
    rollups = [pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines() for pid in common.processes(server.pid)]
    return sum(int(line.split()[1]) * 1024 for rollup in rollups for line in rollup if line.startswith("Pss:"))


def main(title, results, seconds, peak, seed, upstream, redis, servers):
    common.pin_to_load_core()
    # One burst in a minute of the clock on average.
    plan = day_plan.Plan(seed, math.ceil(seconds / 60))
    for server in servers:
        warm_up(server, plan)
    measured = servers + ([redis] if redis else [])
    common.say(f"day: {title}, {seconds} s")
    before, start = [server.cpu_seconds() for server in measured], time.monotonic()
    cores, used = load.core_seconds(), load_seconds(upstream)
    begun = json.loads(upstream.get("/control/start").body)
    plans = [write_plan(plan, number, len(servers), begun, day_plan.DAY / seconds, peak, seed) for number in range(len(servers))]
    loads = [start_load(server, path, CONNECTIONS // len(servers), seconds) for server, path in zip(servers, plans)]
    try:
        result = merge([report_of(process) for process in loads])
    finally:
        for process in loads:
            process.kill()
    cpu = [server.cpu_seconds() - earlier for server, earlier in zip(measured, before)]
    wall = time.monotonic() - start
    others = load.core_seconds() - cores - sum(cpu) - (load_seconds(upstream) - used)
    result |= {"title": title, "calls": json.loads(upstream.get("/control/counts").body), "cpu": sum(cpu[:len(servers)]),
               "redis": cpu[-1] if redis else None, "resident": sum(map(resident_bytes, servers)), "wall": wall,
               "others": 100 * max(0, others) / wall}
    with open(results, "a", encoding="utf-8") as file:
        file.write(json.dumps(result) + "\n")


def load_seconds(upstream):
    return load.load_seconds() + upstream.cpu_seconds()


if __name__ == "__main__":
    main(*sys.argv[1:3], *(int(text) for text in sys.argv[3:6]), common.Server(sys.argv[6]),
         common.Server(sys.argv[7]) if sys.argv[7] != "-" else None, [common.Server(text) for text in sys.argv[8:]])

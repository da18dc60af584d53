"""Runs wrk against one server, and measures wrk and the server's processes."""
import json
import os
import pathlib
import resource
import statistics
import subprocess
import time

import common

CONNECTIONS = 64


class Measurement:

    def __init__(self, report, cpu, others, wall):
        self.requests = report["requests"]
        self.per_second = report["requests"] * 1e6 / report["micros"]
        self.p50 = report["p50"] / 1000
        self.p99 = report["p99"] / 1000
        self.max = report["max"] / 1000
        self.errors = report["errors"]
        self.cpu_micros = cpu * 1e6 / max(1, report["requests"])
        self.busy = 100 * cpu / wall
        self.others = 100 * max(0, others) / wall


def measure(server, path, headers, seconds, connections=CONNECTIONS, environment=None):
    start, cores, cpu, load = time.monotonic(), core_seconds(), server.cpu_seconds(), load_seconds()
    report = wrk(server, path, headers, seconds, connections, environment=environment)
    cpu, load, cores = server.cpu_seconds() - cpu, load_seconds() - load, core_seconds() - cores
    return Measurement(report, cpu, cores - cpu - load, time.monotonic() - start)


def core_seconds():
    """Returns the time of the two cores that all processes and other guests of the host used."""
    names = {f"cpu{common.setting('SERVER_CORE')}", f"cpu{common.setting('LOAD_CORE')}"}
    lines = [line.split() for line in pathlib.Path("/proc/stat").read_text().splitlines()]
    ticks = sum(int(fields[column]) for fields in lines if fields[0] in names for column in (1, 2, 3, 8))
    return ticks / os.sysconf("SC_CLK_TCK")


def load_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def wrk(server, path, headers, seconds, connections=CONNECTIONS, script="report.lua", environment=None):
    """Returns the line that the script prints. The environment is added to that of this process."""
    script = pathlib.Path(__file__).with_name(script)
    command = ["taskset", "-c", os.environ["BENCH_LOAD_CORE"], "wrk", "-t1", f"-c{connections}", f"-d{seconds}s",
               "--latency", "-s", str(script)]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    output = subprocess.run(command + [f"http://{server.host_and_port}{path}"], check=True, stdout=subprocess.PIPE,
                            text=True, env={**os.environ, **(environment or {})}).stdout
    line = next(line for line in output.splitlines() if line.startswith("REPORT "))
    return json.loads(line[len("REPORT "):])


def warm_up(server, path, headers, what="hits"):
    server.get(path, headers)
    common.say(f"warming up {server.title}: {what}")
    wrk(server, path, headers, warm_up_seconds(server))


def warm_up_seconds(server):
    return min(2, common.setting("WARM_UP")) if server.is_cache() else common.setting("WARM_UP")


def warm_up_connections(server, path, connections):
    """Opens so many connections several times: their set-up is other code than a hit, and a new JVM takes long for it."""
    common.say(f"warming up {server.title}: connections")
    for _ in range(3):
        wrk(server, path, common.HEADERS, 2, connections)
        time.sleep(1)


def medians(measured, *fields):
    """Returns the medians of these fields as text. A field is its name and the number of digits after the point."""
    return [f"{statistics.median(getattr(result, name) for result in measured):,.{digits}f}" for name, digits in fields]


def throughput(measured):
    """Returns the columns requests/s, p99 ms, CPU µs/request."""
    return medians(measured, ("per_second", 0), ("p99", 2), ("cpu_micros", 1))


def ratios(measured, peers):
    """Returns the throughput relative to that of the fastest peer, for each round."""
    return [result.per_second / max(other.per_second for other in others) for result, *others in zip(measured, *peers)]

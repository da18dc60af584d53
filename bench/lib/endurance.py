"""Measures memory, files and threads after many hits. Usage: endurance.py <server> <management port> <log> [jcmd]"""
import pathlib
import sys

import common
import load
import memory

MILLIONS = 10
STEP_SECONDS = 10


def files(server):
    return len(list(pathlib.Path(f"/proc/{server.pid}/fd").iterdir()))


def threads(server):
    return len(list(pathlib.Path(f"/proc/{server.pid}/task").iterdir()))


def row(server, port, jcmd, hits):
    state = memory.state(server, port, jcmd)
    sizes = [f"{size / 1e6:.1f}" for size in state.values()]
    return [f"{hits:,}"] + sizes + [str(files(server)), str(threads(server))]


def main(server, port, log, jcmd):
    cases = [(common.RISK.format(1), {}), (common.HEATMAP.format("BTC"), {}), (common.RISK.format(1), {})]
    etag = server.get(cases[0][0]).headers["ETag"]
    cases[2][1]["If-None-Match"] = etag
    rows, hits, errors = [], 0, 0
    for path, headers in cases:
        load.wrk(server, path, {**common.HEADERS, **headers}, STEP_SECONDS)
    rows.append(row(server, port, jcmd, 0))
    while hits < MILLIONS * 1_000_000:
        before = hits
        while hits < before + 2_000_000:
            for path, headers in cases:
                report = load.wrk(server, path, {**common.HEADERS, **headers}, STEP_SECONDS)
                hits += report["requests"]
                errors += report["errors"]
        common.say(f"endurance: {hits:,} hits")
        rows.append(row(server, port, jcmd, hits))
    heap = "heap after GC, MB" if jcmd else "heap, MB"
    common.table("Endurance", ["hits", heap, "direct buffers, MB", "resident, MB", "open files", "threads"], rows)
    leaks = pathlib.Path(log).read_text().count("LEAK:")
    common.note(f"Risk page, heatmap and 304 in turn, with Netty's leak detection sampling one buffer in 16: {leaks} leak reports, "
                f"{errors} failed requests, {len(common.calls())} calls to the origin.")
    if leaks or errors:
        sys.exit("leaks or failed requests")


if __name__ == "__main__":
    main(common.Server(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4] if len(sys.argv) > 4 else "")

"""Bodies of the upstream in the replay of a day. Each has the number of the state in which it was read."""
import datetime
import functools
import gzip
import json
import random

import data
import day_plan

FILLS = 100


def status(last):
    """Returns the body of the status endpoint, which announces the next state at the mean interval."""
    dates = {"lastUpdate": 0, "nextUpdate": sum(day_plan.STATES) / 2, "nextUpdateThreshold": day_plan.STATES[1]}
    return json.dumps({name: iso(last + later) for name, later in dates.items()}).encode()


def iso(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).isoformat(timespec="milliseconds")


@functools.lru_cache(4096)
def body(target, state, packed):
    """Returns body, entity tag and further header lines."""
    path, _, query = target.partition("?")
    parts, fields = path.split("/"), dict(field.split("=", 1) for field in query.split("&") if field)
    of, total = "", ""
    if path.startswith("/file/"):
        of, name, found = parts[2], "heatmap", items("heatmap", 1)
    elif "/fills/" in path:
        name, found = "fills", items("heatmap", 1)[:FILLS]
    else:
        of, name, total = parts[3], "items", f'"totalCount":{data.ASSETS},'
        offset = int(fields.get("offset", 0))
        found = items("risk", int(of))[offset:offset + int(fields.get("limit", data.ASSETS))]
    plain = f'{{"state":{state},"of":"{of}",{total}"{name}":['.encode() + b",".join(found) + b"]}"
    etag = f'"{state}-{of}-{len(plain)}{"-gzip" * packed}"'
    return (gzip.compress(plain, 6), etag, "Content-Encoding: gzip\r\n") if packed else (plain, etag, "")


@functools.lru_cache
def items(kind, seed):
    return [data.compact(item) for item in (data.risk if kind == "risk" else data.heatmap)(random.Random(seed))]

"""Writes the files that the origin serves: a cohort's risk list, one page of it, and heatmaps, each also compressed.

Usage: data.py <directory> <items of the page>
"""
import gzip
import json
import pathlib
import random
import sys

ASSETS = 300
BINS = 249
SIZES_KB = (4, 16, 64, 256, 1024, 4096)


def compact(value):
    return json.dumps(value, separators=(",", ":")).encode()


def risk(numbers):
    for number in range(ASSETS):
        total = round(10 ** numbers.uniform(3, 8), 6)
        share = round(numbers.uniform(0, 0.4), 6)
        yield {"coin": coin(numbers, number), "totalValue": total, "riskValue": round(total * share, 6),
               "percentRisk": share}


def coin(numbers, number):
    letters = "".join(numbers.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=numbers.choice((1, 2, 2, 3))))
    return letters + str(number)


def heatmap(numbers, bins=BINS):
    step = 467.97
    for number in range(bins):
        yield {"coin": "BTC", "priceBinIndex": number, "priceBinStart": round(number * step, 2),
               "priceBinEnd": round((number + 1) * step, 2),
               "liquidationValue": round(10 ** numbers.uniform(3, 8), 5), "positionsCount": numbers.randint(1, 4000),
               "mostImpactedSegment": numbers.randint(1, 16)}


def main(directory, limit):
    numbers = random.Random(46)
    items = list(risk(numbers))
    files = {"risk.json": {"totalCount": len(items), "items": items},
             "risk-page.json": {"totalCount": len(items), "items": items[:limit]},
             "heatmap.json": {"coin": "BTC", "heatmap": list(heatmap(numbers))}}
    for size in SIZES_KB:
        files[f"heatmap-{size}.json"] = {"coin": "BTC", "heatmap": list(heatmap(numbers, size * 1024 // 161))}
    for name, value in files.items():
        pathlib.Path(directory, name).write_bytes(compact(value))
        pathlib.Path(directory, name + ".gz").write_bytes(gzip.compress(compact(value), mtime=0))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

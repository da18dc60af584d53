"""The plan of a day: rate, bursts, targets, states of the data and faults. All times are seconds of the day."""
import collections
import random

import common

DAY = 86_400
# Rate of each hour (UTC) relative to the peak, which follows the opening of the markets in New York.
HOURS = (.12, .1, .08, .08, .1, .12, .15, .25, .4, .45, .45, .45, .5, .8, 1, .95, .85, .8, .7, .6, .45, .35, .25, .15)
# A state is published every 15 to 30 minutes.
STATES = (900, 1800)
# First and last hour, and the share of calls and downloads that fail.
FAULTY = ((3, 5, .05), (9, 10, .3), (15, 16, .15), (19, 23, .02))
# Hour, minutes, and the fault of every call.
OUTAGES = ((6, 10, "unavailable"), (14.25, 20, "reset_before_headers"), (18, 5, "hang"))
# Pages and heatmaps of a dashboard, and clients that reload it at the same time.
DASHBOARD = 6
CLIENTS = (50, 300)
COINS = [f"COIN{number}" for number in range(100)]
PAGES = ("offset=0&limit=40", "limit=500", "offset=40&limit=40", "offset=80&limit=40", "offset=120&limit=40")
RISK = "/api/external/{}/assets/liquidation-risk?{}"
FILLS = "/api/external/fills/liquidation?limit=100&"
SHARES = {"heatmap": .55, "risk": .448, "fills": .002}

Target = collections.namedtuple("Target", "path weight")


def zipf(items):
    """Returns targets whose weights are proportional to 1/rank, and have the sum 1."""
    total = sum(1 / rank for rank in range(1, len(items) + 1))
    return [Target(item, 1 / rank / total) for rank, item in enumerate(items, 1)]


class Plan:

    def __init__(self, seed, bursts=0):
        self.chance = random.Random(seed)
        self.targets = self.all_targets()
        self.states = self.all_states()
        self.bursts = sorted((self.burst() for _ in range(bursts)), key=lambda burst: burst["at"])

    def all_targets(self):
        heatmaps = zipf([common.HEATMAP.format(coin) for coin in self.chance.sample(COINS, len(COINS))])
        cohorts, pages = zipf(self.chance.sample(range(1, 17), 16)), zipf(PAGES)
        risk = [Target(RISK.format(cohort, page), of_cohort * of_page) for cohort, of_cohort in cohorts
                for page, of_page in pages]
        queries = [f"coin={coin}" for coin in COINS[:50]]
        queries += [f"address=0x{self.chance.getrandbits(160):040x}" for _ in range(1000)]
        fills = [Target(FILLS + query, 1 / len(queries)) for query in queries]
        return [Target(path, weight * SHARES[kind]) for kind, of_kind in
                (("heatmap", heatmaps), ("risk", risk), ("fills", fills)) for path, weight in of_kind]

    def warm(self):
        """Returns the paths of all targets that can be stored."""
        return [target.path for target in self.targets if FILLS not in target.path]

    def all_states(self):
        times = [0]
        while times[-1] < 2 * DAY:
            times.append(times[-1] + self.chance.uniform(*STATES))
        return times[1:]

    # Most bursts are in the busy hours.
    def burst(self):
        hour = self.chance.choices(range(24), HOURS)[0]
        dashboard = self.chance.choices(self.warm(), [target.weight for target in self.targets[:len(self.warm())]], k=DASHBOARD)
        return {"at": (hour + self.chance.random()) * 3600, "clients": self.chance.randint(*CLIENTS), "targets": dashboard}


def outage(seconds):
    """Returns the fault of all calls at that time, or None."""
    return next((fault for hour, minutes, fault in OUTAGES if 0 <= seconds - hour * 3600 < minutes * 60), None)


def fault_share(seconds):
    return next((share for first, last, share in FAULTY if first * 3600 <= seconds < last * 3600), 0)


def lua(value):
    """Returns the value as an expression of Lua."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{name}={lua(item)}" for name, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "{" + ",".join(map(lua, value)) + "}"
    return f'"{value}"' if isinstance(value, str) else repr(value)

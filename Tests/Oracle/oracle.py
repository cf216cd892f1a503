#!/usr/bin/env python3
"""Recomputes the figures of a published pack with the field's own libraries.

    python3 Tests/Oracle/oracle.py PACK...

The same as recompute.py, but every statistic comes from somebody else's code: percentiles from numpy, Kaplan-Meier and
Aalen-Johansen estimates from lifelines, Wilson intervals from statsmodels, binomial tails and limits from scipy, time
within opening hours from pandas, minute by minute. lifelines breaks ties of Aalen-Johansen at random, so that where
event times tie the estimate is that of the definition, by brute force.
"""
import sys
import warnings

import recompute

try:
    import numpy
    import pandas
    from lifelines import AalenJohansenFitter, KaplanMeierFitter
    from scipy import stats
    from statsmodels.stats.proportion import proportion_confint
except ImportError as missing:
    print(f"{missing}. Install with: pip install -r Tests/Oracle/requirements.txt", file=sys.stderr)
    sys.exit(2)


def percentile(values, percent):
    return float(numpy.percentile(values, percent, method="linear"))


def kaplan_meier(events, censorings):
    steps = []
    if events:
        fitter = KaplanMeierFitter(alpha=0.05).fit(
            events + censorings, event_observed=[1] * len(events) + [0] * len(censorings))
        table = fitter.event_table
        survival, limits = fitter.survival_function_["KM_estimate"], fitter.confidence_interval_
        for time in table.index[table["observed"] > 0]:
            s = float(survival.loc[time])
            lower, upper = (float(x) for x in limits.loc[time]) if 0 < s < 1 else (s, s)
            steps.append([float(time), s, lower, upper, int(table["at_risk"].loc[time])])

    def reached(column, probability):
        return next((step[0] for step in steps if step[column] <= 1 - probability + recompute.TOLERANCE), None)

    def thinned(values):
        if len(values) <= 400:
            return values
        return [values[int(i)] for i in numpy.rint(numpy.linspace(0, len(values) - 1, 400))]

    figures = {key: reached(1, p) for key, p in recompute.QUANTILES.items()}
    figures["limits"] = {key: [reached(2, p), reached(3, p)] for key, p in recompute.QUANTILES.items()}
    return figures | {
        "n": len(events) + len(censorings), "events": len(events), "censored": len(censorings), "curve": thinned(steps),
        "censorings": thinned(sorted(censorings))}


def cumulative_incidence(causes, censorings, horizons):
    times = [time for cause in causes for time in cause] + censorings
    if not times:
        return [None] * len(horizons)
    events = [time for cause in causes for time in cause]
    # lifelines takes a time of 0 for the start of the curve.
    if len(set(times)) < len(times) or min(times) == 0 or not events:
        shares = brute_force(causes, censorings, horizons)
    else:
        shares = list(zip(*(of_lifelines(causes, censorings, horizons, cause) for cause in range(len(causes)))))
    return [list(share) if horizon <= max(times) else None for horizon, share in zip(horizons, shares)]


def of_lifelines(causes, censorings, horizons, cause):
    if not causes[cause]:
        return [0.0] * len(horizons)
    times = [time for one in causes for time in one] + censorings
    kinds = [index + 1 for index, one in enumerate(causes) for _ in one] + [0] * len(censorings)
    fitter = AalenJohansenFitter(calculate_variance=False).fit(times, kinds, event_of_interest=cause + 1)
    density = fitter.cumulative_density_
    return [float(density[density.index <= horizon].iloc[-1, 0]) for horizon in horizons]


def brute_force(causes, censorings, horizons):
    """The definition, with arrays of everybody still at risk at every event time."""
    columns = [numpy.array(cause, dtype=float) for cause in causes]
    everybody = numpy.concatenate([*columns, numpy.array(censorings, dtype=float)])
    events = numpy.unique(numpy.concatenate(columns))
    at_risk = numpy.array([(everybody >= time).sum() for time in events])
    ended = numpy.array([[(column == time).sum() for column in columns] for time in events]).reshape(-1, len(columns))
    survival = numpy.cumprod(1 - ended.sum(axis=1) / at_risk)
    before = numpy.concatenate([[1.0], survival[:-1]])
    sums = numpy.cumsum(before[:, None] * ended / at_risk[:, None], axis=0)
    return [
        [float(x) for x in sums[events <= horizon][-1]] if (events <= horizon).any() else [0.0] * len(causes)
        for horizon in horizons
    ]


def wilson(k, n):
    if n == 0:
        return {"rate": None, "low": None, "high": None, "small": True}
    low, high = proportion_confint(k, n, alpha=0.05, method="wilson")
    return {
        "rate": k / n, "low": 0.0 if k == 0 else max(0.0, float(low)), "high": 1.0 if k == n else min(1.0, float(high)),
        "small": n < 5,
    }


def smaller_tail(k, n, events, others):
    distribution = stats.binom(n, events / (events + others))
    return float(min(distribution.cdf(k), distribution.sf(k - 1)))


def rate_ratio(later, earlier):
    n = later + earlier
    if n == 0:
        return None
    low, high = stats.binomtest(later, n).proportion_ci(0.95, method="exact")
    return {
        "ratio": later / earlier if earlier else None, "low": 0 if later == 0 else low / (1 - low),
        "high": None if earlier == 0 else high / (1 - high),
    }


class Calendar(recompute.Calendar):
    """Opening hours by the minute, which is how they are written."""

    def __init__(self, settings):
        super().__init__(settings)
        self.start = None

    def prepare(self, first, last):
        self.start = (first // 60_000 - 1) * 60_000
        minutes = numpy.arange(self.start, last + 120_000, 60_000)
        local = pandas.to_datetime(minutes, unit="ms", utc=True).tz_convert(self.name)
        times = local.hour * 60 + local.minute
        is_open = numpy.zeros(len(minutes), dtype=bool)
        for weekday, ranges in enumerate(self.hours):
            for a, b in ranges:
                is_open |= (local.weekday == weekday) & (times >= a) & (times < b)
        is_open &= ~pandas.Series(local.date).isin(self.holidays).to_numpy()
        self.flags = is_open
        self.sums = numpy.concatenate([[0], numpy.cumsum(is_open * 60_000)])

    def open_before(self, moment):
        minute, rest = divmod(moment - self.start, 60_000)
        return int(self.sums[minute]) + (rest if self.flags[minute] else 0)

    def open_time(self, start, end):
        if end <= start:
            return 0
        if self.start is None or start < self.start or end >= self.start + len(self.flags) * 60_000:
            known = [] if self.start is None else [self.start, self.start + (len(self.flags) - 2) * 60_000]
            self.prepare(min([start - 40 * recompute.DAY, *known]), max([end + 40 * recompute.DAY, *known]))
        return self.open_before(end) - self.open_before(start)


def main():
    warnings.filterwarnings("ignore")
    for statistic in (percentile, kaplan_meier, cumulative_incidence, wilson, smaller_tail, rate_ratio, Calendar):
        setattr(recompute, statistic.__name__, statistic)
    return recompute.main()


if __name__ == "__main__":
    sys.exit(main())

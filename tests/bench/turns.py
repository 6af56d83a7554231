"""Contenders that work in turns, so that whatever else the machine does troubles all of them alike."""

from collections.abc import Callable, Iterator, Mapping
from statistics import median, quantiles

Work = Callable[[], float]
"""Does its work once and returns what that cost, in seconds of processor time."""


def take_turns(contenders: Mapping[str, Work], rounds: int) -> dict[str, list[float]]:
    """Let each work once a round, and return what each round cost it; the first round only warms up."""
    costs: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name, work in contenders.items():
            cost = work()
            if number:
                costs[name].append(cost)
    return costs


def table(costs: Mapping[str, list[float]], ours: str, units: Mapping[str, int], digits: int = 2) -> Iterator[str]:
    """Yield the lines of a table: cost of one unit, and what ours costs in proportion, each with its middle half.

    Args:
        costs: Of each round, by contender.
        ours: The contender that the others are compared with.
        units: How many units (posts) a round of each contender works through.
        digits: Of the milliseconds.
    """
    yield "| | cost of one | ours is |"
    yield "|---|---|---|"
    per_unit = {name: [cost / units[name] for cost in costs[name]] for name in costs}
    for name, each in per_unit.items():
        low, _, high = quantiles(each, n=4)
        ratio = "" if name == ours else _ratio(per_unit[ours], each)
        yield f"| {name} | {_ms(median(each), digits)} ms ({_ms(low, digits)} to {_ms(high, digits)}) | {ratio} |"


def _ratio(ours: list[float], theirs: list[float]) -> str:
    ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
    low, _, high = quantiles(ratios, n=4)
    if median(ratios) >= 1:
        return f"{median(ratios):.1f} × it ({low:.1f} to {high:.1f})"
    return f"1/{1 / median(ratios):.1f} of it (1/{1 / high:.1f} to 1/{1 / low:.1f})"


def _ms(seconds: float, digits: int) -> str:
    return f"{seconds * 1000:.{digits}f}"

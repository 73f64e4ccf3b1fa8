"""The first part of secondary suppression: no total less its published parts leaves a small group. Pure."""

from collections.abc import Iterator, Mapping

from infra.opendata.cube import ALL, Cube, Key, periods_of


def settled(cube: Cube, shown: Mapping[Key, int], least: int) -> dict[Key, int]:
    """What may be shown of `shown`: the smallest part of each line that leaves fewer than `least` is hidden."""
    shown = dict(shown)
    while found := set(_to_hide(cube, shown, least)):
        for key in found:
            del shown[key]
    return shown


def _to_hide(cube: Cube, shown: Mapping[Key, int], least: int) -> Iterator[Key]:
    known = {**shown, **cube.given}
    lines: dict[tuple[Key, str], list[Key]] = {}
    for key in known:
        for axis, total in totals_of(key, cube.parents):
            if total in known:
                lines.setdefault((total, axis), []).append(key)
    for (total, _), parts in lines.items():
        rest = known[total] - sum(known[each] for each in parts)
        mine = [each for each in parts if each in shown and each not in cube.given]
        if 0 < rest < least and mine:
            yield min(mine, key=lambda each: (shown[each], each))


def totals_of(key: Key, parents: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, Key]]:
    """The totals that a cell is a part of, each with the axis along which."""
    for axis in ("procedure", "channel", "party", "timeliness"):
        if getattr(key, axis) != ALL:
            yield axis, key._replace(**{axis: ALL})
    if key.period != key.period[:4]:
        _, quarter, year = periods_of(key.period) if "Q" not in key.period else ("", key.period, key.period[:4])
        yield "period", key._replace(period=year if key.period == quarter else quarter)
    for above in parents.get(key.node, ()):
        yield f"below {above}", key._replace(node=above)

"""Mutants of what everybody reads: scores, boards, open data; see `named.py`.

Each is what is wrong, where, what stands there exactly once, and what stands there instead.
"""

from typing import Final

SCORES: Final = "chalicelib/measures/scores"
BOARDS: Final = "chalicelib/measures/boards"
OPEN: Final = "infra/opendata"
PUBLISHING: Final[tuple[tuple[str, str, str, str], ...]] = (
    (
        "points more than in a period without dossiers",
        f"{SCORES}/deltas.py",
        "if not (_is_judged(now) and _is_judged(former)):",
        "if not _is_judged(now):",
    ),
    (
        "a score that is compared with itself",
        f"{SCORES}/service.py",
        "former = before(asked)",
        "former = asked",
    ),
    (
        "a child of a month that has not begun",
        f"{SCORES}/service.py",
        "month for month in asked.months if month <= this_month",
        "month for month in asked.months",
    ),
    (
        "what people think in a month that runs, which everybody sees grow",
        f"{SCORES}/service.py",
        "if at[1] < this_month and",
        "if at[1] <= this_month and",
    ),
    (
        "dislikes of few who rated, told in the index",
        f"{SCORES}/service.py",
        "return min((measured.of(counts)[component.denominator], *said)) >= least",
        "return measured.of(counts)[component.denominator] >= least",
    ),
    (
        "what few people think, told in the index",
        f"{SCORES}/service.py",
        "told.withheld | set(each.counts)",
        "told.withheld",
    ),
    (
        "a child's score without what stands below it",
        f"{SCORES}/service.py",
        "added(found.setdefault(part, {}), counts)",
        "added(found.setdefault(part if part == unit else root, {}), counts)",
    ),
    (
        "a year of a province whose agencies are too many, added up on reading",
        f"{SCORES}/service.py",
        "most = min(MOST_UNITS, MOST_SUMS // len(months))",
        "most = MOST_UNITS",
    ),
    (
        "a board that is made once and never again",
        f"{BOARDS}/service.py",
        "if moment(mark.as_of) >= midnight:",
        "if mark.as_of:",
    ),
    (
        "boards of one province from two generations of counters",
        f"{BOARDS}/service.py",
        "if self.counted.serving() != generation:",
        "if self.counted.serving() < generation:",
    ),
    (
        "an older board over a newer one",
        f"{BOARDS}/store.py",
        "attribute_not_exists(pk) OR as_of < :a",
        "attribute_not_exists(pk) OR as_of <> :a",
    ),
    (
        "a part of the country that starts over in each run",
        f"{BOARDS}/service.py",
        "return begun if mark is None or mark.as_of < begun.as_of else None",
        "return None",
    ),
    (
        "a run that goes on with boards of other counters",
        f"{BOARDS}/service.py",
        "if begun is None or (begun.generation, begun.content) != (generation, CONTENT):",
        "if begun is None or begun.content != CONTENT:",
    ),
    (
        "two runs at one agency that both go on",
        f"{BOARDS}/store.py",
        '"as_of = :a AND reached = :r"',
        '"as_of = :a"',
    ),
    (
        "boards older than a year that stay as they were after a rebuild",
        f"{BOARDS}/service.py",
        "return (*made_daily(now), *made_weekly(now), *older(self.boards.periods(root), now))",
        "return (*made_daily(now), *made_weekly(now))",
    ),
    (
        "procedures that are named by month and by quarter, whose difference tells of few",
        f"{BOARDS}/service.py",
        'if period.time_type == "year" and period.text <',
        "if period.text <",
    ),
    (
        "procedures that are named of an agency's part of a year",
        f"{BOARDS}/model.py",
        "for unit, each in received.items() if unit not in partly for code",
        "for unit, each in received.items() for code",
    ),
    (
        "procedures that are named where the year has no room for them but in months of few",
        f"{BOARDS}/model.py",
        "return found if sum(received.values()) >= least() * len(found) + least() - 1 else frozenset()",
        "return found",
    ),
    (
        "a part that its line gives away",
        f"{OPEN}/lines.py",
        "if 0 < rest < least and mine:",
        "if rest == 1 and mine:",
    ),
    (
        "a group one smaller than the least, published",
        f"{OPEN}/protect.py",
        "and (value >= policy.least or not policy.is_of_persons(key))",
        "and (value >= policy.least - 1 or not policy.is_of_persons(key))",
    ),
    (
        "what ended of a group whose receipt is held back",
        f"{OPEN}/release.py",
        "bound={*came, *received.given}",
        "bound=None",
    ),
    (
        "a release that does not know what boards name",
        f"{OPEN}/release.py",
        "protected(received, policy, worlds.names, secondary=secondary)",
        "protected(received, policy, {}, secondary=secondary)",
    ),
    (
        "a year of an agency that stood below another one in its last month",
        f"{OPEN}/roots.py",
        "if above is not None:",
        "if above is not None and month == months[0]:",
    ),
    (
        "a policy by which one dossier is a group",
        f"{OPEN}/policy.py",
        "if found.least < FEWEST:",
        "if found.least < 1:",
    ),
)

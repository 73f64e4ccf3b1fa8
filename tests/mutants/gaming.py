"""Mutants of what finds those who flatter the figures; see `named.py`.

Each is what is wrong, where, what stands there exactly once, and what stands there instead.
"""

from typing import Final

GAMING: Final[tuple[tuple[str, str, str, str], ...]] = (
    (
        "a finding that its dossier's next agency does not take over, and its former one keeps",
        "chalicelib/measures/rows.py",
        "for at in sorted(old.keys() - new.keys()):",
        "for at in ():",
    ),
    (
        "findings of dossiers that their reader may not read",
        "chalicelib/measures/findings.py",
        "shown = [each for each in some if each.reference in readable]",
        "shown = list(some)",
    ),
    (
        "a term that began anew early in it as a finding",
        "chalicelib/measures/finders.py",
        "if began and asked and _share(began, asked) >= rule.thresholds.percent_of_term:",
        "if began and asked:",
    ),
    (
        "closings of two agencies as those of one",
        "chalicelib/measures/finders.py",
        "for _, some in groupby(closed, key=lambda each: each.unit)",
        'for _, some in groupby(closed, key=lambda each: "")',
    ),
    (
        "a file that came online and one on paper beside it as a dossier on paper",
        "chalicelib/measures/marks.py",
        "came_online = bool(was.files) or was.reuses",
        "came_online = False",
    ),
    (
        "a rebuild that makes no findings",
        "chalicelib/measures/store.py",
        "for each in found(reference, measured):",
        "for each in ():",
    ),
    (
        "a correction long after an end at the last moment as a finding",
        "chalicelib/measures/finders.py",
        'if each.what == "corrected" and moment(each.at) - moment(end.at) <= within',
        'if each.what == "corrected"',
    ),
    (
        "a verification after the result that hides that nobody looked before it",
        "chalicelib/measures/marks.py",
        'if has_ended(was) or has(was.marks, "step"):',
        'if has(was.marks, "step"):',
    ),
    (
        "a paper of the applicant's that is no result as their own file in its place",
        "chalicelib/measures/marks.py",
        "if told.result is not None:",
        "if told.sha256:",
    ),
)

"""Which tests may kill a mutant: those that run its lines, found once by coverage, the near and quick ones first."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

import pytest

from tests.mutants import running
from tests.mutants.making import ROOT, Mutant

FOLDERS: Final = ("tests/unit", "tests/adapters", "tests/http", "tests/journeys", "tests/golden")
NOT_ABOUT_CODE: Final = ("tests/unit/test_docs",)
"""They compare documents with the source."""
BY_HAND: Final = dict.fromkeys(
    ("policies.py", "grants.py"), ("tests/infra/test_compose.py", "tests/infra/test_rights.py")
)
"""Name of a file -> files of tests that run it in another process, or only load it."""
AT_IMPORT: Final = "tests/unit/contracts/test_structs.py"
"""Looks at what is loaded, whatever the file."""
GENERATED: Final = ("test_what_is_committed_is_what_the_list_says",)
"""Tests that compare with generated files: whoever changes the list writes the files again, so these kill nothing."""
STORY: Final = "pytest.mark.story"
PREPARED: Final = "::*"
"""Stands for all tests of a file: what one of them prepared, by a fixture that they share, another may look at."""
ORDER: Final = ("tests/unit", "tests/infra", "tests/adapters", "tests/http", "tests/golden", "tests/journeys")


@dataclass(frozen=True)
class Tests:
    """What each test took, which failed without any mutant, and which lines of which file each runs."""

    seconds: dict[str, float]
    failing: list[str]
    lines: dict[str, dict[int, list[str]]]

    def of(self, mutant: Mutant) -> list[str]:
        """Every test that may notice."""
        known = self.lines.get(mutant.file, {})
        numbers: Iterable[int] = known if mutant.at_import else mutant.lines
        found = {test for number in numbers for test in known.get(number, ())}
        prepared = {test for test in found if test.endswith(PREPARED)}
        found -= prepared
        whole = {*BY_HAND.get(Path(mutant.file).name, ()), *map(_file, prepared)}
        own = f"test_{Path(mutant.file).name}"  # its tests look at what another test ran and a cache kept
        whole |= {_file(test) for test in self.seconds if Path(_file(test)).name == own}
        if mutant.at_import:  # a test may look at what was loaded and run nothing of the file
            whole |= {AT_IMPORT} | {_file(test) for test in found}
        found |= {test for test in self.seconds if _file(test) in whole}
        return [test for test in found if test not in self.failing and not test.endswith(GENERATED)]

    def chosen(self, mutant: Mutant, budget: float) -> list[str]:
        """The tests to run, in order, within the budget: the file's own, then one of each file in turn, quick first."""
        found = self.of(mutant)
        parts = {*Path(mutant.file).parts, f"test_{Path(mutant.file).name}"}
        ranked: list[str] = []
        for folder in ORDER:
            here: dict[str, list[str]] = {}
            for test in sorted(found, key=lambda t: (self.seconds[t], t)):
                if test.startswith(folder):
                    here.setdefault(_file(test), []).append(test)
            near = sorted(here, key=lambda file: (-len(parts & set(Path(file).parts)), file))
            own = [file for file in near if Path(file).name in parts]  # those named after the file come whole
            ranked += [test for file in own for test in here.pop(file)]
            ranked += [test for row in zip_longest(*(here.get(file, ()) for file in near)) for test in row if test]
        kept, spent = [], 0.0
        for test in ranked:
            if spent + self.seconds[test] <= budget:
                kept.append(test)
                spent += self.seconds[test]
        places: dict[str, int] = {}
        for test in kept:
            places.setdefault(_file(test), len(places))
        return sorted(kept, key=lambda test: places[_file(test)])


def _file(test: str) -> str:
    return test.partition("::")[0]


def _files() -> list[str]:
    found = [p for folder in FOLDERS for p in (ROOT / folder).rglob("test_*.py")]
    found += [ROOT / file for files in BY_HAND.values() for file in files if (ROOT / file).exists()]
    names = {path.relative_to(ROOT).as_posix(): path.stat().st_size for path in found}
    stories = {name for name in names if STORY in (ROOT / name).read_text("utf-8")}  # a part of one proves nothing
    about_code = [name for name in names if not name.startswith(NOT_ABOUT_CODE) and name not in stories]
    return sorted(about_code, key=lambda name: ("unit" in name, -names[name]))  # the long ones first


def _shared() -> bytes:
    """Hash of all that every test may read: another tree, another answer."""
    found = hashlib.sha256()
    for folder in ("chalicelib", "infra", "tests", "statemachines"):
        for path in sorted((ROOT / folder).rglob("*")):
            own = path.name.startswith("test_") or path.parent.name == "mutants"
            if path.is_file() and not own and "__pycache__" not in path.parts:
                found.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return found.digest()


def tests(given: Sequence[running.Worker], files: Sequence[str], folder: Path, tell: Callable[[str], None]) -> Tests:
    """What is known of the tests: each file of them runs once, and again when it or what it stands on has changed."""
    shared, names = _shared() + repr(files).encode(), _files()
    keys = {name: hashlib.sha256(shared + (ROOT / name).read_bytes()).hexdigest()[:32] for name in names}
    kept = {name: folder / f"{name.removesuffix('.py').replace('/', '.')}.json" for name in names}
    known = {name: json.loads(path.read_text("utf-8")) for name, path in kept.items() if path.exists()}
    todo = [name for name in names if known.get(name, {}).get("key") != keys[name]]
    folder.mkdir(parents=True, exist_ok=True)

    def hear(name: str, answer: dict[str, Any]) -> None:
        runs_nothing = answer.get("code") == pytest.ExitCode.NO_TESTS_COLLECTED  # a file of the soak alone
        if not answer["seconds"] and not answer["failed"] and not runs_nothing:
            raise running.Broken(f"{name}: {answer['first']}")
        lines = _lines(folder / "coverage", files) if answer["seconds"] else {}
        known[name] = {"key": keys[name], "seconds": answer["seconds"], "failing": answer["failed"], "lines": lines}
        kept[name].write_text(json.dumps(known[name]), "utf-8")
        failing = "".join(f"\n  fails without any mutant: {test}" for test in answer["failed"])
        tell(f"{name}: {len(answer['seconds'])} tests, {answer['cpu']:.1f} s{failing}")

    _run(given, todo, folder, hear)
    found = Tests({}, [], {file: {} for file in files})
    for name in names:
        found.seconds.update(known[name]["seconds"])
        found.failing.extend(known[name]["failing"])
        for file, lines in known[name]["lines"].items():
            for number, some in lines.items():
                found.lines[file].setdefault(int(number), []).extend(some)
    return found


def _run(
    given: Sequence[running.Worker], names: Sequence[str], folder: Path, hear: Callable[[str, dict[str, Any]], None]
) -> None:
    config = folder / "coverage.rc"
    config.write_text("[run]\nsource = chalicelib, infra\nconcurrency = thread\n", "utf-8")
    options = ["-m", "not soak", "--cov", f"--cov-config={config}", "--cov-context=test", "--cov-report="]
    places = [folder / f"coverage-{number}" for number in range(len(names))]
    jobs = [
        running.job([name], 240, options=options, COVERAGE_FILE=str(place))
        for name, place in zip(names, places, strict=True)
    ]

    def told(place: int, answer: dict[str, Any]) -> bool:
        if places[place].exists():
            places[place].replace(folder / "coverage")
        hear(names[place], answer)
        return True

    running.done(given, jobs, told)


def _lines(path: Path, files: Sequence[str]) -> dict[str, dict[int, list[str]]]:
    """File -> line -> the tests that ran it, whatever copy of the tree they ran in."""
    from coverage import CoverageData

    data, found = CoverageData(str(path)), dict[str, dict[int, list[str]]]()
    data.read()
    for measured in data.measured_files():
        if name := next((file for file in files if measured.endswith(f"/{file}")), None):
            lines = data.contexts_by_lineno(measured).items()
            found[name] = {number: sorted({test for c in by if c for test in _told_by(c)}) for number, by in lines}
    path.unlink()
    return found


def _told_by(context: str) -> tuple[str, ...]:
    """The test of coverage's context, and when that was before the test began: all tests of its file."""
    test, _, phase = context.rpartition("|")
    return (test, f"{_file(test)}{PREPARED}") if phase == "setup" else (test,)

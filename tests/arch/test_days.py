"""A day, month or year is that of Viet Nam: no room takes one from a moment without saying in which zone.

The clock answers in UTC, and until 07:00 the day there is the day before here. What is taken from a moment on another
way than by `astimezone(ZONE)` or `local` stands below with its reason.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TAKES = {"date", "strftime", "isocalendar", "timetuple"}
"""Methods of a moment that say a day."""
PARTS = {"year", "month", "day", "hour"}
YEAR = 4
"""Letters of a stamp that say its year; more say its month or its day."""
MOMENTS = {"now", "at", "moment", "begun", "until", "since", "signed", "changed", "opened", "ended", "begins", "ends"}
MAKES = {"clock", "_clock", "utc_now", "moment", "fromisoformat", "astimezone"}
"""What answers a moment when it is called."""
DATE = "a date, or the time of a day"
HERE = "a moment in Viet Nam's zone before it comes there"
CONVERTS = {"astimezone", "fromtimestamp"}
ZONES = {"ZONE", "VIETNAM_OFFSET"}
"""The second where no zones are known: in the sandbox of the converter."""
IN_UTC = "days or months of UTC, which are told to nobody and compared with each other alone"
OTHERWISE = {
    "archive/pdfa.py": (["{attached.at:%Y%m%d%H%M%S}", "{attached.at:%z}"], "its zone is written behind it"),
    "audit/service.py": (["self.clock().date()", *["now.date()"] * 3, *["begun.date()"] * 2], IN_UTC),
    "audit/store.py": (["(now + timedelta(days=1)).date()"], IN_UTC),
    "catalogue/agencies/wire.py": (["moment.year"], "bounds of two hundred years"),
    "dossier/channels.py": (["until.hour"], DATE),
    "law/clock.py": (["end.date()"], HERE),
    "law/codes.py": (["day.strftime(grammar.day)"], DATE),
    "law/explain.py": (
        ["basis.end.date()", "{opens:%H:%M}", "{closes:%H:%M}", "nominal.date()"],
        f"{HERE}, or {DATE}",
    ),
    "law/outages.py": (["{last:%d/%m/%Y}"], DATE),
    "law/policy.py": (["moment.year", "moment.hour"], "from which year on the zone is as it is"),
    "law/stops.py": (["ends.hour"], HERE),
    "measures/boards/words.py": (["datetime.fromisoformat(told).strftime('%H:%M, %d/%m/%Y')"], HERE),
    "measures/ingested/counted.py": (["{at:%Y-%m}", "ended.date()", "due.date()"], HERE),
    "messages/orders.py": (["{since:%Y%m%d}", "{until:%Y%m%d}"], DATE),
    "messages/public_record.py": (["ends_at[:7]", "ends_at[:7]"], IN_UTC),
    "messages/results.py": (["{child.born_on:%d/%m/%Y}", "{self.registered_on:%d/%m/%Y}"], DATE),
    "messages/stamping.py": (["until.month", "now.month", "until.year", "now.year"], IN_UTC),
    "sealing/ring.py": (["now.date()"], IN_UTC),
}
"""What is taken another way, by its place under `chalicelib`, as often as it stands there, with the reason."""


def is_here(node: ast.expr, known: set[str]) -> bool:
    """Whether a moment is told in Viet Nam's zone: so converted, or a name that was bound to what is."""
    match node:
        case ast.Call(func=func, args=[*_, last]):
            zone = last.args[0] if isinstance(last, ast.Call) and name_of(last.func) == "timezone" else last
            is_converted = name_of(func) in CONVERTS and name_of(zone) in ZONES
            return is_converted or name_of(func) in {"local", "said"}
        case ast.Name(id=name) | ast.Attribute(value=ast.Name(id="self"), attr=name):
            return name in known
        case ast.BinOp(left=of) | ast.IfExp(body=of) | ast.BoolOp(values=[of, *_]):
            return is_here(of, known)
    return False


def bound(scope: ast.AST) -> set[str]:
    """Names that a function or a class binds to moments of Viet Nam and to nothing else."""
    here, elsewhere = set[str](), set[str]()
    for node in ast.walk(scope):
        match node:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.NamedExpr(target=ast.Name(id=name), value=value)
            ):
                pairs = [(name, value)]
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                pairs = [(name_of(n), v) for n, v in zip(names, values, strict=False)]
            case _:
                continue
        for name, value in pairs:
            (here if is_here(value, here) else elsewhere).add(name)
    return here - elsewhere


def name_of(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def is_moment(node: ast.expr) -> bool:
    """Whether a name is a moment's, or a call makes one."""
    match node:
        case ast.Call(func=func):
            return name_of(func) in MAKES
    name = name_of(node)
    return name in MOMENTS or name.endswith("_at")


def moments_of(node: ast.AST) -> ast.expr | None:
    """The moment from which an expression takes a day, a month or a year; None of any other expression."""
    match node:
        case ast.Call(func=ast.Attribute(value=of, attr=attr), args=args) if attr in TAKES:
            return None if attr == "date" and args else of
        case ast.FormattedValue(value=of, format_spec=ast.JoinedStr(values=[ast.Constant(value=str(form))])):
            return of if "%" in form and not form.endswith("%") else None
        case ast.Attribute(value=of, attr=attr) if attr in PARTS:
            return of if is_moment(of) else None
        case ast.Subscript(value=of, slice=ast.Slice(lower=None, upper=ast.Constant(value=int(upto)))):
            return of if upto >= YEAR and is_moment(of) else None
    return None


def taken(tree: ast.AST) -> Iterator[ast.AST]:
    """Each expression that takes a day, a month or a year from a moment of which nobody said that it is here."""
    known = dict[int, set[str]]()
    for scope in ast.walk(tree):
        if isinstance(scope, ast.FunctionDef | ast.ClassDef):  # the outer of two comes first
            names = known.get(id(scope), set()) | bound(scope)
            known |= dict.fromkeys(map(id, ast.walk(scope)), names)
    for node in ast.walk(tree):
        of = moments_of(node)
        if of is not None and not is_here(of, known.get(id(node), set())):
            yield node


def test_no_room_takes_a_day_from_a_moment_without_saying_where():
    """What is listed and stands there no more is to be taken off the list, too."""
    stands, listed = Counter[str](), Counter[str]()
    for path in sorted((ROOT / "chalicelib").rglob("*.py")):
        name = path.relative_to(ROOT / "chalicelib").as_posix()
        stands.update(f"{name}: {ast.unparse(node)}" for node in taken(ast.parse(path.read_text("utf-8"))))
        listed.update(f"{name}: {place}" for place in OTHERWISE.get(name, ((), ""))[0])
    assert sorted((stands - listed).elements()) == [], "say in which zone: astimezone(ZONE)"
    assert sorted((listed - stands).elements()) == []


@pytest.mark.parametrize(
    "text",
    [
        "day = now.date()",
        "day = self.clock().date().isoformat()",
        "day = moment(told.received_at).date()",
        "month = f'{now:%Y-%m}'",
        "month = f'{moment(head.at):%Y-%m} '",
        "month = now.strftime('%Y-%m')",
        "year = change.now.year",
        "year = moment(at).month",
        "day = head.ended_at[:10]",
        "here, until = now, later\nday = here.date()",
        "here = now if late else now.astimezone(ZONE)\nday = here.date()",
        "here = now.astimezone(ZONE)\nhere = now\nday = here.date()",
        "day = now.astimezone(UTC).date()",
        "day = (now + timedelta(days=1)).date()",
    ],
)
def test_each_such_way_is_seen(text):
    assert list(taken(ast.parse(within(text))))


@pytest.mark.parametrize(
    "text",
    [
        "day = now.astimezone(ZONE).date()",
        "day = now.astimezone(clock.ZONE).date().isoformat()",
        "month = f'{local(now):%Y-%m}'",
        "here, until = local(now), now\nday = here.date()",
        "day = (now.astimezone(ZONE) + timedelta(days=1)).date()",
        "year = given.day.year",
        "size = name[:10]",
        "share = f'{part:.1%}'",
        "day = date(2026, 1, 1)",
    ],
)
def test_what_is_said_to_be_here_is_left(text):
    assert not list(taken(ast.parse(within(text))))


def within(text: str) -> str:
    return "def act(self, now, later):\n" + "\n".join(f"    {line}" for line in text.splitlines())

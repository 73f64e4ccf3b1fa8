"""Run by a fresh interpreter, beside `child.py`: loops of the submission's parts against bare libraries.

python warm.py PART FILE      PART: client, frame, clock; one JSON line, the last of what it prints
"""

import gc
import importlib
import json
import os
import pickle
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from msgspec import structs

child: Any = importlib.import_module("child")  # beside this script
BLOCKS = int(os.environ.get("BENCH_BLOCKS", "15"))
PUTS = 5


def fastest(works: dict[str, tuple[int, Callable[[], object]]], blocks: int = BLOCKS) -> dict[str, float]:
    """Microseconds of CPU of one call of each work: the minimum of interleaved blocks."""
    best: dict[str, float] = {}
    for _, work in works.values():
        work()
    for _ in range(blocks):
        for name, (times, work) in works.items():
            gc.collect()
            before = time.process_time()
            for _ in range(times):
                work()
            spent = (time.process_time() - before) / times * 1e6
            best[name] = min(spent, best.get(name, spent))
    return best


def client(spec: dict[str, Any]) -> dict[str, float]:
    """The client's CPU: a submission's transaction, and five puts of the same items by boto3; AWS is a socket away."""
    handler = child.product(spec)
    boto3, store = (importlib.import_module(name) for name in ("boto3", "chalicelib.submission.store"))
    given, stock = [], store.Table.submit

    def kept(table: Any, *args: Any) -> None:
        given.append(args)
        stock(table, *args)

    store.Table.submit = kept
    handler(spec["event"], child.Context())
    store.Table.submit = stock
    dynamodb = boto3.client("dynamodb")
    operations = next(asked["TransactItems"] for _, name, asked in spec["asked"] if name == "TransactWriteItems")
    items = [_item(op) for op in operations][:PUTS]
    assert len(items) == PUTS

    def puts() -> None:
        for item in items:
            dynamodb.put_item(TableName="dossiers", Item=item)

    return fastest(
        {
            "transaction": (40, lambda: store.Table().submit(*given[0])),
            "five_puts": (20, puts),
            "whole": (20, lambda: handler(spec["event"], child.Context())),
        }
    )


def _item(operation: dict[str, Any]) -> dict[str, Any]:
    """The item that an operation of the submission writes or names."""
    ((_, op),) = operation.items()
    values = op.get("ExpressionAttributeValues", {})
    return dict(op["Item"]) if "Item" in op else {**op["Key"], **{k.replace(":", "v"): v for k, v in values.items()}}


def frame(spec: dict[str, Any]) -> dict[str, float]:
    """A warm request without AWS, and bare validation of its body."""
    handler = child.product(spec)
    child.Aws(spec["answers"]).put()
    handler(spec["event"], child.Context())  # it holds the plan from now on
    child.Aws(spec["answers"], endless=True).put()
    modules: list[Any] = [
        importlib.import_module(name)
        for name in (
            "chalicelib.submission.api.drafts",
            "chalicelib.submission.api.submit",
            "chalicelib.kernel.clock",
            "chalicelib.kernel.log",
            "chalicelib.submission.service",
            "chalicelib.submission.store",
            "chalicelib.submission.wire.drafts",
            "chalicelib.submission.wire.submit",
            "chalicelib.kernel.body",
            "pydantic_core",
        )
    ]
    drafts, submit, times, log, service, store, wire, sent, bodies, core = modules
    draft = store.Table().draft(spec["reference"])
    saved = structs.replace(draft, head=structs.replace(draft.head, form_version=1), _form=None)
    held = importlib.import_module("chalicelib.kernel.access").Relation.HOLDER
    memory = SimpleNamespace(
        used_key=lambda *_: None, draft=lambda *_: draft, submit=lambda *_: None, relation=lambda *_: held
    )
    raw, form = spec["event"]["body"].encode(), spec["form_event"]["body"].encode()
    bare = bodies.modelled(sent.Submit)
    context, note, typed = child.Context(), log.note, _typed("Form", json.loads(form))

    def served(use_cases: Any, event: dict[str, Any], say: Callable[..., None]) -> Callable[[], None]:
        def work() -> None:
            drafts.submissions = submit.submissions = lambda: use_cases
            log.note = say
            answer = handler(event, context)
            log.note = note
            assert answer["statusCode"] < 300, answer  # noqa: PLR2004

        return work

    def silent(*_: Any, **__: Any) -> None:
        pass

    whole = service.Submissions(memory, times.utc_now)
    done = SimpleNamespace(save_form=lambda *_: saved, expires_at=whole.expires_at)
    found = fastest(
        {
            "typed_2kb": (500, lambda: typed.model_validate_json(form)),
            "bare_2kb": (500, lambda: wire.FormBody.model_validate_json(form)),
            "bare_2kb_from_json": (500, lambda: wire.FormBody.model_validate(core.from_json(form))),
            "frame_2kb": (200, served(done, spec["form_event"], note)),
            "frame_2kb_without_log": (200, served(done, spec["form_event"], silent)),
            "bare_submit": (500, lambda: bare.model_validate_json(raw)),
            "submit": (100, served(whole, spec["event"], note)),
            "submit_without_log": (100, served(whole, spec["event"], silent)),
        }
    )
    return found | {"body_bytes": float(len(form))}


def _typed(name: str, example: dict[str, Any]) -> Any:
    """A model with the fields of an example, nested as they are: a body as a typed API would have it."""
    make: Any = importlib.import_module("pydantic").create_model
    return make(name, **{k: (_typed(k, v) if isinstance(v, dict) else type(v), ...) for k, v in example.items()})


def clock(_: dict[str, Any]) -> dict[str, float]:
    """Due dates of the terms that procedures have, from moments all over the year, without events and with three.

    The floor reads and writes the same moments as the API does.
    """
    from chalicelib.law import calendars
    from chalicelib.law.clock import ZONE, Term, due
    from chalicelib.law.clock_events import ClockEvent
    from chalicelib.law.reckoning import reckon

    national = calendars.national()
    first = datetime(2026, 8, 1, 1, 0, tzinfo=UTC)
    moments = [first + timedelta(hours=7 * n) for n in range(400)]
    terms = [Term(3, "wd"), Term(8, "wh"), Term(15, "wd"), Term(20, "d"), Term(1, "m")]
    cases = [(moment, terms[number % len(terms)]) for number, moment in enumerate(moments)]
    told = [
        (
            ClockEvent(type="stop", at=moment + timedelta(hours=5), reason="supplement"),
            ClockEvent(type="resume", at=moment + timedelta(hours=30), reason="supplement"),
            ClockEvent(type="extend", at=moment + timedelta(hours=31), term=Term(2, "wd")),
        )
        for moment in moments
    ]

    def without_events() -> None:
        for moment, term in cases:
            due(moment, term, calendar=national)

    def nothing_told() -> None:
        for moment, term in cases:
            reckon(moment, term, (), calendar=national)

    def with_events() -> None:
        for (moment, term), events in zip(cases, told, strict=True):
            reckon(moment, term, events, calendar=national)

    texts = [moment.isoformat() for moment in moments]

    def floor() -> None:
        for text in texts:
            datetime.fromisoformat(text).astimezone(ZONE).isoformat()

    works = {"due": without_events, "reckon": nothing_told, "three": with_events, "floor": floor}
    # As many calls in all, in blocks of some milliseconds: fewer of them are met by whoever else is on the machine.
    spent = fastest({name: (1, work) for name, work in works.items()}, 10 * BLOCKS)
    return {f"{name}_per_second": len(moments) / each * 1e6 for name, each in spent.items()}


def main(part: str, file: str) -> None:
    """Do what is asked and say what it cost."""
    sys.path[:] = [place for place in sys.path if os.path.realpath(place) != child.TOOLS]
    with open(file, "rb") as read:  # noqa: PTH123
        spec = pickle.load(read)
    print("\n" + json.dumps({"client": client, "frame": frame, "clock": clock}[part](spec)), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""A round of the clock: a worker goes on with what is due, one after the other, while it has room, and counts that.

What breaks for one stops no other: it is logged, counted, and comes again with a later round. What was counted is
measured however the round ended. So with the rows of a list.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field

from msgspec import Struct

from chalicelib.contracts.stored import Unreadable, typed
from chalicelib.kernel import aws, log, waiting


@dataclass
class Round:
    """What a round did; each worker's own counts stand beside it. `failed`: what broke for one."""

    failed: int = field(default=0, kw_only=True)


def go_round[R](
    due: Iterable[R],
    go_on: Callable[[R], object],
    done: Round,
    *,
    broken: Callable[[R, Exception], object],
    is_full: Callable[[], bool] = lambda: False,
    takes: float = 0.0,
    ends: tuple[type[Exception], ...] = (),
) -> None:
    """Go on with each thing that is due, by itself: what fails for one is counted, and told to `broken`.

    It ends when it `is_full`, when fewer seconds are left than one `takes`, or with one of the errors that `ends` the
    round for all. Raises what reading the list raises, and what `broken` raises.
    """
    for row in due:
        if is_full() or waiting.left() < takes:
            break
        try:
            go_on(row)
        except ends:
            break
        except Exception as error:  # noqa: BLE001 - the others must not wait for this one
            done.failed += 1
            broken(row, error)


def measured[C: Round](
    run: Callable[[C], object], done: C, metrics: Callable[[C], Mapping[str, int]]
) -> dict[str, int]:
    """Run a round and answer what it counted; what it had counted is measured when it breaks as well."""
    try:
        run(done)
    finally:
        log.measure(**metrics(done))
    return asdict(done)


def readable[T](of: Callable[[aws.Item], T], rows: Iterable[aws.Item]) -> Iterator[T]:
    """Those rows that are as a release of ours wrote them; who operates the stage hears of the others."""
    for row in rows:
        try:
            yield of(row)
        except Unreadable as error:
            log.trouble("row left out of a list", error)


def typed_rows[S: Struct](kind: type[S], rows: Iterable[aws.Item]) -> Iterator[S]:
    """Those rows of a list that are of a kind, as `readable`: one that was damaged hides and stops no other."""
    return readable(lambda row: typed(kind, row, row), rows)

"""What a leg of a bundle says of the child dossier that it starts; what nobody said is None or empty, never a guess."""

from chalicelib.catalogue.procedures.given import Given


class Supplement(Given, frozen=True, kw_only=True):
    """The procedure's own rule of supplements, where a law of its sector has one: days are working days."""

    window_working_days: int | None = None
    lapses_to: str | None = None
    clock: str | None = None
    appraisal_working_days: int | None = None
    citation: str | None = None


class Take(Given, frozen=True, kw_only=True):
    """A field of the child's form, filled with an `answer` of the parent, the `result` `of` a leg, or a `value`."""

    field: str = ""
    answer: str | None = None
    of: str | None = None
    result: str | None = None
    value: str | int | bool | None = None


class TakenPaper(Given, frozen=True, kw_only=True):
    """A component of the child: the parent's `component`, or the result of the leg `of`."""

    code: str = ""
    component: str | None = None
    of: str | None = None


class Timer(Given, frozen=True, kw_only=True):
    """A time of the leg: how long, from when, what ends it, in words, by which clause; `fix`: time to mend it."""

    name: str = ""
    term: str = ""
    begins: str = ""
    ends: str = ""
    text_vi: str = ""
    text_en: str = ""
    citation: str | None = None
    fix: str | None = None


class Starts(Given, frozen=True, kw_only=True):
    """The child of a leg: its procedure, the legs whose result it needs, whether it is wanted, what it takes."""

    procedure: str = ""
    needs: tuple[str, ...] = ()
    when: str | None = None
    takes: tuple[Take, ...] = ()
    papers: tuple[TakenPaper, ...] = ()
    defects: str | None = None
    supplement: Supplement | None = None
    timers: tuple[Timer, ...] = ()
    citation: str | None = None

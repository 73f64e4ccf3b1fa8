"""What a dossier pins of its procedure when its draft is opened, and of the agency before which it is filed."""

from typing import Final, Literal

import msgspec

Payer = Literal["child", "poor_household", "elderly", "disabled", "revolution_contributor", "minority_hard_commune"]
"""Groups that a fee may be waived for (Law 97/2015/QH13 Art. 10); for which fee, who sets the fee says."""
PayerSaid = Literal[Payer, "none"]
"""What somebody says of who pays: a group, or none of them; who says nothing has not said that."""
LegStep = Literal["verify", "approve"]
"""A kind of task inside an agency's part."""
Silence = Literal["goes_on", "waits"]
Medium = Literal["electronic", "paper"]
UNSAID_LEVEL: Final = 2
"""The level of identity of what does not say one: a record of the release before is read with the higher level."""


RESULT_FACTS: Final = ("code", "number", "dossier_code", "title", "decided_on")
"""What a child may take of an earlier child's result; `decided_on` is a day of Vietnam."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the values that stand inside events and items."""


class PlannedAnswer(Part, frozen=True, kw_only=True):
    """An answer on which a line of the term depends: a field of the form by JSON Pointer, and its value."""

    field: str
    value: str | int | bool | None = None


class PlannedLine(Part, frozen=True, kw_only=True):
    """A line of a term; an empty list sets no condition. Of several lines the first one that fits holds.

    `text` as `law.clock.Term` reads it; `areas` are kinds of communes; `condition_vi`, `record` and `not_counted_vi`
    are the record's words.
    """

    text: str
    channels: tuple[str, ...] = ()
    case: str | None = None
    areas: tuple[str, ...] = ()
    when: tuple[PlannedAnswer, ...] = ()
    condition_vi: str | None = None
    record: str | None = None
    not_counted_vi: tuple[str, ...] = ()


class PlannedStop(Part, frozen=True, kw_only=True):
    """What stops the term of this procedure, and the clause of sector law that says so.

    No general clause was found that lets a payment stop it: where nothing is said here, it runs on.
    """

    reason: Literal["payment", "outage"]
    citation: str


class PlannedTerm(Part, frozen=True, kw_only=True):
    """The statutory term: `text` as `law.clock.Term` reads it, with the cutoff that the procedure sets (15:00).

    A term with `lines` has no `text` of its own: which line a dossier has follows from its answers and its place.
    """

    text: str
    record: str | None = None
    note_vi: str | None = None
    cutoff: str | None = None
    after_cutoff: Literal["literal", "deemed"] = "literal"
    citation: str | None = None
    lines: tuple[PlannedLine, ...] = ()
    stops: tuple[PlannedStop, ...] | None = None


class PlannedSupplement(Part, frozen=True, kw_only=True):
    """What the procedure's own rule says of a supplement; None: as the rule pack of the day says.

    `window_working_days` to answer in; `lapses_to` when no answer came; `clock`: the term begins anew, or goes on where
    it stood; `appraisal_working_days` from acceptance within which verification may ask; `citation` of what is said.
    """

    window_working_days: int | None = None
    lapses_to: Literal["not_accepted", "stopped"] | None = None
    clock: Literal["restart", "suspend"] | None = None
    appraisal_working_days: int | None = None
    citation: str | None = None


class PlannedCondition(Part, frozen=True, kw_only=True):
    """Whether a component is asked for: an expression over the form's answers, and why it is spared when it is not."""

    expression: str
    spared_vi: str
    spared_en: str
    cites: str | None = None


class PlannedComponent(Part, frozen=True, kw_only=True):
    """A component as a draft knows it; `reading` names the kind of paper that digitisation can read.

    `channels`: only of those who file by one of these; empty: however it is filed.
    """

    code: str
    name_vi: str
    name_en: str
    need: str
    originals: int | None = None
    copies: int | None = None
    reading: str = ""
    exemption: str | None = None
    group: str = ""
    channels: tuple[str, ...] = ()
    when: PlannedCondition | None = None


class PlannedResult(Part, frozen=True, kw_only=True):
    """The result of the procedure and the template that prints it."""

    template: str
    name_vi: str
    name_en: str | None = None
    code: str | None = None
    validity: str | None = None


class PlannedTake(Part, frozen=True, kw_only=True):
    """What a field of a child's form is filled with: a constant, an answer of the parent, or an earlier child's result.

    `field` and `answer` are JSON Pointers; `result` is one of RESULT_FACTS of the child that the leg `of` started.
    """

    field: str
    answer: str | None = None
    of: str | None = None
    result: str | None = None
    value: str | int | bool | None = None


class PlannedPaper(Part, frozen=True, kw_only=True):
    """A component of a child: the parent's `component`, the same file, or the result of the child of the leg `of`."""

    code: str
    component: str | None = None
    of: str | None = None


class PlannedTimer(Part, frozen=True, kw_only=True):
    """A time within which something has to be done in a leg, and by which clause; when it passed, agencies are told.

    From when it runs: the leg was opened, the child was made or accepted. What ends it: the child is made, its agency
    acknowledged it, it was accepted, verified or ended. `fix`: how long they have to mend it, told as another miss.
    """

    name: str
    term: str
    begins: Literal["opened", "made", "accepted"]
    ends: Literal["made", "acknowledged", "accepted", "verified", "ended"]
    text_vi: str
    text_en: str
    citation: str
    fix: str | None = None


class PlannedStart(Part, frozen=True, kw_only=True):
    """The child dossier of another procedure that a leg of a bundle starts.

    `needs` are earlier legs whose result it takes: without it the leg does not start. `when` is an expression over the
    parent's answers: the leg is not wanted where it is false. `defects` is the term of reception's notice of defects.
    """

    procedure: str
    needs: tuple[str, ...] = ()
    when: str | None = None
    takes: tuple[PlannedTake, ...] = ()
    papers: tuple[PlannedPaper, ...] = ()
    defects: str | None = None
    supplement: PlannedSupplement | None = None
    timers: tuple[PlannedTimer, ...] = ()
    citation: str = ""


class PlannedLeg(Part, frozen=True, kw_only=True):
    """One agency's part of the route; `@receiving` stands for the agency before which the dossier is filed.

    `deadline` is a term counted from when the leg begins, as `law.terms.Term` reads it; it is a part of the whole term,
    and None is all of it. `steps`: kinds of tasks in their order; None: verify, approve. `lead`: its approval decides;
    where no leg says it, the last one of the last stage. `medium`: whether it begins with the others of its
    stage (electronic) or after them (paper) (Decree 61/2018 Art. 19(6)); None: as the dossier was filed. `vertical`: an
    agency of a higher level, to which the receiving unit sends and which answers that unit (Art. 19(7)). `starts`: the
    leg is a child dossier of another procedure.
    """

    leg: str
    agency: str
    deadline: str | None = None
    steps: tuple[LegStep, ...] | None = None
    lead: bool | None = None
    medium: Medium | None = None
    vertical: bool | None = None
    starts: PlannedStart | None = None


class PlannedTier(Part, frozen=True, kw_only=True):
    """A tier as `law.scales.Tier` reckons it; its words stay with the version."""

    above: int | None = None
    up_to: int | None = None
    charged: str | None = None
    amount: int | None = None
    currency: str | None = None
    step: int | None = None
    part: str | None = None
    percent: str | None = None


class PlannedScale(Part, frozen=True, kw_only=True):
    """How the tiers of a fee are reckoned, as `law.scales.Scale` does."""

    by: str | None = None
    way: str | None = None
    least: int | None = None
    most: int | None = None
    rounding: str | None = None
    tiers: tuple[PlannedTier, ...] = ()


class PlannedGroup(Part, frozen=True, kw_only=True):
    """An answer of the form and the group of payers that it says; None: of none of them."""

    answer: str | int | bool
    payer: str | None = None


class PlannedFeeAnswer(Part, frozen=True, kw_only=True):
    """Which field of the form, by JSON Pointer, says what a fee depends on: payer, quantity, value or capital."""

    gives: str
    field: str
    groups: tuple[PlannedGroup, ...] = ()


class PlannedFee(Part, frozen=True, kw_only=True):
    """A fee of the procedure: what it was decided to be (`reading`), whom it spares; its words stay with the version.

    `amount` in whole units of the currency; None where nobody knows it or another text sets it.
    """

    channel: str | None = None
    type: str | None = None
    amount: int | None = None
    currency: str | None = None
    reading: str | None = None
    exempts: tuple[str, ...] = ()
    per_vi: str | None = None
    scale: PlannedScale | None = None


class PlannedPrice(Part, frozen=True, kw_only=True):
    """A line of a provider's price list; an amount that nobody states is None."""

    name_vi: str
    amount_vnd: int | None = None
    unit_vi: str | None = None


class PriceLine(Part, frozen=True, kw_only=True):
    """A price as the papers print it."""

    name_vi: str
    amount: int | None = None
    currency: str = "VND"
    unit_vi: str = ""


class Office(Part, frozen=True, kw_only=True):
    """An agency under its name of the day."""

    id: str
    name: str
    one_stop: str
    place: str = ""


class Window(Part, frozen=True, kw_only=True):
    """When a version is in force: Vietnamese days, the first included, the last not; None has no end."""

    version: int
    opens: str = msgspec.field(name="from")
    closes: str | None = msgspec.field(name="to", default=None)


class Plan(Part, frozen=True, kw_only=True):
    """A published version of a procedure, as far as a dossier needs it.

    `online_channels` are those of Decree 137/2024 Art. 8(5) on which it is offered; none are said of most procedures.
    """

    procedure: str
    version: int
    name_vi: str
    name_en: str
    term: PlannedTerm
    components: tuple[PlannedComponent, ...]
    result: PlannedResult
    route: tuple[tuple[PlannedLeg, ...], ...]
    min_level: int
    level: str
    notice_vi: str
    notice_en: str
    kind: str = "administrative_procedure"
    channels: tuple[str, ...] = ()
    online_channels: tuple[str, ...] = ()
    prices: tuple[PlannedPrice, ...] = ()
    fees: tuple[PlannedFee, ...] = ()
    fee_answers: tuple[PlannedFeeAnswer, ...] | None = None
    supplement: PlannedSupplement | None = None
    barred_by: str | None = None
    performed_by: str | None = None
    withdrawal: Literal["any", "all"] | None = None
    """Who of several holders may withdraw: any of them, or all together; any where nothing is said."""
    silence: Silence | None = None
    """What follows when an agency that was asked for its opinion is silent; the flow goes on where nothing is said."""
    confirm_within: str | None = None
    """A term in which the applicant confirms the draft of the result before it is approved; None: nobody asks them."""
    free: bool | None = None
    """Whether the version says that nothing is charged; None: it does not say it, or an earlier release pinned it."""

    @property
    def is_bundle(self) -> bool:
        """Whether its legs start dossiers of other procedures: nobody settles the parent itself."""
        return any(leg.starts for stage in self.route for leg in stage)

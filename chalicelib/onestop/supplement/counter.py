"""What an officer enters at the counter for somebody who answers a supplement: that they were there, what changed."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple, cast

from chalicelib.contracts.event import told
from chalicelib.dossier.asked import Asked, ChangedField, Entered, NewPaper
from chalicelib.dossier.items import Component
from chalicelib.dossier.people import is_concerned
from chalicelib.dossier.reading import Dossier
from chalicelib.forms.form import Form
from chalicelib.forms.problems import parted
from chalicelib.kernel.clock import ZONE, stamp
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.law import packs
from chalicelib.onestop.supplement.arrived import answers
from chalicelib.onestop.supplement.rules import end_of, rules_of
from chalicelib.onestop.supplement.targets import label
from chalicelib.sealing.door import seal, unseal

AT: Final = "/at_counter"
OWED: Final = FieldError(
    AT,
    "required",
    "Cán bộ không tự trả lời thay người nộp: cần ghi người có mặt (hoặc đã ký) và phiếu họ đã ký",
    "No officer answers alone for an applicant: say who was there (or signed), and which slip they signed",
)
UNASKED: Final = FieldError(
    AT, "forbidden", "Chỉ cán bộ tiếp nhận ghi mục này", "Only an officer of reception says this"
)
STRANGER: Final = FieldError(
    f"{AT}/number", "not_concerned", "Không phải người nộp hay người đại diện", "Neither the applicant nor their agent"
)
NO_SLIP: Final = FieldError(
    f"{AT}/slip",
    "unknown",
    "Không phải bản quét đã đưa vào hồ sơ sau yêu cầu bổ sung",
    "No scan that was put into the dossier since the supplement was asked for",
)


class Present(NamedTuple):
    """Who answered at the counter, by name and number, and the component that is the scan of the slip they signed."""

    name: str
    number: str
    slip: str


def require_present(dossier: Dossier, asked: Asked, present: Present | None, *, is_officer: bool) -> Component | None:
    """The scan of the slip that somebody concerned signed at the counter; None where none is needed.

    Whatever way the dossier came: what an officer enters has somebody's word. Raises BodyInvalid.
    """
    if present is None:
        if is_officer:
            raise BodyInvalid(fields=[OWED])
        return None
    if not is_officer:
        raise BodyInvalid(fields=[UNASKED])
    slip = next((each for each in dossier.components if each.id == present.slip), None)
    is_new = slip is not None and slip.origin == "drop" and slip.received_at > asked.at and not asked.came(slip)
    is_good = slip is not None and slip.digitisation.status != "rejected"
    wrong = [] if is_concerned(dossier.head, present.number) else [STRANGER]
    wrong += [] if is_new and is_good else [NO_SLIP]
    if wrong:
        raise BodyInvalid(fields=wrong)
    return slip


def entered(
    dossier: Dossier,
    asked: Asked,
    fields: Mapping[str, object],
    form: Form | None,
    present: tuple[Present, Component] | None,
) -> str:
    """What an officer entered, field by field, sealed for the applicant. Raises ContentErased."""
    before = unseal(dossier.reference, dossier.form.sealed) if fields and dossier.form else {}
    papers = tuple(NewPaper(code=c.code, filename=c.filename, sha256=c.sha256) for c in answers(dossier, asked))
    said = Entered(fields=tuple(_changed(dossier, fields, form, before)), papers=papers)
    if present:
        who, slip = present
        said = Entered(fields=said.fields, papers=papers, present=who.name, slip=slip.sha256)
    return seal(dossier.reference, told(said))


def object_by(dossier: Dossier, now: datetime) -> str:
    """Until when what an officer entered may be objected to, whatever way the dossier came (policy)."""
    days = packs.pack_on(now.astimezone(ZONE).date()).rules.supplement_objection_working_days.value
    return stamp(end_of(now, days, rules_of(dossier.plan, dossier.head, now)))


def _changed(
    dossier: Dossier, fields: Mapping[str, object], form: Form | None, before: Mapping[str, Any]
) -> Iterator[ChangedField]:
    for place, after in fields.items():
        name_vi, name_en = label(place, dossier.plan, form)
        was = _at(before, parted(place))
        yield ChangedField(target=place, name_vi=name_vi, name_en=name_en, before=was, after=after)


def _at(values: Any, path: tuple[str, ...]) -> Any:
    """What stands at a place of an answer; None where nothing does."""
    for name in path:
        if isinstance(values, Mapping):
            values = cast("Mapping[str, Any]", values).get(name)
        elif isinstance(values, list) and name.isdecimal() and int(name) < len(values):
            values = values[int(name)]
        else:
            return None
    return values

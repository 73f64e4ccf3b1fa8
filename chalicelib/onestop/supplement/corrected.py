"""The form with its marked places corrected, read again by the pinned version; nothing else may be touched."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any, NamedTuple

from chalicelib.dossier.asked import Asked
from chalicelib.dossier.items import FormItem
from chalicelib.dossier.reading import Dossier
from chalicelib.kernel.clock import ZONE, moment
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.onestop.refusals import SupplementInvalid
from chalicelib.onestop.supplement.targets import opened
from chalicelib.sealing.door import unseal


class Correction(NamedTuple):
    """The form as it is kept from now on, and the digest of its values."""

    item: FormItem
    sha256: str


def corrected(
    dossier: Dossier, asked: Asked, fields: Mapping[str, object], form_of: Callable[[str, int], str | None]
) -> Correction | None:
    """The corrected form; None where no place of it is corrected.

    It is read as on the day of the submission: no rule that looks at the day breaks meanwhile. Raises BodyInvalid for
    places that were not asked for, SupplementInvalid for rules that the answer breaks, ContentErased.
    """
    closed = [place for place in fields if not opened(place, asked.fields)]
    if closed:
        raise BodyInvalid(fields=[_closed(place) for place in closed])
    text = form_of(dossier.plan.procedure, dossier.plan.version)
    if not fields or dossier.form is None or text is None:
        return None
    from chalicelib.dossier.filled import form_item, read_answer
    from chalicelib.forms.form import read
    from chalicelib.forms.problems import parted

    values, document = deepcopy(unseal(dossier.reference, dossier.form.sealed)), read(text)
    lost = [place for place, value in fields.items() if not _put(values, parted(place), value)]
    if lost:
        raise BodyInvalid(fields=[_closed(place) for place in lost])
    day = moment(dossier.head.submitted_at or asked.at).astimezone(ZONE).date()
    answer = read_answer(dossier.plan, document, values, day)
    if answer.errors:
        broken = [FieldError(each.pointer, each.rule, each.message_vi, each.message_en) for each in answer.errors]
        raise SupplementInvalid(fields=broken)
    item = form_item(dossier.reference, dossier.plan, document, answer, dossier.head.form_version + 1)
    return Correction(item, answer.sha256)


def _closed(place: str) -> FieldError:
    at = "/fields/" + place.replace("~", "~0").replace("/", "~1")
    return FieldError(at, "not_asked", "Nội dung này không được yêu cầu bổ sung", "This was not asked for")


def _put(values: Any, path: tuple[str, ...], value: object) -> bool:
    """Set a place of an answer, None takes it away; False where there is no such place."""
    node = values
    for name in path[:-1]:
        if isinstance(node, dict):
            node = node.setdefault(name, {})
        elif isinstance(node, list) and name.isdecimal() and int(name) < len(node):
            node = node[int(name)]
        else:
            return False
    last = path[-1]
    if isinstance(node, dict):
        node[last] = value
        if value is None:
            del node[last]
        return True
    if isinstance(node, list) and last.isdecimal() and int(last) < len(node):
        node[int(last)] = value
        return True
    return False

"""Whose a value is, on papers that tell the same of two people: what may be the other's is looked at. Pure."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from msgspec.structs import replace

from chalicelib.digitisation.labels import Known
from chalicelib.digitisation.model import Field
from chalicelib.digitisation.values import BAD_FORMAT, DOUBTFUL, NOT_FOUND


def of_the_right_one(
    fields: Sequence[Field], form: Known, clashing: AbstractSet[str], unnamed: AbstractSet[str]
) -> list[Field]:
    """The fields, of which those are looked at that may be another person's.

    Of somebody else the same was not found, one label stood with values of several (`clashing`), or nothing names
    the person of one of them (`unnamed`): no heading, no label of theirs alone, and no order that such papers have.
    """
    told = list(zip(form.rules, fields, strict=True))
    there = {rule.part for rule, field in told if field.reason not in {NOT_FOUND, BAD_FORMAT}}
    missed = {
        (rule.called, rule.part)
        for rule, field in told
        if rule.called and rule.part in there and field.reason in {NOT_FOUND, BAD_FORMAT}
    }
    unsure = {rule.called for rule, _ in told if rule.name in clashing}
    unsure |= {rule.called for rule, _ in told if rule.part and rule.name in unnamed and not form.ordered}
    return [
        replace(field, needs_review=True, reason=DOUBTFUL)
        if not field.needs_review
        and rule.called
        and (rule.called in unsure or any(called == rule.called and part != rule.part for called, part in missed))
        else field
        for rule, field in told
    ]

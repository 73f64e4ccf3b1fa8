"""What stands in a paper's fields, sealed while its review goes on, and the reading with what its officers said."""

from collections.abc import Sequence

from msgspec import structs

from chalicelib.contracts.event import heard, told
from chalicelib.digitisation.model import Field
from chalicelib.digitisation.paper import Reading, ReviewedField
from chalicelib.digitisation.reviews.model import Looked, ReviewField, Value, reviewed
from chalicelib.sealing.door import seal, unseal


def sealed(reference: str, value: Value) -> str:
    """A value under the dossier's key. Raises ContentErased."""
    return seal(reference, told(value))


def looked(field: ReviewField) -> Looked:
    """A field with what stands in it. Raises ContentErased."""
    reference = field.pk.split("#")[1]
    return Looked(field, heard(Value, unseal(reference, field.sealed)))


def with_answers(found: Reading, fields: Sequence[ReviewField]) -> Reading:
    """What was read, with what was said of the fields that are closed, and who said it when."""
    closed = {field.name: looked(field) for field in fields if field.closed}
    told_of = tuple(
        ReviewedField(**structs.asdict(each), read=closed[each.field].value.read)
        for each in reviewed([each.field for each in closed.values()])
    )
    return structs.replace(found, fields=tuple(_answered(each, closed) for each in found.fields), reviewed=told_of)


def _answered(field: Field, closed: dict[str, Looked]) -> Field:
    if field.name not in closed:
        return field
    return structs.replace(field, value=closed[field.name].value.value, needs_review=False, alternatives=())

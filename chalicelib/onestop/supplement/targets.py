"""What a supplement may ask for: components of the plan, and places of its form. Pure."""

from collections.abc import Iterable, Iterator

from chalicelib.contracts.lifecycle import AskedItem
from chalicelib.contracts.plan import Plan
from chalicelib.dossier.asked import is_field
from chalicelib.forms.form import Form
from chalicelib.kernel.problem import FieldError
from chalicelib.onestop.plain import unfounded, unplain

AT = "/supplement/items"
"""Where the list stands in the body."""


def problems(items: Iterable[AskedItem], plan: Plan, form: Form | None) -> Iterator[FieldError]:
    """Everything that is wrong with a list of what to supplement, each by its place."""
    codes, asked = {each.code for each in plan.components}, list(items)
    if not asked:
        yield FieldError(AT, "required", "Liệt kê đầy đủ nội dung cần bổ sung", "List everything that is missing")
    seen = set[str]()
    for place, item in enumerate(asked):
        at = f"{AT}/{place}"
        is_known = _is_place(form, item.target) if is_field(item.target) else item.target in codes
        if not is_known:
            vi = "Không phải thành phần của thủ tục hay trường của biểu mẫu"
            yield FieldError(f"{at}/target", "unknown", vi, "Not a component of the procedure nor a field of its form")
        elif item.target in seen:
            yield FieldError(f"{at}/target", "unique", "Nội dung này đã được nêu", "This was asked for already")
        seen.add(item.target)
        yield from unplain(f"{at}/remedy", item.remedy)
        yield from unfounded(f"{at}/basis", item.basis)


def _is_place(form: Form | None, pointer: str) -> bool:
    """Whether a JSON Pointer is a field of the form, or a group of them that the person fills in."""
    from chalicelib.forms.fields import places

    if form is None:
        return False
    known = places(form.schema)
    general = known.general(pointer)
    is_whole = general.count("/") == pointer.count("/")  # nothing below a field
    return is_whole and (general in known.fields or general in known.groups)


def label(target: str, plan: Plan, form: Form | None) -> tuple[str, str]:
    """What a target is called in Vietnamese and English; the target itself where nothing names it."""
    if not is_field(target):
        found = next((c for c in plan.components if c.code == target), None)
        return (found.name_vi, found.name_en) if found else (target, target)
    from chalicelib.forms.fields import places

    field = form.ui.fields.get(places(form.schema).general(target)) if form else None
    return (field.label_vi, field.label_en) if field else (target, target)


def opened(pointer: str, asked: Iterable[str]) -> bool:
    """Whether a place of the form is one that was asked for, or lies in one."""
    return any(pointer == each or pointer.startswith(f"{each}/") for each in asked)

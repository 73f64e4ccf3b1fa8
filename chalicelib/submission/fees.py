"""What is known, when a draft is submitted, of what its fee depends on. Pure."""

import msgspec

from chalicelib.contracts.plan import Plan
from chalicelib.contracts.submission import FiledGiven
from chalicelib.dossier.items import FormItem
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.submission.model import Beside


def said_of(plan: Plan, form: FormItem | None, beside: Beside) -> tuple[FiledGiven, ...]:
    """What is known of who pays, how many, and of which sum: by the form where the version asks it, else beside it.

    Raises BodyInvalid for what is said beside the form though the form asks it: of two answers one would be wrong.
    """
    asked = {each.gives: each.field for each in plan.fee_answers or ()}
    others = {name: value for name, value in msgspec.structs.asdict(beside).items() if value is not None}
    if twice := sorted(asked.keys() & others.keys()):
        vi, en = "Biểu mẫu hỏi điều này: trả lời trong biểu mẫu", "The form asks this: answer it there"
        raise BodyInvalid(fields=[FieldError(f"/{name}", "form_asks", vi, en) for name in twice])
    by_form = (form.fee_said if form else None) or ()
    return (*by_form, *(FiledGiven(name=name, value=value) for name, value in others.items()))

"""A draft whose version is no longer in force goes on under the one that is, with the answers and papers that fit.

It stays the same draft: its reference, holders, files and verdicts are what they were, so nobody has two.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import cast

import msgspec

from chalicelib.contracts.plan import Plan
from chalicelib.contracts.submission import DraftPinnedAnew, LeftOut
from chalicelib.dossier.items import FormItem, Upload
from chalicelib.dossier.offered import office_on
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.refusals import ProcedureClosed
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal, require_level
from chalicelib.kernel.clock import ZONE, Clock
from chalicelib.kernel.problem import NotFound
from chalicelib.sealing.door import seal, unseal
from chalicelib.submission.model import require_offered
from chalicelib.submission.ports import Renewed, Renewing
from chalicelib.submission.refusals import ComponentUnchecked, ElectronicBarred


class Renewals(msgspec.Struct, frozen=True):
    """The use case of whoever may change a draft. `read` gives it to them."""

    drafts: Renewing
    read: Callable[[Principal, str], Dossier]
    clock: Clock

    def renew(self, who: Principal, reference: str) -> Dossier:
        """The draft under the version in force; one that stands under it is as it is, however often this is asked.

        Raises ProcedureClosed where no version is in force, ElectronicBarred, LevelTooLow, BodyInvalid for a channel on
        which it is not offered any more, NotFound for its agency, ComponentUnchecked, and what `read` raises.
        """

        def once() -> Dossier:
            draft, now = self.read(who, reference), self.clock()
            day = now.astimezone(ZONE).date()
            offer = self.drafts.procedure(draft.head.procedure, day)
            if offer is None:
                raise ProcedureClosed(
                    procedure=draft.plan.procedure, version=draft.plan.version, successor=None, renewal=None
                )
            plan = offer.plan
            if plan.version == draft.plan.version:
                return draft
            if plan.barred_by:
                raise ElectronicBarred(legal_basis=plan.barred_by)
            require_level(who, plan.min_level)
            if draft.plan.service_channel:
                require_offered(plan, draft.plan.service_channel)
            known = self.drafts.agency(draft.head.agency)
            office = office_on(known, day) if known else None
            if office is None:
                raise NotFound(what="agency")
            pinned = self.drafts.pinned(offer, office, draft.plan.service_channel)
            self.drafts.renew(draft, self._renewed(draft, plan, now), pinned, now, account=who.account)
            return self.read(who, reference)

        return record.settled(once)

    def _renewed(self, draft: Dossier, plan: Plan, now: datetime) -> Renewed:
        from chalicelib.submission.transfer import NOT_ASKED, fitting, unfit

        takes = fitting(plan, draft.head.channel)
        uploads = [each for each in draft.uploads if each.component not in takes and each.status != "refused"]
        self._require_checked(uploads)
        dropped = unfit(draft, plan)
        form, sha256, left_out, sealed = self._form(draft, plan, now)
        codes = sorted({each.code for each in dropped} | {each.component for each in uploads})
        event = DraftPinnedAnew(
            procedure=plan.procedure,
            procedure_version=plan.version,
            former_version=draft.plan.version,
            left_out=(*left_out, *(LeftOut(component=code, why=NOT_ASKED) for code in codes)),
            sealed=sealed,
        )
        return Renewed(event, form, sha256, tuple(dropped), tuple(uploads), plan.min_level)

    def _require_checked(self, uploads: list[Upload]) -> None:
        """A file that is being checked cannot be left out. Raises ComponentUnchecked."""
        unchecked = [each.component for each in uploads if each.status == "pending" and self.drafts.arrived(each.key)]
        if unchecked:
            raise ComponentUnchecked(components=unchecked)

    def _form(
        self, draft: Dossier, plan: Plan, now: datetime
    ) -> tuple[FormItem | None, str | None, tuple[LeftOut, ...], str]:
        """The form as the new version reads it, its digest, what was left out, and its values, encrypted."""
        from chalicelib.dossier.filled import form_item
        from chalicelib.forms.form import read
        from chalicelib.submission.transfer import transferred

        text = self.drafts.form(plan.procedure, plan.version)
        if draft.form is None or text is None:
            return None, None, (), ""
        document, reference = read(text), draft.reference
        before = cast("Mapping[str, object]", unseal(reference, draft.form.sealed))
        known = frozenset((each.pointer, each.rule) for each in draft.form.errors)
        found = transferred(plan, document, before, known, now.astimezone(ZONE).date())
        item = form_item(reference, plan, document, found.answer, draft.head.form_version + 1)
        sealed = seal(reference, found.values) if found.values else ""
        return item, found.answer.sha256, found.left_out, sealed

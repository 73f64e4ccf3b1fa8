"""Mutants of the rooms that were looked at last: order, the second of two, a missing end, midnight in UTC, races."""

from typing import Final

ROOMS: Final = (
    (
        "of two outages the second takes off what was said of the first",
        "chalicelib/onestop/changes/recount.py",
        "if mark.outage != outage.id)",
        "if not mark.outage)",
    ),
    (
        "an outage that ended in the moment of an acceptance stops its term",
        "chalicelib/onestop/changes/recount.py",
        "(head.accepted_at or self.ends_at) < self.ends_at",
        "(head.accepted_at or self.ends_at) <= self.ends_at",
    ),
    (
        "a task that gets older at midnight of London",
        "chalicelib/onestop/tasks/workload.py",
        "calendar, last = calendars.national(), now.astimezone(ZONE).date()",
        "calendar, last = calendars.national(), now.date()",
    ),
    (
        "whether there is more as the last of two agencies says it",
        "chalicelib/onestop/tasks/workload.py",
        "rows, more = rows + some, more or goes_on",
        "rows, more = rows + some, goes_on",
    ),
    (
        "a sum in another currency that takes of the most",
        "chalicelib/onestop/changes/limits.py",
        "before = sum(each.amount for each in _requests(dossier) if each.currency == owed.currency)",
        "before = sum(each.amount for each in _requests(dossier))",
    ),
    (
        "a former paper that is superseded by the last that came",
        "chalicelib/onestop/supplement/arrived.py",
        "first.setdefault(component.code, component.id)",
        "first[component.code] = component.id",
    ),
    (
        "of two agencies that are asked the nearer date is told",
        "chalicelib/onestop/consulting/waiting.py",
        "until = max(each.due_at for each in asked)",
        "until = min(each.due_at for each in asked)",
    ),
    (
        "a petition that was late twice and tells it once",
        "chalicelib/identity/petitions/model.py",
        "return replace(head, missed=(*head.missed, step))",
        "return replace(head, missed=(step,))",
    ),
    (
        "a petition that goes back to the first of two who had it",
        "chalicelib/identity/petitions/handling.py",
        "if any(each.agency == to for each in head.before):",
        "if head.before and head.before[-1].agency == to:",
    ),
    (
        "a petition that forgets who had it before the last",
        "chalicelib/identity/petitions/model.py",
        "before=(*head.before, passed)",
        "before=(passed,)",
    ),
    (
        "a request that is known no more when it comes again",
        "chalicelib/identity/petitions/model.py",
        "(*head.keys, key)[-KEYS_KEPT:]",
        "(*head.keys, key)[:KEYS_KEPT]",
    ),
    (
        "a refusal in time because it was taken up",
        "chalicelib/identity/petitions/model.py",
        "moment(_end(moment(head.came_at), petition_terms(rules).take_up)) < now",
        "moment(_end(moment(head.taken_up_at or head.came_at), petition_terms(rules).answer)) < now",
    ),
    (
        "a request for deletion under a former number that founds nothing",
        "chalicelib/identity/petitions/erasure.py",
        "or found.holder not in {head.holder, *petitions.numbers(head.holder)}",
        "or found.holder != head.holder",
    ),
    (
        "a day of petitions in UTC",
        "chalicelib/identity/petitions/handling.py",
        "    return now.astimezone(ZONE).date().isoformat()",
        "    return now.date().isoformat()",
    ),
    (
        "a child whose birthday is that of London",
        "chalicelib/identity/registers/representing.py",
        "today = self.clock().astimezone(ZONE).date()",
        "today = self.clock().date()",
    ),
    (
        "a registration that is asked by the day of London",
        "chalicelib/identity/registers/asking.py",
        "today = self.clock().astimezone(ZONE).date()",
        "today = self.clock().date()",
    ),
    (
        "a registration that has no end and holds on no day",
        "chalicelib/identity/registers/registrations.py",
        "(self.effective_to is None or day <= self.effective_to)",
        "(self.effective_to is not None and day <= self.effective_to)",
    ),
    (
        "two who begin a representation of the same two persons",
        "chalicelib/identity/registers/store.py",
        (
            'condition="representation = :former" if former else "attribute_not_exists(pk)",\n'
            '        expect={"former": former} if former else None,'
        ),
        'condition="attribute_exists(pk)" if former else "attribute_not_exists(pk)",',
    ),
    (
        "two who join one number",
        "chalicelib/identity/registers/store.py",
        (
            'condition="person = :former" if old else "attribute_not_exists(pk)",\n'
            '        expect={"former": old.person} if old else None,'
        ),
        "",
    ),
    (
        "a quarter that is final since its first month is over",
        "chalicelib/measures/ingested/service.py",
        "return month_of(came) > period_of(at[1], now).months[-1]",
        "return month_of(came) > period_of(at[1], now).months[0]",
    ),
    (
        "a set without an end that holds for no period",
        "chalicelib/measures/ingested/counted.py",
        '(last is None or f"{period.months[-1]}-28" <= str(last))',
        '(last is not None and f"{period.months[-1]}-28" <= str(last))',
    ),
    (
        "of several holders one confirmed is enough",
        "chalicelib/submission/holders.py",
        "open_ones = [each for each in head.co_holders or () if not each.confirmed_at]",
        "open_ones = [each for each in (head.co_holders or ())[:1] if not each.confirmed_at]",
    ),
    (
        "of files with the same bytes one that came later is the first",
        "chalicelib/submission/model.py",
        "for component in sorted(draft.components, key=lambda each: each.received_at):",
        "for component in draft.components:",
    ),
    (
        "a sheet of an archive that is read on the day of London",
        "chalicelib/digitisation/archives/service.py",
        "read_sheet(index, now.astimezone(ZONE).date(), self.kinds)",
        "read_sheet(index, now.date(), self.kinds)",
    ),
    (
        "a second timestamp that forgets the first version",
        "chalicelib/messages/store.py",
        "earlier=(*before.earlier, told.former),",
        "earlier=(told.former,),",
    ),
    (
        "a try in vain that hides that a paper got its timestamp",
        "chalicelib/messages/store.py",
        '"HEAD"), "stamp_ends_at = :ends"',
        '"HEAD"), "stamp_ends_at >= :ends"',
    ),
    (
        "what was judged at the last timestamp over it",
        "chalicelib/messages/stamps.py",
        "for s in stamps if s.ok and s.end > end and s.fact.stamped_at), at)",
        "for s in reversed(stamps) if s.ok and s.end > end and s.fact.stamped_at), at)",
    ),
    (
        "a bundle that is settled when one of its legs ended",
        "chalicelib/onestop/bundles/settling.py",
        "if any(leg is None or leg.outcome is None for _, leg in legs):",
        "if all(leg is None or leg.outcome is None for _, leg in legs):",
    ),
    (
        "a bundle that is given back with one of its results",
        "chalicelib/onestop/bundles/settling.py",
        "if all(leg.returned_at for leg in done):",
        "if any(leg.returned_at for leg in done):",
    ),
    (
        "what waited goes on with the first result, which was wrong",
        "chalicelib/onestop/bundles/downstream.py",
        "result = correction.results[-1] if",
        "result = correction.results[0] if",
    ),
    (
        "a child that takes the day of London on which an earlier one was decided",
        "chalicelib/submission/bundles/model.py",
        "moment(head.decided_at).astimezone(ZONE).date()",
        "moment(head.decided_at).date()",
    ),
    (
        "a document of a vault that is reused by the day of London",
        "chalicelib/submission/reuse.py",
        "if kept.is_usable(now.astimezone(ZONE).date()):",
        "if kept.is_usable(now.date()):",
    ),
    (
        "a feed that is told of the row that came last, and not of the newest",
        "chalicelib/outbox/publish.py",
        "grew[leaving.pk] = max(leaving.row.number, grew.get(leaving.pk, 0))",
        "grew[leaving.pk] = leaving.row.number",
    ),
)

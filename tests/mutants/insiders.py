"""Mutants of the guards against one who works inside: an agency left to nobody, a complaint erased by whom it names.

Each is what is wrong, where, what stands there exactly once, and what stands there instead; see `named.py`.
"""

from typing import Final

STAFF: Final = "chalicelib/identity/staff"
PETITIONS: Final = "chalicelib/identity/petitions"
INSIDERS: Final[tuple[tuple[str, str, str, str], ...]] = (
    (
        "one administrator announces an outage of the past",
        "chalicelib/law/outages.py",
        "outage.starts_at < outage.announced_at - timedelta(hours=begun.value)",
        "outage.starts_at < outage.announced_at - timedelta(days=begun.value)",
    ),
    (
        "the end of an outage is moved by years",
        "chalicelib/law/outages.py",
        "found = [*_times(longer, rules), *_longest(longer, pack), *_excuse(outage)]",
        "found = [*_times(longer, rules), *_excuse(outage)]",
    ),
    (
        "reception hands up over its leader's head",
        "chalicelib/onestop/recourse.py",
        "if not may(who, acts.SUPERVISE) or (may(who, acts.OF_TASK[task.kind]) and not is_theirs):",
        "if not is_theirs:",
    ),
    (
        "a number that stands in a series of receipts is free for whoever writes no series",
        "chalicelib/dossier/receipts.py",
        "return Fence(taken=alone, free=series, shared=frozenset())",
        "return Fence(taken=alone, free=frozenset(), shared=frozenset())",
    ),
    (
        "a part behind a receipt's number makes another number of it",
        "chalicelib/dossier/receipts.py",
        "ends = [(first, last) for first in range(len(runs)) for last in range(first + 1 + several, len(runs) + 1)]",
        "ends = [(0, len(runs))]",
    ),
    (
        "a year beside a receipt's number makes another number of it",
        "chalicelib/dossier/receipts.py",
        "return Receipt(symbol, numbers, frozenset({year, of or year, *(each for each in dated if each)}))",
        "return Receipt(symbol, numbers, frozenset({of or next((each for each in dated if each), year)}))",
    ),
    (
        "a transaction's number serves as a receipt's of another payment",
        "chalicelib/onestop/changes/payment.py",
        "for place, key in enumerate(sorted(free)):",
        "for place, key in enumerate(sorted(taken - taken)):",
    ),
    (
        "the last administrator who is there goes absent",
        f"{STAFF}/roster.py",
        "gap = gap_of(tenures, day) or first_without(known | former, known | changed, day)",
        "gap = gap_of(tenures, day)",
    ),
    (
        "of two absences at once both are taken: the roster stays as it was",
        f"{STAFF}/roster.py",
        "if same and all(share_of(each.head.officer) == share_of(each.officer) for each in changes):",
        "if same:",
    ),
    (
        "a deputy who is gone administers",
        f"{STAFF}/presence.py",
        "there = is_present(deputy) if deputy else []",
        "there = [(span.opens, span.closes)] if deputy else []",
    ),
    (
        "an administrator who is absent counts for the command of the first ones",
        f"{STAFF}/service.py",
        "if len(administering(with_deputies(self.register, agency, holders), day) - {officer}) >= FIRST_ONES:",
        "if len(holders - {officer}) >= FIRST_ONES:",
    ),
    (
        "a deputy confirms that they do dangerous acts",
        f"{STAFF}/model.py",
        'if pends(a, after) and not (_is_by(a, by) or is_hand(a.deputy or "", deputies.get(a.deputy or "", ""), by))',
        "if pends(a, after) and not _is_by(a, by)",
    ),
    (
        "who is named in a complaint deals with it",
        f"{PETITIONS}/concerns.py",
        "if any(is_named(asked.officer, name) for name in (who.name, listed)):",
        "if not asked:",
    ),
    (
        "whom the list of their agency calls so, and their token otherwise, deals with it",
        f"{PETITIONS}/concerns.py",
        "if any(is_named(asked.officer, name) for name in (who.name, listed)):",
        "if is_named(asked.officer, who.name):",
    ),
    (
        "where the name is nobody's on the list, the agency itself decides",
        f"{PETITIONS}/handling.py",
        'return found or ("unmatched" if head.unmatched and head.agency in who.agencies else None)',
        "return found",
    ),
    (
        "a letter that only looks like another hides a name",
        f"{PETITIONS}/likeness.py",
        "if alike := _alike().get(letter):",
        'if alike := _alike().get(letter) and "":',
    ),
    (
        "words that are not seen are a reason",
        "chalicelib/kernel/words.py",
        "return None if is_said(text) else BLANK",
        "return None if text.strip() else BLANK",
    ),
    (
        "a filler without a picture is a letter",
        "chalicelib/kernel/words.py",
        'unicodedata.category(each)[0] in "LN" and each not in _UNSEEN',
        'unicodedata.category(each)[0] in "LN"',
    ),
    (
        "reception takes in a dossier that lacks what is asked for, and says nothing",
        "chalicelib/onestop/reception/model.py",
        "if given.incomplete or not (absent or form.errors):",
        "if given.incomplete or not form.errors:",
    ),
    (
        "who acted on the dossier deals with what is said of it",
        f"{PETITIONS}/concerns.py",
        'return "acted" if any(did(who, each, actors) for each in actors) else None',
        "return None",
    ),
    (
        "one officer erases alone",
        f"{PETITIONS}/erasure.py",
        "if did(who, proposal.by, proposal.numbers):",
        "if not proposal.by:",
    ),
    (
        "who dealt with it confirms that it is erased",
        f"{PETITIONS}/erasure.py",
        "if any(did(who, each, head.handled) for each in actors):",
        "if not rows:",
    ),
    (
        "another person's request erases it",
        f"{PETITIONS}/erasure.py",
        "or found.holder not in {head.holder, *petitions.numbers(head.holder)}",
        "",
    ),
    (
        "what names somebody is on no list of the agency above",
        f"{PETITIONS}/items.py",
        'return self.above is not None and (self.state == "received" or self.proposal is not None)',
        "return self.above is not None and self.proposal is not None",
    ),
    (
        "a number with gaps is public",
        f"{PETITIONS}/likeness.py",
        'yield "".join(each for each in found.translate(_FIGURES) if each.isdecimal())',
        "yield found",
    ),
    (
        "a refusal tells a stranger who of the agency has the right",
        "chalicelib/dossier/staffed.py",
        "if me is None or (me.left_on is not None and me.left_on <= day):",
        "if me is not None and me.left_on is not None and me.left_on <= day:",
    ),
    (
        "a refusal names a deputy whom nobody confirmed",
        "chalicelib/dossier/staffed.py",
        "if roles & deputised(enrolled, each.officer, day) and is_there(each, day)]",
        "]",
    ),
    (
        "two accounts with one personal number are two officers",
        "chalicelib/kernel/access.py",
        "return account == other or not frozenset(numbers).isdisjoint(others)",
        "return account == other",
    ),
    (
        "one administrator alone changes a number that is there",
        f"{STAFF}/model.py",
        "if person == officer.person or not officer.person:",
        "if person:",
    ),
    (
        "a number that stood there before is nobody's own any more",
        f"{STAFF}/model.py",
        "        formers=officer.formers,\n",
        "",
    ),
    (
        "a number is enrolled twice while the bus has not told of the first",
        f"{STAFF}/store.py",
        "rows = aws.many(TABLE(), [_number_key(agency, each) for each in sorted(numbers)])",
        "rows: list[aws.Item] = []",
    ),
    (
        "who asked for an opinion gives it by an account at the other agency",
        "chalicelib/onestop/consulting/answering.py",
        "if task.opened_by and did(who, task.opened_by.officer, task.opened_by.numbers):",
        "if task.opened_by and did(who, task.opened_by.officer):",
    ),
    (
        "who verified approves by another account",
        "chalicelib/onestop/desk.py",
        "change.close_task(task, **done, numbers=who.numbers, slip=slip",
        "change.close_task(task, **done, slip=slip",
    ),
    (
        "an officer deals with their own petition",
        f"{PETITIONS}/handling.py",
        "if has_interest(who.persons, {head.holder, *head.people}, self.clock(), anew=True):",
        "if has_interest(who.persons, {*head.people}, self.clock(), anew=True):",
    ),
    (
        "an officer ends the request of the organisation for which they act",
        "chalicelib/identity/requests/service.py",
        "if has_interest(who.persons, {head.holder, *head.people}, now, anew=True):",
        "if has_interest(who.persons, {head.holder}, now, anew=True):",
    ),
    (
        "a country before a number hides whose it is",
        "chalicelib/law/codes.py",
        'normalize("NFKC", text).rpartition(":")[2]',
        'normalize("NFKC", text)',
    ),
    (
        "a foreigner's dossier with an officer's number is not the officer's own",
        "chalicelib/dossier/ties.py",
        ", *others, *(head.also or ()))",
        ", *others)",
    ),
    (
        "who proposed the withdrawal of a signed document confirms it",
        "chalicelib/messages/withdrawing.py",
        "elif did(who, recall.by, recall.numbers):",
        "elif False:",
    ),
    (
        "a withdrawal that was proposed anew is confirmed unread",
        "chalicelib/messages/withdrawing.py",
        "if recall.number != proposal:",
        "if recall.number < proposal:",
    ),
    (
        "an agency's own administrator confirms that it has one officer",
        "chalicelib/catalogue/agencies/model.py",
        "by if by and by != entry.id and is_within(entry.id, by)",
        "by if by and is_within(entry.id, by)",
    ),
    (
        "one administrator alone makes second officers",
        "chalicelib/identity/staff/model.py",
        "counts = by.officer == OPERATOR and want.role not in DANGEROUS",
        "counts = want.role not in DANGEROUS",
    ),
    (
        "one publisher takes a version in force back by two accounts",
        "chalicelib/catalogue/versions/service.py",
        "if item.is_out and waits and did(who, waits.by, waits.numbers):",
        "if item.is_out and waits and waits.by == who.subject:",
    ),
    (
        "one administrator sends another one away",
        "chalicelib/identity/staff/service.py",
        "return not is_own and any(closes > self.day() for _, closes in holds(known, ADMINISTRATOR))",
        "return False",
    ),
    (
        "who operates the service confirms in the place of administrators who are there",
        "chalicelib/identity/staff/service.py",
        "            if who.officer == OPERATOR:\n                self._require_few(who.agency, officer)\n",
        "",
    ),
    (
        "somebody whom one administrator made stands in",
        "chalicelib/identity/staff/rules.py",
        "if not any(each.confirmed for each in deputy.roles):",
        "if not deputy.roles:",
    ),
    (
        "an agency has one officer by its own word alone",
        "chalicelib/dossier/offered.py",
        "or is_alone(agency.id, day.isoformat())",
        "or True",
    ),
)

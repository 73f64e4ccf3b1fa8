"""Mutants at borders: order, the second of two, a missing end, midnight of another zone, the race of two writers."""

from typing import Final

BORDERS: Final = (
    (
        "a later and shorter head stands for a longer one, so a cut tail stays hidden",
        "chalicelib/audit/heads.py",
        "if known and known[0].seq < head.seq:",
        "if known and known[0].seq != head.seq:",
    ),
    (
        "a document in the vault of somebody who has none belongs to no chain",
        "chalicelib/audit/store.py",
        "begins_with(pk, :o) AND begins_with(sk, :d)",
        "begins_with(pk, :o) AND sk = :d",
    ),
    (
        "whoever takes in what names them is no stranger to it",
        "chalicelib/onestop/reception/taking.py",
        "structs.replace(head, named=form.named)",
        "structs.replace(head, named=None)",
    ),
    (
        "a second account answers the objection to what the first one entered",
        "chalicelib/onestop/supplement/answering.py",
        "numbers = who.numbers if is_officer else ()",
        "numbers = ()",
    ),
    (
        "of an event that was noted twice, with two hashes, one note is read",
        "chalicelib/audit/verifying.py",
        "notes[Chain(note.table, note.record)].append(note)",
        "notes[Chain(note.table, note.record)] = [note]",
    ),
    (
        "an archive of the level of its last document",
        "chalicelib/vault/takeouts/making.py",
        "self.min_level = max(self.min_level, document.min_level)",
        "self.min_level = document.min_level",
    ),
    (
        "of three who hold a dossier the first gets the paper of another",
        "chalicelib/delivery/idapp/integrating.py",
        "(each for each in confirmed(dossier.head) if each.holder == owner)",
        "(each for each in confirmed(dossier.head))",
    ),
    (
        "a deputy who does dangerous acts before the second confirmation",
        "chalicelib/identity/staff/spans.py",
        "if absence.deputy and (absence.grave or role not in DANGEROUS):",
        "if absence.deputy:",
    ),
    (
        "whoever declared an absence confirms it",
        "chalicelib/identity/staff/proposals.py",
        'if pends(a, after) and not (_is_by(a, by) or is_hand(a.deputy or "", deputies.get(a.deputy or "", ()), by))',
        "if pends(a, after)",
    ),
    (
        "no news of the audit is no alarm",
        "infra/stack/watch.py",
        '"TreatMissingData": "breaching", "EvaluationPeriods": 2}',
        '"EvaluationPeriods": 2}',
    ),
    (
        "a second rotation that prolongs the oldest secret",
        "chalicelib/subscriptions/model.py",
        "until=stamp(now + OVERLAP)) for each in secrets if each.until is None]",
        "until=stamp(now + OVERLAP)) for each in secrets]",
    ),
    (
        "two runs that save one subscription",
        "chalicelib/subscriptions/store.py",
        '        condition="#v = :was",\n        expect={"was": was.version},\n        reserved={"#v": "version"},\n',
        "",
    ),
    (
        "an overlap that is unseen where the other mandate has no end",
        "chalicelib/identity/mandates/model.py",
        "and (each.closes is None or wanted.opens < each.closes)",
        "and (each.closes is not None and wanted.opens < each.closes)",
    ),
    (
        "an overlap that is unseen where the new mandate has no end",
        "chalicelib/identity/mandates/model.py",
        "and (wanted.closes is None or each.opens < wanted.closes)",
        "and (wanted.closes is not None and each.opens < wanted.closes)",
    ),
    (
        "the scan of another component frees this original",
        "chalicelib/onestop/originals/hands.py",
        'any(c.code == original.code and c.digitisation.status == "converted"',
        'any(c.digitisation.status == "converted"',
    ),
    (
        "a read that is told late counts as one of a closed dossier",
        "chalicelib/vault/watching/store.py",
        'return not found.head.has_ended or (found.head.returned_at or "") > at',
        "return not found.head.has_ended",
    ),
    (
        "the last day of a document's validity in UTC",
        "chalicelib/vault/grants/service.py",
        "if last and sharing.until.astimezone(ZONE).date() > date.fromisoformat(last):",
        "if last and sharing.until.date() > date.fromisoformat(last):",
    ),
    (
        "a line of a term that is covered by a narrower one",
        "chalicelib/catalogue/procedures/terms.py",
        "<= {(each.field, each.value) for each in other.when}",
        ">= {(each.field, each.value) for each in other.when}",
    ),
    (
        "channels of a term that are compared the other way round",
        "chalicelib/catalogue/procedures/terms.py",
        "set(other.channels) <= set(self.channels)",
        "set(other.channels) >= set(self.channels)",
    ),
    (
        "a share of a fee that is rounded up",
        "chalicelib/law/fees.py",
        "left = before * (WHOLE - best.percent) // WHOLE",
        "left = -(-before * (WHOLE - best.percent) // WHOLE)",
    ),
    (
        "a difference of scores with one decimal",
        "chalicelib/measures/scores/deltas.py",
        "return round(now.score - former.score, 2)",
        "return round(now.score - former.score, 1)",
    ),
    (
        "a function that deletes any row of the vaults",
        "infra/stack/policies.py",
        'only_under(("OWNER#*",), items("Vaults", "DeleteItem")),  # what an owner uploaded and erases',
        'items("Vaults", "DeleteItem"),',
    ),
)

"""Mutants that lived once and must die: a wrong program each, said as an exact change of the source."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tests.mutants.making import ROOT, Mutant, NothingFound


@dataclass(frozen=True, slots=True)
class Named:
    """What is wrong, where (a pattern: files move), and the change: `old` stands there exactly once."""

    what: str
    where: str
    old: str
    new: str


NAMED: Final = (
    Named(
        "a presigned form without a limit of size",
        "chalicelib/**/*.py",
        'Conditions=[{"Content-Type": media_type}, ["content-length-range", 1, max_bytes]],',
        'Conditions=[{"Content-Type": media_type}],',
    ),
    Named(
        "a right more than is needed",
        "infra/**/policies.py",
        '"identity_authorize": (),',
        '"identity_authorize": (items("Vaults", "DeleteItem"),),',
    ),
    Named(
        "an operation more than is needed",
        "infra/**/policies.py",
        '"digitisation_api": (items("Messages", "GetItem", *_CHANGE), ',
        '"digitisation_api": (items("Messages", "GetItem", "DeleteItem", *_CHANGE), ',
    ),
    Named(
        "the full personal number in the code of a converted paper",
        "chalicelib/**/*.py",
        '"person_id": PersonalId.parse(unseal(head["sealed"])["personal_id"]).masked,',
        '"person_id": unseal(head["sealed"])["personal_id"],',
    ),
    Named(
        "actor and state left out of the chain's hash",
        "chalicelib/kernel/record.py",
        'if k != "hash"}).encode()',
        'if k not in ("hash", "actor", "state")}).encode()',
    ),
    Named(
        "the actor left out of the chain's hash",
        "chalicelib/kernel/record.py",
        'if k != "hash"}).encode()',
        'if k not in ("hash", "actor")}).encode()',
    ),
    Named(
        "a result that is not certified",
        "chalicelib/**/*.py",
        "signature_box(paper.template), lines, certify=True)",
        'signature_box(paper.template), lines, certify=paper.kind == "receipt")',
    ),
    Named(
        "a receipt that is not certified",
        "chalicelib/**/*.py",
        "signature_box(paper.template), lines, certify=True)",
        'signature_box(paper.template), lines, certify=paper.kind == "result")',
    ),
    Named(
        "certified, but changes are allowed",
        "chalicelib/**/*.py",
        "docmdp_permissions=fields.MDPPerm.NO_CHANGES,",
        "docmdp_permissions=fields.MDPPerm.FILL_FORMS,",
    ),
    Named(
        "an older list of search over a newer one",
        "chalicelib/**/*.py",
        'condition="attribute_not_exists(pk) OR as_of < :mine",',
        'condition="attribute_not_exists(pk) OR as_of <> :mine",',
    ),
    Named(
        "a drop secret under law that is not deleted",
        "chalicelib/**/*.py",
        "        self.papers.remove(arrival.key, arrival.version)\n",
        "",
    ),
    Named(
        "a deletion that deletes nothing",
        "chalicelib/**/*.py",
        'aws.client("s3").delete_object(Bucket=settings().intake_bucket, Key=key, VersionId=version)',
        'aws.client("s3").delete_object(Bucket=settings().intake_bucket, Key=key)',
    ),
    Named(
        "links of the vault that live a week",
        "chalicelib/vault/**/*.py",
        "LINK_LIVES: Final = 300",
        "LINK_LIVES: Final = 604800",
    ),
    Named(
        "another rule pack recorded than the one that was applied",
        "chalicelib/**/*.py",
        """            "due_at": stamp(due.due_at),
            "rule_pack": pack.id,""",
        """            "due_at": stamp(due.due_at),
            "rule_pack": packs.all_packs()[0].id,""",
    ),
    Named(
        "another rule pack told than the one that was applied",
        "chalicelib/**/*.py",
        '''            "rule_pack": pack.id,
            "submitted_at"''',
        '''            "rule_pack": packs.all_packs()[0].id,
            "submitted_at"''',
    ),
    Named(
        "a shared secret allowed by the authorizer",
        "chalicelib/**/*.py",
        'ALGORITHMS = ["ES256", "RS256"]',
        'ALGORITHMS = ["ES256", "RS256", "HS256"]',
    ),
    Named(
        "the agency of a task not compared with the officer's",
        "chalicelib/**/*.py",
        'if task is None or task["agency"] != who.agency:',
        "if task is None:",
    ),
    Named(
        "an idempotency item put without its condition",
        "chalicelib/dossier/*.py",
        'self.also("key", aws.put_new(',
        'self.also("key", aws.put(',
    ),
    Named(
        "the item of a code put without its condition",
        "chalicelib/dossier/*.py",
        'self.also("code", aws.put_new(',
        'self.also("code", aws.put(',
    ),
    Named(
        "a leg taken over by an older attempt",
        "chalicelib/dossier/*.py",
        '"attribute_not_exists(#e) OR #e = :mine OR #a < :attempt"',
        '"attribute_not_exists(#e) OR #e = :mine OR #a <> :attempt"',
    ),
    Named(
        "older news over newer in a read model",
        "chalicelib/dossier/*.py",
        'condition="attribute_not_exists(pk) OR #a < :newer"',
        'condition="attribute_not_exists(pk) OR #a <> :newer"',
    ),
    Named(
        "a task closed whatever its version is",
        "chalicelib/dossier/*.py",
        'condition="#st = :open AND #ve = :version"',
        'condition="#st = :open AND (#ve = :version OR attribute_exists(pk))"',
    ),
    # In the stores that `dossier/` replaces, as long as they are there:
    Named(
        "(old) the idempotency item of a submission put without its condition",
        "chalicelib/*/store.py",
        "aws.put_new(table, used),",
        "aws.put(table, used),",
    ),
    Named(
        "(old) the idempotency item of a draft put without its condition",
        "chalicelib/*/store.py",
        'aws.put_new(table, {"pk": pk, "sk": sk, "body": body_hash, "reference": reference, "at": stamp(now)}),',
        'aws.put(table, {"pk": pk, "sk": sk, "body": body_hash, "reference": reference, "at": stamp(now)}),',
    ),
    Named(
        "(old) the item of a code put without its condition",
        "chalicelib/*/store.py",
        'ops.append(aws.put_new(table, {"pk": f"CODE#{code}", "sk": "DOSSIER", "reference": reference}))',
        'ops.append(aws.put(table, {"pk": f"CODE#{code}", "sk": "DOSSIER", "reference": reference}))',
    ),
    Named(
        "(old) a leg taken over by an older attempt",
        "chalicelib/*/store.py",
        '"attribute_not_exists(#e) OR #e = :e OR #a < :a"',
        '"attribute_not_exists(#e) OR #e = :e OR #a <> :a"',
    ),
    Named(
        "(old) older news over newer in the submission's read model",
        "chalicelib/*/store.py",
        """            put={name: facts, "at": at},
            condition="attribute_not_exists(pk) OR #a < :newer",""",
        """            put={name: facts, "at": at},
            condition="attribute_not_exists(pk) OR #a <> :newer",""",
    ),
    Named(
        "(old) older news over newer in the list of agencies that are swept",
        "chalicelib/**/fence.py",
        """        put={"at": at},
        condition="attribute_not_exists(pk) OR #a < :newer",""",
        """        put={"at": at},
        condition="attribute_not_exists(pk) OR #a <> :newer",""",
    ),
)


def mutant(named: Named) -> Mutant:
    """The named mutant of today's source. Raises NothingFound when its text is not there, or twice."""
    found = [p for p in sorted(ROOT.glob(named.where)) if named.old in p.read_text("utf-8")]
    if len(found) != 1 or found[0].read_text("utf-8").count(named.old) != 1:
        names = [p.relative_to(ROOT).as_posix() for p in found]
        raise NothingFound(f"“{named.what}” is to be found once, and is in {names}: mend tests/mutants/named.py")
    text = found[0].read_text("utf-8")
    first = text[: text.index(named.old)].count("\n") + 1
    lines = range(first, first + named.old.count("\n") + 1)
    file = found[0].relative_to(ROOT).as_posix()
    source, line = text.replace(named.old, named.new), text.splitlines()[first - 1].strip()
    return Mutant(file, "named", line, named.what, lines, _at_import(text, lines), source)


def mutants() -> Iterator[Mutant]:
    """All of them. Raises NothingFound."""
    return map(mutant, NAMED)


def _at_import(text: str, lines: range) -> bool:
    """Whether the lines stand outside of any function."""
    import ast

    functions = (n for n in ast.walk(ast.parse(text)) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef)))
    return not any(node.lineno < lines.start <= (node.end_lineno or 0) for node in functions)

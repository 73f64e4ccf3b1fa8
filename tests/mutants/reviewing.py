"""Mutants of the guards of a review: who answers, twice where it matters, all or none; and of what it leaves.

Each is what is wrong, where, what stands there exactly once, and what stands there instead; see `named.py`.
"""

from typing import Final

REVIEWS: Final = "chalicelib/digitisation/reviews"
REVIEWING: Final[tuple[tuple[str, str, str, str], ...]] = (
    (
        "the same officer is the second person",
        f"{REVIEWS}/model.py",
        "return not self.closed and not (last and is_same_person(officer, numbers, last.officer, last.numbers))",
        "return not self.closed",
    ),
    (
        "a closed field is answered again",
        f"{REVIEWS}/model.py",
        "return not self.closed and not (last and is_same_person(officer, numbers, last.officer, last.numbers))",
        "return not (self.last and self.last.officer == officer)",
    ),
    (
        "a second person closes a field with another value",
        f"{REVIEWS}/model.py",
        "(field.last is not None and meant == value.value)",
        "field.last is not None",
    ),
    (
        "one person closes what two have to see",
        f"{REVIEWS}/model.py",
        "is_closed = not said.by_two or",
        "is_closed = True or",
    ),
    (
        "a field that is begun again is closed",
        f"{REVIEWS}/model.py",
        "said = structs.replace(said, closed=False, corrected=False)",
        "said = structs.replace(said, corrected=False)",
    ),
    (
        "a field that is begun again keeps what was typed",
        f"{REVIEWS}/model.py",
        "field=said, value=structs.replace(value, value=value.read))",
        "field=said, value=value)",
    ),
    (
        "what was said before a field was begun again still counts",
        f"{REVIEWS}/model.py",
        "return self.decisions[since + 1 :]",
        "return self.decisions",
    ),
    (
        "nothing is confirmed",
        f"{REVIEWS}/model.py",
        "            raise NothingRead(field=field.name)\n",
        '            return ""\n',
    ),
    (
        "a value in another form than the field's is taken",
        f"{REVIEWS}/model.py",
        " or (field.pattern and not re.fullmatch(field.pattern, meant)):",
        ":",
    ),
    (
        "a value is typed that is as long as one likes",
        f"{REVIEWS}/model.py",
        "if not 0 < len(meant) <= LONGEST or",
        "if not meant or",
    ),
    (
        "of several answers those that hold are kept, though others do not",
        f"{REVIEWS}/model.py",
        "    if wrong:\n        raise BodyInvalid(fields=wrong)\n",
        "",
    ),
    (
        "of several answers the first that does not hold alone is named",
        f"{REVIEWS}/model.py",
        "raise BodyInvalid(fields=wrong)",
        "raise BodyInvalid(fields=wrong[:1])",
    ),
    (
        "one request answers a field twice",
        f"{REVIEWS}/model.py",
        "if answer.field in seen:",
        "if False:",
    ),
    (
        "a key is used for another answer",
        f"{REVIEWS}/model.py",
        "        if known - {self.whole}:\n            raise KeyReused\n",
        "",
    ),
    (
        "the order in which fields are answered together makes no other request",
        f"{REVIEWS}/model.py",
        "for each in answers for part in (each.field, each.verb, each.typed)]",
        "for each in sorted(answers, key=str) for part in (each.field, each.verb, each.typed)]",
    ),
    (
        "the same request is answered twice",
        f"{REVIEWS}/service.py",
        "        if request.was_answered(fields):\n            return self._looked(paper, who)\n",
        "",
    ),
    (
        "a paper is answered that is reviewed no more",
        f"{REVIEWS}/service.py",
        "        _require_open(paper)\n        _require_free(paper, who, now)\n        if paper.version",
        "        _require_free(paper, who, now)\n        if paper.version",
    ),
    (
        "an officer answers what another has taken",
        f"{REVIEWS}/service.py",
        "        _require_open(paper)\n        _require_free(paper, who, now)\n        if paper.version",
        "        _require_open(paper)\n        if paper.version",
    ),
    (
        "a claim never ends",
        f"{REVIEWS}/service.py",
        " and now - moment(claim.at) < CLAIM_LASTS:",
        ":",
    ),
    (
        "an officer answers what they have not seen",
        f"{REVIEWS}/service.py",
        "if paper.version != version:",
        "if paper.version < version:",
    ),
    (
        "an officer of another agency reviews",
        f"{REVIEWS}/service.py",
        "if paper is None or paper.agency not in who.agencies:",
        "if paper is None:",
    ),
    (
        "a review is open though no field is left",
        f"{REVIEWS}/service.py",
        "change.reviewed(left).write()",
        "change.reviewed(left or 1).write()",
    ),
    (
        "a review is closed while fields are left",
        f"{REVIEWS}/service.py",
        "left = sum(not field.closed for field in fields)\n",
        "left = 0\n",
    ),
    (
        "nobody's ledger says who looked at a paper",
        f"{REVIEWS}/service.py",
        "        self.looks.note(paper, who, self.clock())\n        return self._seen",
        "        return self._seen",
    ),
    (
        "a value stands in clear among the fields",
        f"{REVIEWS}/answers.py",
        "return seal(reference, told(value))",
        "return str(told(value))",
    ),
    (
        "what was read goes into the data message, and not what was confirmed",
        f"{REVIEWS}/answers.py",
        "return structs.replace(field, value=closed[field.name].value.value, needs_review=False, alternatives=())",
        "return structs.replace(field, needs_review=False, alternatives=())",
    ),
    (
        "one person is enough for a name on a certificate",
        f"{REVIEWS}/opening.py",
        "(kind in rule.papers and field.startswith(rule.fields))",
        "(kind in rule.papers and field == rule.fields[0])",
    ),
    (
        "a secret paper leaves what was made of it",
        "chalicelib/digitisation/triage.py",
        "            self.files.discard_all(paper)\n",
        "",
    ),
    (
        "a secret paper leaves the values that were read on it",
        "chalicelib/digitisation/triage.py",
        "            self.papers.forget_values(paper)\n",
        "",
    ),
    (
        "what was read on a rejected paper is compared with the form",
        "chalicelib/dossier/readings.py",
        ' and each.digitisation.status == "converted":',
        ":",
    ),
    (
        "what was read on a paper that another one stands for is compared with the form",
        "chalicelib/dossier/readings.py",
        " and each.superseded_by is None and",
        " and",
    ),
    (
        "a paper fills in what the applicant answered",
        "chalicelib/forms/prefill.py",
        "if answered(answer, pointer) is None and _fits(",
        "if _fits(",
    ),
    (
        "a paper fills in a field that has another source",
        "chalicelib/forms/prefill.py",
        "if field.source and field.source.vault == kind and",
        "if field.source and",
    ),
    (
        "a paper of which no timestamp can be had keeps the others waiting",
        "chalicelib/messages/stamping.py",
        "                self.messages.stamp_tried(each, now)\n",
        "",
    ),
)

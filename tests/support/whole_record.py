"""Whether a public answer tells the whole of a national record, and nothing as known that the record does not say.

Written from the raw records and the public description of `GET /v1/services/{code}`, by who had not read the importer.
"""

from collections import Counter
from collections.abc import Iterator

from tests.support.record_fees import fees, fees_known
from tests.support.record_terms import terms, terms_known, terms_of_cases
from tests.support.records_changed import Raw
from tests.support.records_found import Finding, at, number_of, owned
from tests.support.records_said import (
    core,
    plain,
    sentences,
)


def check(record: Raw, answer: Raw) -> list[Finding]:
    """Everything that is missing or wrong in the answer on a record."""
    raw = record["data"]
    parts = (
        _pointers,
        terms,
        terms_of_cases,
        terms_known,
        fees,
        fees_known,
        _papers,
        _papers_known,
        _texts,
        _steps,
        _others,
    )
    return [finding for part in parts for finding in part(raw, answer)]


def atoms(record: Raw) -> int:
    """How many things the checker looks for in a record."""
    raw = record["data"]
    methods = raw["executionMethods"]
    said = [f for m in methods for f in m["fees"]]
    papers = [p for c in raw["executionCases"] for p in c["profileComponents"]]
    texts = [m["description"] for m in methods] + [f["description"] for f in said] + [raw["requirementsAndConditions"]]
    return (
        2 * len(methods)
        + len(raw["cases"])
        + 3 * len(said)
        + 3 * len(papers)
        + sum(len(p["attachments"]) for p in papers)
        + sum(len(sentences(text)) for text in texts)
        + 2 * len(raw["executionSteps"])
        + len(list(_named(raw)))
    )


def _pointers(_raw: Raw, answer: Raw) -> Iterator[Finding]:
    for unknown in answer["unknown"]:
        try:
            at(answer, unknown["pointer"])
        except (LookupError, ValueError, TypeError):
            yield Finding("pointer", unknown["pointer"], "points into the answer")


def _quantities(paper: Raw) -> tuple[object, object]:
    return number_of(paper["originalQty"]), number_of(paper["copyQty"])


def _files(shown: Raw) -> Counter[str]:
    return Counter(plain(f"{blank['name']} {blank['path']}") for blank in shown["blank_forms"])


def _papers(raw: Raw, answer: Raw) -> Iterator[Finding]:
    cases = {case["code"]: core(case["name_vi"]) for case in answer["cases"]}
    for index, case in enumerate(raw["executionCases"]):
        for row, paper in enumerate(case["profileComponents"]):
            place, name = f"executionCases/{index}/{row}", core(paper["name"])
            quantity = _quantities(paper)
            shown = [x for x in answer["papers"] if core(x["name_vi"]) == name]
            notes = [x for x in answer["notes"] if name and name in plain(x["text_vi"])] if quantity == (0, 0) else []
            alike = [x for x in shown if (number_of(x["originals"]), number_of(x["copies"])) == quantity]
            alike = [x for x in alike if x["code"] == paper["code"]] or alike
            if not shown and not notes and name:
                yield Finding("missing", place, f"paper {name}")
            elif name and not alike and not notes:
                yield Finding(
                    "missing", place, f"{quantity} of {name}", str([(x["originals"], x["copies"]) for x in shown])
                )
            for heading in filter(None, [core(case["name"])]):
                under = [{core(x["group_vi"]), *(cases.get(c, "") for c in x["cases"])} for x in alike + notes]
                if name and under and not any(heading in names for names in under):
                    yield Finding("missing", place, f"{name} under {heading}", str(under))
            for file in paper["attachments"]:
                wanted = plain(f"{file['fileName']} {file['filePath']}")
                if not any(_files(x)[wanted] for x in alike + notes):
                    yield Finding("missing", place, f"form {wanted}", str([dict(_files(x)) for x in alike + notes]))


def _papers_known(raw: Raw, answer: Raw) -> Iterator[Finding]:
    said = [(case, paper) for case in raw["executionCases"] for paper in case["profileComponents"]]
    for index, shown in enumerate(answer["papers"]):
        place, own = f"papers/{index}", [(c, p) for c, p in said if core(p["name"]) == core(shown["name_vi"])]
        if (number_of(shown["originals"]), number_of(shown["copies"])) not in {_quantities(p) for _, p in own}:
            yield Finding(
                "wrong", place, f"{shown['originals']} and {shown['copies']} are the record's", shown["name_vi"]
            )
        if shown["need"] == "shown" and not any(
            "xuất trình" in plain(f"{c['name']} {p['name']}").lower() for c, p in own
        ):
            yield Finding("wrong", place, "to be shown", shown["name_vi"])
        if shown["need"] in ("always", "case", "form", "data") and not any(p["required"] for _, p in own):
            yield Finding("wrong", place, f"need {shown['need']}", shown["name_vi"])
        if not _files(shown) <= Counter(
            plain(f"{f['fileName']} {f['filePath']}") for _, p in own for f in p["attachments"]
        ):
            yield Finding("wrong", place, "forms are the record's", str(dict(_files(shown))))
        for blank, form in enumerate(shown["blank_forms"]):
            if form["url"] is None and not owned(answer, f"/{place}/blank_forms/{blank}"):
                yield Finding("missing", place, "a form without address is named as unknown", form["name"])


def _notes_known(raw: Raw, answer: Raw) -> Iterator[Finding]:
    said = [(case, paper) for case in raw["executionCases"] for paper in case["profileComponents"]]
    for note in answer["notes"]:
        if not any(core(note["text_vi"]) in plain(f"{c['name']} {p['name']}") for c, p in said) and note["text_vi"]:
            heads = " ".join(plain(case["name"]) for case in raw["executionCases"])
            if core(note["text_vi"]) not in heads:
                yield Finding("wrong", "notes", "a note is the record's", note["text_vi"])


TEXTS = (
    ("requirementsAndConditions", "requirements_vi"),
    ("description", "description_vi"),
    ("note", "note_vi"),
    ("dossierReceivingAddresses", "receiving_vi"),
)


def _texts(raw: Raw, answer: Raw) -> Iterator[Finding]:
    for key, shown in TEXTS:
        for words in sentences(raw[key]):
            held = [answer[shown]] if key == "requirementsAndConditions" else [answer[shown], answer["requirements_vi"]]
            if not any(words in plain(text) for text in held):  # most descriptions repeat the requirements
                yield Finding("missing", key, words, str(answer[shown])[:300])
        if answer[shown] and core(answer[shown]) not in plain(raw[key]):
            yield Finding("wrong", shown, "the words are the record's", answer[shown][:300])
    if not raw["requirementsAndConditions"].strip() and not owned(answer, "/requirements_vi"):
        yield Finding("missing", "requirementsAndConditions", "blank, and not named as unknown")


def _steps(raw: Raw, answer: Raw) -> Iterator[Finding]:
    said = [
        (core(s["name"]), core(s["description"]))
        for s in raw["executionSteps"]
        if core(s["name"]) or core(s["description"])
    ]
    shown = [(core(s["name_vi"]), core(s["text_vi"])) for s in answer["steps"]]
    if said != shown:
        for index, step in enumerate(said):
            if index >= len(shown) or shown[index] != step:
                yield Finding(
                    "missing", f"executionSteps/{index}", str(step)[:400], str(shown[index : index + 1])[:400]
                )
        if len(shown) > len(said):
            yield Finding("wrong", "steps", "as many as in the record", str(shown[len(said) :])[:400])


def _named(raw: Raw) -> Iterator[tuple[str, str, str]]:
    """Place in the record, words, and the list of the answer that has to have them."""
    pairs = (
        ("departmentsExecuting", "performers"),
        ("unitGroupsExecuting", "performers"),
        ("resultsDetails", "results"),
        ("departmentsAuthority", "decided_by"),
        ("unitGroupsAuthority", "decided_by"),
        ("subjectTypesDetails", "subjects"),
        ("departmentsCoordinating", "coordinated_by"),
        ("unitGroupsCoordinating", "coordinated_by"),
        ("categoriesDetails", "fields"),
        ("departmentsAuthorized", "delegated_to"),
        ("unitGroupsAuthorized", "delegated_to"),
    )
    for key, shown in pairs:
        for item in raw[key]:
            yield key, item["name"], shown
    for key, shown in (("coordinatingAgencies", "coordinated_by"), ("delegatedAgencies", "delegated_to")):
        for name in raw[key].split(","):
            yield key, name, shown
    for basis in raw["legalBasisesDetails"]:
        yield "legalBasisesDetails", basis["code"], "legal_bases"
    for case in raw["cases"]:
        yield "cases", case["name"], "cases"
    yield "name", raw["name"], "name_vi"


def _others(raw: Raw, answer: Raw) -> Iterator[Finding]:
    for key, words, shown in _named(raw):
        held = answer[shown]
        texts = [held] if isinstance(held, str) else [f"{x.get('code')} {x['name_vi']}" for x in held]
        if core(words) and not any(core(words) in plain(text) for text in texts):
            yield Finding("missing", key, words, str(texts)[:300])
    ways = Counter((method["type"], way) for method in raw["returningMethods"] for way in method["value"])
    shown_ways = Counter((x["filed"], way) for x in answer["returns"] for way in x["ways"])
    if set(ways) != set(shown_ways):
        yield Finding("missing", "returningMethods", str(sorted(ways)), str(sorted(shown_ways)))
    if answer["code"] != raw["code"]:
        yield Finding("wrong", "code", raw["code"], answer["code"])

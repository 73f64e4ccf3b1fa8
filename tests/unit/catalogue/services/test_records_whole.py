"""Requirements, steps, papers, blank forms, agencies of a national record are in the public answer, or named unknown.

The checker reads the raw JSON alone and has nothing of the importer's. The 35 records, and 200 that were changed by
what a record may say, by a seed; each as it is read when nobody offers it, and as a draft from it would be published.
"""

import copy
import json
import random
import unicodedata

import pytest

from chalicelib.catalogue.procedures.facts import facts_of
from chalicelib.catalogue.procedures.given import plain
from chalicelib.catalogue.records.reading import read_record
from chalicelib.catalogue.records.starting import draft_of
from chalicelib.catalogue.services.service import Service, begun
from chalicelib.catalogue.services.views import service_view
from chalicelib.catalogue.versions.wire.facts import FactsBody
from tests.unit.catalogue.records.given import CODES, FOLDER

ROLES = {
    "promulgated_by": ((), ("departmentPromulgateName",)),
    "performers": (("unitGroupsExecuting", "departmentsExecuting"), ("executingAgencies",)),
    "decided_by": (("unitGroupsAuthority", "departmentsAuthority"), ()),
    "delegated_to": (("unitGroupsAuthorized", "departmentsAuthorized"), ("authorizedAgencies", "delegatedAgencies")),
    "coordinated_by": (("unitGroupsCoordinating", "departmentsCoordinating"), ("coordinatingAgencies",)),
}
TEXTS = {"requirementsAndConditions": "requirements_vi", "dossierReceivingAddresses": "receiving_vi"}


def letters(text):
    """A text as it is compared: its letters and digits, so that bullets, blanks and colons are no difference."""
    return "".join(
        c for c in unicodedata.normalize("NFC", text if isinstance(text, str) else "").lower() if c.isalnum()
    )


def at(answer, pointer):
    """What a JSON Pointer points at, by RFC 6901; a KeyError or IndexError where it points at nothing."""
    place = answer
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        place = place[int(key)] if isinstance(place, list) else place[key]
    return place


def groups_of(record):
    own = [("", record)] + [("", case) for case in record.get("cases") or []]
    return own + [(group.get("name") or "", group) for group in record.get("executionCases") or []]


def papers_lost(record, answer):
    """Papers, quantities, and blank forms that the answer lacks; papers to be shown that it does not tell apart."""
    for heading, group in groups_of(record):
        for paper in group.get("profileComponents") or []:
            quantity = (paper.get("originalQty"), paper.get("copyQty"))
            name, is_note = letters(paper.get("name")), quantity == (0, 0)
            shown = answer["notes" if is_note else "papers"]
            same = [each for each in shown if letters(each["text_vi" if is_note else "name_vi"]) == name]
            fits = [each for each in same if is_note or (each["originals"], each["copies"]) == quantity]
            if not fits:
                yield paper
            is_shown = letters(heading).startswith("giấytờphảixuấttrình")
            if is_shown and not is_note and not any(each["need"] == "shown" for each in fits):
                yield "not told that it is only shown", paper["name"]
            files = {(letters(f["name"]), f["path"]) for each in fits for f in each["blank_forms"]}
            for file in paper.get("attachments") or []:
                if (letters(file["fileName"]), file["filePath"]) not in files:
                    yield file


def agencies_lost(record, answer):
    """Agencies of the record that the answer does not name in their role, be they in a list or in words."""
    for role, (lists, texts) in ROLES.items():
        told = answer[role] or []
        names = [letters(each["name_vi"]) for each in (told if isinstance(told, list) else [told])]
        for each in (row for key in lists for row in record.get(key) or []):
            if letters(each["name"]) not in names:
                yield role, each["name"]
        for text in texts:
            rest = letters(record.get(text))
            for name in sorted(filter(None, names), key=len, reverse=True):
                rest = rest.replace(name, "")
            if rest:
                yield role, record[text]


def lost(record, answer):
    """All that the answer lacks of the record, and the pointers that point at nothing."""
    unknown = {each["pointer"] for each in answer["unknown"]}
    found = [*papers_lost(record, answer), *agencies_lost(record, answer)]
    for raw, shown in TEXTS.items():
        if letters(record.get(raw)) != letters(answer[shown]):
            found.append((raw, record[raw]))
        if not letters(record.get(raw)) and f"/{shown}" not in unknown:
            found.append((shown, "neither told nor named unknown"))
    if letters(record.get("description")) not in {
        letters(answer["requirements_vi"]),
        letters(answer["description_vi"]),
    }:
        found.append(("description", record["description"]))
    steps = [
        (letters(each.get("name")), letters(each.get("description"))) for each in record.get("executionSteps") or []
    ]
    if [step for step in steps if any(step)] != [
        (letters(s["name_vi"]), letters(s["text_vi"])) for s in answer["steps"]
    ]:
        found.append(("steps", steps))
    if not any(map(any, steps)) and "/steps" not in unknown:
        found.append(("steps", "neither told nor named unknown"))
    for pointer in unknown:
        try:
            at(answer, pointer)
        except (KeyError, IndexError, TypeError, ValueError):
            found.append(("unknown", pointer))
        if not pointer.startswith("/"):
            found.append(("unknown", pointer))
    return found


def answers(record):
    """What everybody reads of the record, and of a version made from it as an officer sends it back."""
    facts = read_record(record).facts
    sent = FactsBody.model_validate(plain(draft_of(facts))).model_dump()
    for said in (begun(facts), draft_of(facts), facts_of(sent)):
        yield json.loads(service_view(Service(said, {}, None, ())).model_dump_json())


def record_of(code):
    return json.loads((FOLDER / f"{code}.json").read_text("utf-8"))["data"]


def changed(number):
    """A record with one or two things changed, drawn by the number, so that each run changes the same."""
    drawn = random.Random(number)
    record = copy.deepcopy(record_of(CODES[number % len(CODES)]))
    rows = [row for group in record["executionCases"] for row in group["profileComponents"]]
    for kind in sorted({number % len(KINDS), drawn.randrange(len(KINDS))}):
        KINDS[kind](number, record, drawn.choice(rows) if rows else {"attachments": []})
    if record == record_of(CODES[number % len(CODES)]):  # it has no papers, or the paper was so before
        with_step(number, record, None)
    return record


WORDS = ("coordinatingAgencies", "delegatedAgencies", "authorizedAgencies", "executingAgencies")
LISTS = ("departmentsCoordinating", "unitGroupsCoordinating", "departmentsAuthorized", "unitGroupsAuthorized")


def file_of(number, folder="a/b "):
    return {"id": f"f{number}", "fileName": f"Mẫu  {number}.docx", "filePath": f"{folder}{number}/Mẫu  {number}.docx"}


def with_agency(number, record, _):
    named = {"id": str(number), "code": f"H{number}", "name": f"Chi cục số\u00a0{number}"}
    record[LISTS[number % 4]] = [*(record.get(LISTS[number % 4]) or []), named]


def with_words(number, record, _):
    record[WORDS[number % 4]] = f"{record.get(WORDS[number % 4]) or ''}, Đội {number}, Tổ {number}"


def with_step(number, record, _):
    step = {"name": f"Bước {number}:", "description": f" - Việc\u200b {number}\n"}
    record["executionSteps"].insert(number % 2, step)


def with_group(number, record, heading, *quantity):
    row = {"name": f"+ Giấy số {number};", "code": f"K{number}", "originalQty": quantity[0], "copyQty": quantity[1]}
    row["attachments"] = [file_of(number)]
    record["executionCases"].append({"name": heading, "profileComponents": [row]})


def with_files(number, _, paper):
    paper["attachments"] = [*paper["attachments"], file_of(number), file_of(number, "c/")]


KINDS = (
    lambda n, record, _: record.update(requirementsAndConditions=f"a) Điều kiện {n};\r\n\r\n\tb) Điều kiện khác"),
    with_step,
    lambda n, _, paper: paper.update(originalQty=n % 9 + 1, copyQty=n % 5),
    with_files,
    with_agency,
    with_words,
    lambda n, _, paper: paper.update(name=f"– * Đơn số {n} (bản chính) :"),
    lambda _, __, paper: paper.update(originalQty=None, copyQty=1),
    lambda n, record, _: record.update(description=f"Điều khác {n}"),
    lambda n, record, _: with_group(n, record, "* Giấy tờ phải xuất trình:", n % 7 + 1, 2),
    lambda n, record, _: with_group(n, record, "* Lưu ý:", 0, 0),
    lambda _, record, __: record.update(executionSteps=[], requirementsAndConditions="", description=None),
    lambda n, record, _: record.update(
        dossierReceivingAddresses=f"Quầy {n}\n- Tầng 2", departmentPromulgateName=f"{n}"
    ),
)


@pytest.mark.parametrize("code", CODES)
def test_nothing_of_a_record_is_lost(code):
    assert [lost(record_of(code), answer) for answer in answers(record_of(code))] == [[], [], []]


@pytest.mark.parametrize("first", range(0, 200, 40))
def test_nothing_of_a_changed_record_is_lost(first):
    for number in range(first, first + 40):
        record = changed(number)
        assert (number, [lost(record, answer) for answer in answers(record)]) == (number, [[], [], []])


def test_what_the_samples_have_is_counted():
    """What there is to lose, so that a checker that looks at nothing is seen."""
    found = [next(answers(record_of(code))) for code in CODES]
    assert sum(len(each["steps"]) for each in found) == 77
    files = [f for each in found for part in ("papers", "notes") for p in each[part] for f in p["blank_forms"]]
    assert (len({(f["path"], f["name"]) for f in files}), {f["url"] for f in files}) == (20, {None})
    rows = [row for code in CODES for _, group in groups_of(record_of(code)) for row in group["profileComponents"]]
    assert {f["filePath"] for row in rows for f in row["attachments"]} == {f["path"] for f in files}
    assert sum(p["need"] == "shown" for each in found for p in each["papers"]) == 16
    assert sum(each["requirements_vi"] is not None for each in found) == 19
    assert sum(each["receiving_vi"] is not None for each in found) == 16
    assert {number % len(KINDS) for number in range(200)} == set(range(len(KINDS)))
    assert all(changed(number) != record_of(CODES[number % len(CODES)]) for number in range(200))


@pytest.mark.parametrize(
    ("part", "loss"),
    [
        ("steps", lambda a: a["steps"].reverse()),
        ("requirements_vi", lambda a: a.update(requirements_vi="")),
        ("papers", lambda a: a["papers"].pop()),
        ("papers", lambda a: a["papers"][0].update(copies=7)),
        ("papers", lambda a: a["papers"][0].update(blank_forms=[])),
        ("coordinated_by", lambda a: a.update(coordinated_by=[])),
        ("unknown", lambda a: a["unknown"].append({"pointer": "/methods/0/fees"})),
    ],
)
def test_the_checker_sees_what_is_lost(part, loss):
    record = record_of("1.115691")
    answer = next(answers(record))
    assert answer[part]
    loss(answer)
    assert lost(record, answer)

"""A draft from every national record that we hold: an editor can send it back, and its plain form may be published."""

import msgspec
import pytest

from chalicelib.catalogue.procedures.facts import facts_of
from chalicelib.catalogue.procedures.given import plain
from chalicelib.catalogue.procedures.parts import DataSource
from chalicelib.catalogue.records import starting
from chalicelib.catalogue.versions.completeness import problems_of
from chalicelib.catalogue.versions.wire.facts import FactsBody
from chalicelib.forms.dictionary import shipped_dictionary
from chalicelib.forms.document import check_form
from chalicelib.forms.evaluate import evaluate
from chalicelib.forms.form import form_of as read_form
from chalicelib.forms.plain import NOT_DECLARED
from chalicelib.forms.subjects import ORGANISATION, PERSON
from tests.support.hall import version
from tests.unit.catalogue.records.given import CODES, method, read
from tests.unit.forms.answers import ANSWERS, CONTACTED, TODAY


def draft_of(facts):
    return plain(starting.draft_of(facts_of(facts)))


def form_of(draft):
    return starting.form_of(facts_of(draft))


def at(facts, pointer):
    for part in pointer.split("/")[1:]:
        facts = facts[int(part)] if isinstance(facts, list) else facts[part]
    return facts


def with_source(component):
    return msgspec.structs.replace(component, source=DataSource(database="population"))


every = pytest.mark.parametrize("code", CODES)


@every
def test_an_editor_sends_a_draft_back_as_it_came(code):
    draft = draft_of(read(code).facts)
    body = FactsBody.model_validate(draft).model_dump()
    for name in ("code", "name_vi", "unknown", "channels", "notes"):
        assert body[name] == draft[name]
    assert [c["code"] for c in body["components"]] == [c["code"] for c in draft["components"]]
    assert FactsBody.model_validate(body).model_dump() == body


@every
def test_a_draft_keeps_what_its_record_says_and_points_at_what_it_does_not(code):
    facts, draft = read(code).facts, draft_of(read(code).facts)
    names = ("steps", "requirements_vi", "receiving_vi", "delegated_to", "coordinated_by", "performers", "return_ways")
    for name in (*names, "administrative_level", "flags", "notes"):
        assert draft[name] == facts[name]
    for part in ("name_vi", "need", "has_electronic_form"):
        assert [c[part] for c in draft["components"]] == [c[part] for c in facts["components"]]
    assert [c.get("blanks", []) for c in draft["components"]] == [c["blanks"] for c in facts["components"]]
    for each in draft["unknown"]:
        at(draft, each["pointer"])


@every
def test_the_plain_form_of_a_draft_may_be_published(code):
    assert check_form(form_of(draft_of(read(code).facts)), shipped_dictionary()) == []


@every
def test_the_plain_form_asks_the_case_first_and_fits_whoever_may_apply(code):
    """What is asked of whom is counted from the record itself, not from the form."""
    facts = facts_of(draft_of(read(code).facts))
    form = read_form(starting.form_of(facts))
    told_apart = {" ".join(case.name_vi.split()).strip(":.") for case in facts.cases} - {facts.name_vi}
    first = form.ui.pages[0].fields[0]
    choices = form.schema["properties"].get("case", {}).get("enum", [])
    assert (first == "/case") == (len(choices) > 1)
    assert len(choices) <= len(told_apart)
    names = [each.name_vi for each in facts.subjects]
    organised = any(name.startswith(("Tổ chức", "Doanh nghiệp", "Hợp tác xã")) for name in names)
    abroad = any(name.startswith("Người") for name in names)
    alone = any(name.startswith(("Công dân", "Cán bộ")) for name in names)
    parts = form.schema["properties"].keys()
    assert ("organisation" in parts) == organised
    assert ("applicant" in parts) == (abroad or alone)
    assert ("/applicant/passport" in form.ui.fields) == abroad
    assert "household" not in parts
    assert ("subject" in parts) == ((organised and (abroad or alone)) or abroad)


@every
def test_every_case_and_applicant_can_fill_the_plain_form_in_and_sees_its_own_papers_only(code):
    facts = facts_of(draft_of(read(code).facts))
    form = read_form(starting.form_of(facts))
    papers = [pointer for pointer in form.ui.fields if pointer.startswith("/papers")]
    assert len(papers) == len([each for each in facts.components if each.need not in NOT_DECLARED])
    cases = form.schema["properties"].get("case", {}).get("enum", [None])
    kinds = form.schema["properties"].get("subject", {}).get("enum") or [
        ORGANISATION if "organisation" in form.schema["properties"] else PERSON
    ]
    shown = set()
    for case in cases:
        for kind in kinds:
            answer = {**CONTACTED, **ANSWERS[kind]}
            answer |= {"case": case} if case else {}
            answer |= {"subject": kind} if "subject" in form.schema["properties"] else {}
            for pointer in papers:
                answer.setdefault(pointer.split("/")[1], {})[pointer.split("/")[2]] = "attached"
            outcome = evaluate(form, answer, TODAY)
            assert outcome.errors == []
            own = {pointer for pointer in papers if pointer.split("/")[1] in outcome.values}
            assert own | {p for p in papers if f"/{p.split('/')[1]}" in outcome.hidden} == set(papers)
            shown |= own
    assert shown == set(papers), "no paper is out of reach"


def test_a_paper_that_data_answers_is_not_asked_for():
    facts = facts_of(draft_of(read("1.003197").facts))
    first, *others = facts.components
    spared = msgspec.structs.replace(facts, components=(with_source(first), *others))
    labels = {field.label_vi for field in read_form(starting.form_of(spared)).ui.fields.values()}
    assert first.name_vi.lstrip("-+* ") not in labels
    assert all(other.name_vi.lstrip("-+* ")[:200] in " ".join(labels) for other in others)


@every
def test_what_the_record_does_not_say_is_open_and_keeps_the_draft_back(code):
    draft = draft_of(read(code).facts)
    assert (draft["route"], draft["min_level"], draft["online"]["gates"]) == (None, None, {})
    item = version(draft, state="draft", form=form_of(draft), review=None)
    assert {"/facts/route", "/facts/min_level"} <= {p.pointer for p in problems_of(item)}


@every
def test_a_draft_guesses_no_fee(code):
    facts = read(code).facts
    certain = {fee["amount"] for m in facts["methods"] for fee in m["fees"] if fee["certain"]}
    fees = draft_of(facts)["fees"]
    assert {fee["amount"] for fee in fees if fee["reading"]} <= certain
    assert not [fee for fee in fees if fee["amount"] == 0 and fee["reading"] != "free"]


def test_a_term_that_the_channels_share_is_the_drafts_and_another_is_nobodys():
    one = method().facts
    draft = draft_of(one)
    assert draft["term"]["text"] == one["methods"][0]["term"]["text"]
    assert draft["term"]["citation"].endswith(f"bản ghi {one['code']}")
    other = {**one["methods"][0], "term": {**one["methods"][0]["term"], "text": "99wd"}}
    several = draft_of({**one, "methods": [*one["methods"], other]})["term"]
    assert ("text" in several, [line["text"] for line in several["lines"]]) == (False, ["5wd", "99wd"])
    assert draft_of({**one, "methods": []})["term"] is None
    unread = {**one["methods"][0], "term": {**one["methods"][0]["term"], "text": None}}
    assert [line["text"] for line in draft_of({**one, "methods": [unread]})["term"]["lines"]] == [None]


def test_a_channel_without_a_term_takes_none_of_the_others():
    one = method().facts
    silent = {**one["methods"][0], "term": None}
    draft = draft_of({**one, "methods": [*one["methods"], silent]})
    assert draft["term"]["text"] == one["methods"][0]["term"]["text"]


@pytest.mark.rule("R01")
def test_a_record_that_is_marked_offline_only_is_barred_and_its_law_is_asked_for():
    facts = read("1.003197").facts
    draft = draft_of({**facts, "flags": {**facts["flags"], "offline_only": True}})
    assert (draft["online"]["electronic_barred"], draft["online"]["legal_basis"]) == (True, None)
    assert draft_of(facts)["online"]["electronic_barred"] is False

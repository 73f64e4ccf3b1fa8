"""Every refusal is told in one shape, in two languages (RFC 9457), and only the table knows the status."""

import json
from importlib import import_module

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chalicelib.kernel import problem as errors
from chalicelib.kernel.body import VIETNAMESE, field_errors, modelled, pointer
from chalicelib.kernel.problem import MEDIA_TYPE, problem, refusals
from chalicelib.registry import BLUEPRINTS

for modules in BLUEPRINTS.values():  # what the rooms declare is known when they are loaded
    for module in modules:
        import_module(module)
REFUSALS = [kind for kind in refusals() if kind.__module__.startswith("chalicelib.")]


@pytest.mark.parametrize("kind", REFUSALS, ids=lambda k: k.__name__)
def test_every_refusal_has_a_row_with_a_sentence_in_each_language(kind):
    row = kind.row
    assert 400 <= row.status < 600
    assert row.title_vi
    assert row.title_en
    assert row.title_vi != row.title_en
    assert row.remedy_vi
    assert row.remedy_en
    assert row.remedy_en.isascii()
    assert not row.remedy_vi.isascii()
    assert kind.__doc__


def test_a_room_that_refuses_declares_it_in_its_refusals_or_the_kernel_does_for_all():
    places = {kind.__module__ for kind in REFUSALS}
    assert all(place == errors.__name__ or place.endswith(".refusals") for place in places), places
    assert errors.DomainError not in REFUSALS


def test_codes_are_unique_and_stable_words():
    codes = [kind.row.code for kind in REFUSALS]
    assert len(set(codes)) == len(codes)
    assert all(code.isidentifier() and code.islower() for code in codes)


def test_a_refusal_of_a_finer_kind_has_the_row_of_its_nearest_kin():
    class Finer(errors.NotFound):
        """A finer kind."""

    assert problem(Finer(), language="vi", request_id="")[1]["code"] == "not_found"


@pytest.mark.parametrize("kind", REFUSALS, ids=lambda k: k.__name__)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_problem_has_its_members_in_the_language_asked_for(kind, language):
    status, body = problem(kind(what="x"), language=language, request_id="r-1")
    row = kind.row
    assert status == body["status"] == row.status
    assert body["title"] == (row.title_en if language == "en" else row.title_vi)
    assert (body["code"], body["request_id"], body["what"]) == (row.code, "r-1", "x")
    assert body["type"] == f"https://motcua.example.vn/problems/{row.code}"
    assert body["detail"] == (row.remedy_en if language == "en" else row.remedy_vi)
    assert body["instance"] == "urn:uuid:r-1"
    assert "errors" not in body
    assert json.dumps(body)


def test_broken_fields_are_pointed_at_in_the_language_asked_for():
    field = errors.FieldError("/child/sex", "enum", "Sai", "Wrong")
    told = {lang: problem(errors.BodyInvalid(fields=[field]), language=lang, request_id="")[1] for lang in ("vi", "en")}
    assert told["vi"]["errors"] == [{"pointer": "/child/sex", "rule": "enum", "message": "Sai"}]
    assert told["en"]["errors"][0]["message"] == "Wrong"


def test_the_media_type_is_the_standards():
    assert MEDIA_TYPE == "application/problem+json"


# --- sentences for broken bodies -----------------------------------------------------------------------------------


def bodies():
    from chalicelib.catalogue.agencies.wire import AgencyBody, OutageBody, OutageMoveBody, OutageWithdrawalBody
    from chalicelib.catalogue.versions.wire.editing import (
        PublicationBody,
        ReviewBody,
        StartVersion,
        VersionBody,
        WithdrawalBody,
    )
    from chalicelib.digitisation.wire import SignCopy
    from chalicelib.onestop.wire import CompleteTask
    from chalicelib.submission.wire.drafts import Announce, FormBody, OpenDraft
    from chalicelib.submission.wire.submit import Submit

    keeping = [AgencyBody, OutageBody, StartVersion, VersionBody, ReviewBody, PublicationBody, WithdrawalBody]
    changing = [OutageMoveBody, OutageWithdrawalBody]
    return [SignCopy, CompleteTask, Announce, FormBody, OpenDraft, modelled(Submit), *keeping, *changing]


ODD = [None, True, 0, -1, 1.5, "", "x", "x" * 5000, [], {}, [1], {"a": 1}, "0123", 10**30]


@pytest.mark.parametrize("model", bodies(), ids=lambda m: m.__name__)
def test_every_rule_that_a_body_can_break_has_a_vietnamese_sentence(model):
    broken = set()
    texts = ["", "{", "[]", "null", "7", '"x"', "{}", json.dumps({"extra": 1})]
    texts += [json.dumps({name: value}) for name in model.model_fields for value in ODD]
    for text in texts:
        try:
            model.model_validate_json(text)
        except ValidationError as error:
            broken |= {e["type"] for e in error.errors()}
    assert broken - {"json_invalid"} <= VIETNAMESE.keys(), "kernel.body reads the text and has its own sentences"


class Sample(BaseModel):
    model_config = ConfigDict(extra="forbid")
    number: int = Field(ge=1)
    deep: dict[str, list[int]] = {}


def test_a_value_is_never_repeated_and_a_place_is_a_json_pointer():
    with pytest.raises(ValidationError) as broken:
        Sample.model_validate_json('{"number": "canary-7", "deep": {"a/b~c": ["canary-8"]}, "canary": 1}')
    found = field_errors(broken.value)
    assert {(f.pointer, f.rule) for f in found} == {
        ("/number", "int_parsing"),
        ("/deep/a~1b~0c/0", "int_parsing"),
        ("/canary", "extra_forbidden"),
    }
    assert "canary-" not in repr(found)


def test_a_pointer_escapes_as_the_standard_says():
    assert pointer(()) == ""
    assert pointer(("a/b", 0, "m~n")) == "/a~1b/0/m~0n"


def test_a_rule_without_a_sentence_still_has_words():
    class Odd(BaseModel):
        at: float

    with pytest.raises(ValidationError) as broken:
        Odd.model_validate_json('{"at": "x"}')
    (field,) = field_errors(broken.value)
    assert field.message_vi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.law import qr
from chalicelib.law.qr import BadQrPayload, MissingQrField, qr_payload

MINIMUM = {
    "dossier_code": "H01.10.24-261125-0001",
    "procedure_code": "1.001193",
    "person_id": "*********999",
    "document_name": "Giấy khai sinh",
    "system_name": "Một Cửa",
    "published_at": "2026-11-25T10:00:00+07:00",
}
RECEIPT = MINIMUM | {"due_at": "2026-11-30T23:59:59+07:00"}


@pytest.mark.rule("R33", "schema")
def test_the_code_carries_the_minimum_fields_in_the_order_of_the_circular():
    text = qr_payload(dict(reversed(MINIMUM.items())))
    said = "other|H01.10.24-261125-0001|1.001193|*********999|Giấy khai sinh|Một Cửa|2026-11-25T10:00:00+07:00"
    assert text == f"MC2|{said}|"
    assert qr.parse(text) == {"paper": "other", **MINIMUM}
    assert qr.parse(f"MC1|{said}") == {"paper": "other", **MINIMUM}, "a paper of the first release"


def test_the_code_leads_to_where_the_paper_can_be_asked_about():
    known = MINIMUM | {"lookup_url": "https://motcua.example.vn/v1/verifications/7K3D9M2QW8XZ4T1B"}
    assert qr.parse(qr_payload(known)) == {"paper": "other", **known}


@pytest.mark.rule("R33", "receipt", "result")
def test_a_receipt_adds_the_due_date_and_a_result_its_validity_if_any():
    assert qr.parse(qr_payload(RECEIPT, paper="receipt")) == {"paper": "receipt", **RECEIPT}
    assert qr.parse(qr_payload(MINIMUM, paper="result")) == {"paper": "result", **MINIMUM}
    limited = MINIMUM | {"validity": "2026-11-25/2027-11-25", "scope": "toàn quốc"}
    assert qr.parse(qr_payload(limited, paper="result")) == {"paper": "result", **limited}


@pytest.mark.rule("R33", "schema")
@pytest.mark.parametrize("name", list(RECEIPT))
@pytest.mark.parametrize("blank", [None, "", "  "])
def test_a_missing_or_blank_field_is_named(name, blank):
    fields = {key: value for key, value in RECEIPT.items() if key != name}
    with pytest.raises(MissingQrField, match=f"^the QR code needs {name}$") as refusal:
        qr_payload(fields if blank is None else fields | {name: blank}, paper="receipt")
    assert refusal.value.field == name


def test_unknown_fields_and_papers_are_refused():
    with pytest.raises(BadQrPayload) as refusal:
        qr_payload(RECEIPT | {"scope": "x"})
    assert str(refusal.value) == "fields that a other has not: due_at, scope"
    with pytest.raises(BadQrPayload) as refusal:
        qr_payload(MINIMUM, paper="poster")
    assert str(refusal.value) == "the paper is a receipt, a result or other"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "MC1",
        "MC3|other|a|b|c|d|e|f",
        "MC2|other|a|b|c|d|e|f",
        "MC1|poster|a|b|c|d|e|f",
        "MC1|other|a|b|c|d|e",
        "https://a.vn",
    ],
)
def test_a_code_of_another_system_is_refused(text):
    with pytest.raises(BadQrPayload) as refusal:
        qr.parse(text)
    assert str(refusal.value) == "not a code of this system"


def test_what_splits_the_code_is_escaped_and_nothing_else_is():
    signs = "%|" + "".join(map(chr, range(32)))
    plain = "".join(chr(sign) for sign in range(32, 127) if chr(sign) not in signs)
    assert qr_payload(MINIMUM | {"document_name": plain}).split("|")[5] == plain
    text = qr_payload(MINIMUM | {"document_name": f"Ấ {signs} ~"})
    said = text.split("|")[5]
    assert said.startswith("Ấ %25%7C%00%01")
    assert said.endswith("%1E%1F ~")
    assert len(said) == len("Ấ  ~") + 3 * len(signs)


def test_a_code_with_an_emptied_field_is_refused():
    with pytest.raises(MissingQrField, match="person_id"):
        qr.parse("MC2|other|a|b||d|e|f|")


@pytest.mark.rule("R33")
@given(st.text(min_size=1).filter(lambda text: text.strip()))
def test_any_name_survives_the_code(name):
    text = qr_payload(MINIMUM | {"document_name": name})
    assert qr.parse(text)["document_name"] == name
    assert "\n" not in text

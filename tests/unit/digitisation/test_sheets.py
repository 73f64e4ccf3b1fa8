"""Which dossier a code names: one of our papers', the dossier's own code or reference, or that of a sheet."""

import pytest

from chalicelib.digitisation.sheets import Named, named_by
from chalicelib.law.qr import qr_payload

CODE, REFERENCE = "H01.10.24-20261126-0000001", "MC-7K3D9M2QW8XZ4T1B"
RECEIPT = {
    "dossier_code": CODE,
    "procedure_code": "1.001193",
    "person_id": "0010******98",
    "document_name": "RECEIPT",
    "system_name": "Một Cửa",
    "published_at": "2026-11-26T09:00:00+07:00",
    "due_at": "2026-11-27",
}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (CODE, Named(CODE)),
        (f"  {REFERENCE}\n", Named(REFERENCE)),
        ("H01.10.24-261126-0001", Named("H01.10.24-261126-0001")),
        (qr_payload(RECEIPT, paper="receipt"), Named(CODE)),
        (f"MC-SHEET|{CODE}|KQ003785", Named(CODE, "KQ003785", is_sheet=True)),
        (f"MC-SHEET|{REFERENCE}|", Named(REFERENCE, "", is_sheet=True)),
        (f"MC-SHEET|{REFERENCE}", Named(REFERENCE, "", is_sheet=True)),
    ],
)
def test_a_code_names_its_dossier(text, named):
    assert named_by([text]) == (named,)


@pytest.mark.parametrize(
    "text",
    ["", "https://example.vn/x", "8934567890123", "MC-7K3D", f"{CODE} and more", "MC-SHEET|nothing|x", "MC1|receipt|x",
     "../../etc/passwd", f"x{REFERENCE}", "h01.10.24-20261126-0000001"],
)  # fmt: skip
def test_what_is_on_papers_beside_ours_names_nothing(text):
    assert named_by([text]) == ()


def test_a_dossier_is_named_once_and_a_sheet_comes_first():
    sheet = f"MC-SHEET|{CODE}|A"
    assert named_by([CODE, sheet, CODE]) == (Named(CODE, "A", is_sheet=True),)
    assert named_by([CODE, REFERENCE]) == (Named(CODE), Named(REFERENCE))

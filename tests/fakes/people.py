"""The people, the agencies and the procedure of the tests: one birth registration in an invented commune."""

import copy
import json
import zlib
from copy import replace
from datetime import date
from pathlib import Path
from typing import Any

from chalicelib.forms.evaluate import evaluate
from chalicelib.forms.form import form_of
from chalicelib.kernel.access import Principal

DATA = Path(__file__).parents[2] / "chalicelib" / "catalogue" / "data"
PROCEDURE = "1.001193"
BIRTH_NOTICE = "000.00.00.G15-KQ004389"
RESIDENCE = "000.00.00.G15-KQ003785"
OFFICE = {
    "id": "H01.10.24",
    "name": "Ủy ban nhân dân xã Vĩnh Phước",
    "one_stop": "Trung tâm Phục vụ hành chính công xã Vĩnh Phước",
    "place": "Vĩnh Phước",
}
OTHER_OFFICE = {**OFFICE, "id": "H01.10.25", "name": "Ủy ban nhân dân xã Thạnh Mỹ", "place": "Thạnh Mỹ"}
FORM: dict[str, Any] = {
    "case": {"parents": "Có cha và mẹ", "surrogacy": False, "residence_known": True},
    "birth_proof": "Giấy chứng sinh",
    "child": {
        "full_name": "Lê Nguyễn Gia Khánh",
        "sex": "Nam",
        "born_on": "2026-11-18",
        "place_of_birth": "Bệnh viện Đa khoa tỉnh Vĩnh Long",
        "ethnicity": "Kinh",
        "nationality": "Việt Nam",
        "home_town": "xã Vĩnh Phước, tỉnh Vĩnh Long",
    },
    "mother": {
        "full_name": "Nguyễn Thị Bích Liễu",
        "year_of_birth": 1995,
        "ethnicity": "Kinh",
        "nationality": "Việt Nam",
        "residence": "Thôn 3, xã Vĩnh Phước, tỉnh Vĩnh Long",
    },
    "requester": {"relationship": "Mẹ", "phone": "0912345678"},
}

CITIZEN = Principal("citizen-1", "CITIZEN", "Nguyễn Thị Bích Liễu", 2, "001195012345", own=True)
NEIGHBOUR = Principal("citizen-2", "CITIZEN", "Trần Văn Thưởng", 2, "001093054321", own=True)
HALF_KNOWN = Principal("citizen-3", "CITIZEN", "Lê Thị Út", 1, "001195000777", own=True)


def number_of(subject: str) -> str:
    """A personal number for an officer, always the same: of a province that no number has."""
    return f"0991{zlib.crc32(subject.encode()) % 10**8:08d}"


def officer(*roles: str, agency: str = OFFICE["id"], name: str = "Phan Bích Lượng") -> Principal:
    """An officer of an agency, with a number of their own; see `without_number`."""
    subject = f"officer-{'-'.join(roles)}"
    return Principal(subject, "OFFICER", name, 1, number_of(subject), agency, frozenset(roles))


def colleague(who: Principal, subject: str, **changes: Any) -> Principal:
    """Another person with the same rights as an officer."""
    return replace(who, subject=subject, personal_id=number_of(subject), **changes)


def without_number(who: Principal) -> Principal:
    """The same officer by an account of which nobody says a personal number."""
    return replace(who, personal_id="")


RECEPTION, PROCESSING, LEADER = officer("reception"), officer("processing"), officer("leader", name="Đặng Trọng Nghĩa")
SCANNER = officer("reception", "scanning")


def facts() -> dict[str, Any]:
    """The shipped facts of the procedure."""
    found: dict[str, Any] = json.loads((DATA / "services" / f"{PROCEDURE}.json").read_text("utf-8"))["facts"]
    return found


def review() -> dict[str, Any]:
    """The review of the procedure as the local cloud has it."""
    findings = json.loads((DATA / "examples" / "reviews.json").read_text("utf-8"))[PROCEDURE]
    return {"findings": findings}


def form_document() -> dict[str, Any]:
    """The shipped form of the procedure."""
    found: dict[str, Any] = json.loads((DATA / "forms" / f"{PROCEDURE}.json").read_text("utf-8"))
    return found


def form(**changes: Any) -> dict[str, Any]:
    """A valid form; `changes` are put over its parts (`child={"sex": "x"}`)."""
    filled = copy.deepcopy(FORM)
    for part, fields in changes.items():
        filled[part] = {**filled.get(part, {}), **fields}
    return filled


def kept(values: dict[str, Any], today: date = date(2026, 11, 25)) -> dict[str, Any]:
    """A form as the server keeps it: what is computed is computed there."""
    return evaluate(form_of(form_document()), values, today).values

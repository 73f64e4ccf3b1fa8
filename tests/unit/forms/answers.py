"""A complete answer to each of the seven forms, and the forms themselves."""

import copy
import json
from datetime import date
from pathlib import Path

from chalicelib.forms.form import Form, Rule, Ui, form_of
from chalicelib.forms.subjects import ABROAD, HOUSEHOLD, ORGANISATION, PERSON

FOLDER = Path(__file__).parents[3] / "chalicelib" / "catalogue" / "data" / "forms"
DOCUMENTS = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))}
FORMS = {code: form_of(document) for code, document in DOCUMENTS.items()}
TODAY = date(2026, 11, 25)

MOTHER = {
    "full_name": "Nguyễn Thị Sen",
    "year_of_birth": 1995,
    "ethnicity": "Kinh",
    "nationality": "Việt Nam",
    "residence": "Thôn 3, xã Vĩnh Phước",
    "personal_id": "001195012345",
}
MAN = {
    "full_name": "Lê Văn Nam",
    "personal_id": "001095012345",
    "born_on": "1995-05-06",
    "ethnicity": "Kinh",
    "nationality": "Việt Nam",
    "residence": "Thôn 3, xã Vĩnh Phước",
    "marital_status": "Chưa kết hôn",
}
OWNER = {
    "full_name": "Trần Thị Hoa",
    "personal_id": "001180012345",
    "born_on": "1980-02-29",
    "phone": "0912345678",
}
RENTED = "Chỗ ở hợp pháp do thuê, mượn, ở nhờ"

COMPLETE = {
    "1.001193": {
        "case": {"parents": "Có cha và mẹ", "surrogacy": False, "residence_known": True},
        "child": {
            "full_name": "Lê Gia Khánh",
            "sex": "Nam",
            "born_on": "2026-11-18",
            "place_of_birth": "Bệnh viện Đa khoa",
            "ethnicity": "Kinh",
            "nationality": "Việt Nam",
            "home_town": "xã Vĩnh Phước",
        },
        "mother": MOTHER,
        "father": MOTHER | {"full_name": "Lê Văn Nam", "personal_id": "001095012345"},
        "requester": {"relationship": "Ông", "full_name": "Lê Văn Tư", "personal_id": "001060012345"},
        "birth_proof": "Giấy chứng sinh",
        "marriage": {
            "is_registered": True,
            "certificate_number": "12/2020",
            "registered_on": "2020-03-04",
            "registered_at": "xã Vĩnh Phước",
        },
        "copies": 3,
    },
    "1.000894": {
        "man": MAN | {"marital_status": "Đã ly hôn hoặc hủy kết hôn", "ended_abroad": True, "end_noted": True},
        "woman": MAN | {"full_name": "Trần Thị Mai", "personal_id": "001197012345", "born_on": "1997-05-06"},
        "contact": {"phone": "0912345678", "email": "nam@example.vn"},
        "copies": 2,
    },
    "1.004222": {
        "case": RENTED,
        "declarant": OWNER,
        "address": "12 phố Huế, phường Hai Bà Trưng",
        "head": {"full_name": "Trần Thị Hoa", "relationship": "Chủ hộ"},
        "members": [{"full_name": "Trần Văn Bé", "personal_id": "001210012345", "relationship": "Con"}],
        "rented": {"contract": "12/HĐ ngày 01/02/2026", "is_certified": True, "floor_area": 20.5},
    },
    "1.001612": {
        "owner": OWNER | {"address": "12 phố Huế, phường Hai Bà Trưng", "has_account": False, "card_copied": True},
        "business": {
            "name": "Hộ kinh doanh Hoa Sen",
            "address": "12 phố Huế, phường Hai Bà Trưng",
            "capital_vnd": 50_000_000,
            "lines": [{"name": "Bán lẻ hoa"}],
        },
        "founder": "Các thành viên hộ gia đình",
        "members": [{"full_name": "Trần Văn Bé", "personal_id": "001210012345"}],
        "members_authorise": True,
        "filing": "Ủy quyền cho tổ chức",
        "agent": {
            "name": "Công ty Dịch vụ",
            "personal_id": "001185012345",
            "document": "HĐ 5/2026",
            "has_contract": True,
            "has_letter": True,
        },
    },
    "U.000001": {
        "customer": "Cá nhân, hộ gia đình",
        "person": {"full_name": "Trần Thị Hoa", "personal_id": "001180012345"},
        "contact": {"phone": "0912345678"},
        "premises": {"address": "12 phố Huế, phường Hai Bà Trưng", "right": "Thuê hoặc mượn", "owner_consents": True},
        "purpose": "Sinh hoạt",
        "people": 4,
        "wanted_on": "2026-12-01",
        "terms_read": True,
    },
    "2.002622": {
        "death": {
            "full_name": "Lê Văn Thuận",
            "personal_id": "086045001234",
            "died_on": "2026-11-20",
            "allowance": "Người có công",
            "ends_benefit": True,
        },
        "applicant": {
            "full_name": "Trần Thị Hoa",
            "personal_id": "001180012345",
            "born_on": "1980-02-29",
            "address": "12 phố Huế, phường Hai Bà Trưng",
        },
        "contact": {"phone": "0912345678"},
        "request": "Đăng ký khai tử, xóa thường trú và trợ cấp cho cha tôi",
    },
}
COMPLETE["2.002621"] = COMPLETE["1.001193"] | {
    "bundle": {
        "declarant": "Nguyễn Thị Sen",
        "declarant_id": "001195012345",
        "declarant_born_on": "1995-04-12",
        "phone": "0912345678",
        "address": "Thôn 3, xã Vĩnh Phước",
        "owner_consents": True,
        "wants_card": True,
    }
}
"""The bundle of a birth asks what the birth alone does, and what its other children need."""

GROUNDS = {
    "Phương tiện thuộc quyền sở hữu của mình dùng để ở": {
        "vehicle": {"registration": "HN-0012", "stands_where_registered": False, "commune_confirms": True}
    },
    "Chỗ ở hợp pháp thuộc quyền sở hữu của mình": {"own": {"land_certificate": "CS 012345"}},
    "Chỗ ở hợp pháp không thuộc quyền sở hữu của mình (khoản 2 Điều 20 Luật Cư trú)": {
        "relative": {"relationship": "Con", "owner_consents": True}
    },
    RENTED: {"rented": COMPLETE["1.004222"]["rented"]},
    "Cơ sở tín ngưỡng, cơ sở tôn giáo có công trình phụ trợ là nhà ở": {
        "religious": {
            "name": "Chùa Một Cột",
            "ground": "Điểm d khoản 4 Điều 20 Luật Cư trú",
            "commune_confirms": True,
        }
    },
    "Nơi nhận chăm sóc, nuôi dưỡng, trợ giúp": {
        "care": {"name": "Mái ấm", "kind": "Cơ sở trợ giúp xã hội", "has_confirmation": True, "has_request": True}
    },
    "Nơi đơn vị đóng quân trong Công an nhân dân, Quân đội nhân dân": {
        "barracks": {"name": "Đơn vị 12", "force": "Quân đội nhân dân", "has_letter": True}
    },
}

ADDRESS = "12 phố Huế, phường Hai Bà Trưng"
CONTACTED = {"contact": {"phone": "0912345678"}, "request": "Đề nghị giải quyết"}
ANSWERS = {
    PERSON: {"applicant": {key: OWNER[key] for key in ("full_name", "personal_id", "born_on")} | {"address": ADDRESS}},
    ABROAD: {
        "applicant": {"full_name": "Anne Lê", "passport": "C1234567", "born_on": "1980-01-01", "address": "Paris"}
    },
    ORGANISATION: {"organisation": {"name": "Công ty Hoa Sen", "address": ADDRESS, "representative": "Trần Thị Hoa"}},
    HOUSEHOLD: {"household": {"head": "Trần Thị Hoa", "personal_id": "001180012345", "address": ADDRESS}},
}
"""Each kind of applicant's answer to a plain form, beside what all are asked (`CONTACTED`)."""


def residence(case):
    """A complete answer for one of the seven cases."""
    common = {name: value for name, value in COMPLETE["1.004222"].items() if name != "rented"}
    return copy.deepcopy(common | {"case": case} | GROUNDS[case])


def changed(answer, *changes):
    """A copy with values put at pointers; `...` takes the place away."""
    copied = copy.deepcopy(answer)
    for pointer, value in changes:
        *way, last = pointer.strip("/").split("/")
        place = copied
        for name in way:
            place = place[int(name) if isinstance(place, list) else name]
        if value is ...:
            del place[last]
        else:
            place[int(last) if isinstance(place, list) else last] = value
    return copied


def form_with(*rules, schema=None):
    """A form of nothing but rules; each is a check of `/a` unless it says otherwise."""
    words = {"kind": "check", "target": "/a", "message_vi": "v", "message_en": "e", "cites": None}
    return Form(
        format="motcua-form/1",
        id="x",
        procedure="x",
        title_vi="x",
        title_en="x",
        schema=schema or {"type": "object"},
        ui=Ui(pages=(), fields={}),
        rules=tuple(Rule(**{**words, "id": f"r{at}", **given}) for at, given in enumerate(rules)),
    )

"""Whose a paper of a former year is: two persons say so before it is in a vault, of whatever kind, whatever it says."""

from io import BytesIO

import pytest
from PIL import Image, ImageDraw, ImageFont

from chalicelib.digitisation.archives.kinds import kinds, title_of
from infra.demo import story
from tests.http.test_archives import opened, paper, put, reached

OLD = "Sổ bộ cũ"
NAME_OF = "Nguyễn Thị Nạn Nhân"
KINDS = ("", *kinds())
STATED = {"chu_so_huu_theo_ban_ke", "so_dinh_danh_theo_ban_ke"}
FACE = "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf"
OWNERS = {  # the labels of who has a paper, where they are not those of every paper
    "giay_chung_sinh": ("Họ và tên mẹ", "Số định danh cá nhân của mẹ"),
    "giay_chung_nhan_ket_hon": ("Họ, chữ đệm, tên vợ", "Giấy tờ tùy thân của vợ"),
    "giay_uy_quyen": ("Họ và tên bên ủy quyền", "Giấy tờ tùy thân bên ủy quyền"),
    "quyet_dinh": ("Họ và tên", "Giấy tờ tùy thân"),
}


def home_made(title, number, kind=""):
    """A picture that anybody draws: a title in capitals, a name, a number."""
    person, identity = OWNERS.get(kind, ("Họ và tên", "Số định danh cá nhân"))
    page = Image.new("L", (1654, 2339), 255)
    draw, face = ImageDraw.Draw(page), ImageFont.truetype(FACE, 40)
    lines = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", title.upper(), "Số: 12/QĐ-UBND",
        f"{person}: {NAME_OF}", f"{identity}: {number}", "Nơi cư trú: Thôn 3, xã Vĩnh Phước, tỉnh Vĩnh Long",
    )  # fmt: skip
    for place, line in enumerate(lines):
        draw.text((150, 150 + 75 * place), line, font=face, fill=10)
    kept = BytesIO()
    page.save(kept, "JPEG", quality=90, dpi=(200, 200))
    return kept.getvalue()


def signed(desk, owner, kind):
    """An archive of one paper of this kind, and its copy that an officer signed."""
    called = title_of(kind) if kind else OLD
    row = {"kind": called, "reads_as": kind, "owner_name": NAME_OF, "owner_number": owner["personal_id"]}
    archive = opened(desk, row)["id"]
    put(desk, archive, "1.jpg", home_made(called, owner["personal_id"], kind))
    copy = reached(desk, archive, "copied")["copy_id"]
    story.sign_copy(desk, copy).ok(202)
    return archive, copy


@pytest.fixture(scope="module")
def forged(where):
    """One officer opens an archive with a line of every kind, draws the papers, signs and says all that they may."""
    alone, victim = story.officer(where, "reception"), story.somebody() | {"name": NAME_OF}
    rows = [
        {"kind": title_of(kind) if kind else OLD, "reads_as": kind, "owner_name": NAME_OF,
         "owner_number": victim["personal_id"]}
        for kind in KINDS
    ]  # fmt: skip
    archive = opened(alone, *rows)["id"]
    for number, kind in enumerate(KINDS, 1):
        put(alone, archive, f"{number}.jpg", home_made(rows[number - 1]["kind"], victim["personal_id"], kind))
    copies = [reached(alone, archive, "copied", line)["copy_id"] for line in range(2, len(KINDS) + 2)]
    for copy in copies:
        story.sign_copy(alone, copy).ok(202)
    for copy in copies:
        story.look_over(copy, alone)
    return alone, victim, archive


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind or "no kind")
def test_one_officer_alone_puts_a_paper_of_no_kind_at_all_into_a_vault(where, forged, kind):
    alone, victim, archive = forged
    line = KINDS.index(kind) + 2
    seen = paper(alone, archive, line)
    assert (seen["step"], seen["code"]) == ("in_review", None)
    fields = {each["name"]: each for each in alone.get(f"/v1/reviews/{seen['copy_id']}").ok().body["fields"]}
    for name, said in zip(sorted(STATED), (NAME_OF, victim["personal_id"]), strict=True):
        asked = fields[name]
        assert (asked["value"], asked["second_person"], asked["closed"], asked["mine"]) == (said, True, False, False)
    assert story.look_over(seen["copy_id"], alone) == 0, "the same officer is nobody else"


def test_the_vault_has_nothing_of_all_that_one_officer_said(where, forged):
    _, victim, _ = forged
    assert story.citizen(where, **victim).get("/v1/vault/documents").ok().body["documents"] == []


@pytest.mark.parametrize("kind", ["quyet_dinh", "giay_uy_quyen", ""], ids=lambda kind: kind or "no kind")
def test_two_officers_who_say_name_and_number_bring_a_paper_into_the_vault(where, kind):
    desk, owner = story.officer(where, "reception"), story.somebody()
    me, archive, copy = story.citizen(where, **owner), *signed(desk, owner, kind)
    assert story.look_over(copy, desk)
    assert story.look_over(copy, story.second(where))
    kept = reached(desk, archive, "stored")
    (document,) = story.until("the vault", lambda: me.get("/v1/vault/documents").ok().body["documents"])
    assert (document["id"], document["title"], document["provenance"], document["owner_compared"]) == (
        kept["code"], title_of(kind), "CONVERTED_SIGNED", "name_and_number_by_two",
    )  # fmt: skip
    told = desk.get(f"/v1/verifications/{kept['code']}?sha256={document['sha256']}").ok().body
    assert told["owner_compared"] == kept["owner_compared"] == "name_and_number_by_two"


@pytest.mark.parametrize("said", [{"verb": "cannot_read"}, {"verb": "correct", "value": "079198000128"}], ids=str)
def test_a_number_that_a_second_officer_does_not_find_to_be_the_owners_refuses_the_file(where, said):
    desk, victim = story.officer(where, "reception"), story.somebody()
    archive, copy = signed(desk, victim, "quyet_dinh")
    assert story.look_over(copy, desk)
    answer(story.second(where), copy, said)
    answer(desk, copy, {"verb": "confirm"} if "value" in said else said)  # what another says waits for somebody else
    assert reached(desk, archive, "refused")["reason_code"] == "other_owner"
    assert story.citizen(where, **victim).get("/v1/vault/documents").ok().body["documents"] == []


def answer(desk, copy, said):
    """An officer says this of the number, and confirms whatever else they may."""
    seen = desk.get(f"/v1/reviews/{copy}").ok()
    mine = {each["name"]: {"verb": "confirm"} for each in seen.body["fields"] if each["mine"]}
    answers = [{"field": name, **verb} for name, verb in (mine | {"so_dinh_danh_theo_ban_ke": said}).items()]
    version = int(seen.headers["ETag"].strip('"'))
    desk.post(f"/v1/reviews/{copy}/answers", {"answers": answers}, version=version).ok()

"""No page denies what is built: what sounds like it was looked at, and a new sentence of the kind is named."""

import pytest

from infra.reference import denials
from infra.reference.denials import FIRST_PAGES, Sentence, has_to_be_reviewed, prose, sentences, unreviewed

PLANTED = [
    "Supplements have not been implemented.",
    "Several agencies in one dossier are not supported yet.",
    "Postal filing is on our roadmap.",
    "Một Cửa knows no way to refuse a dossier.",
    "The system lacks support for mandates.",
    "Withdrawing a dossier has to be done outside this software.",
    "Notices by SMS are still missing.",
    "There is no withdrawal.",
    "E-mail to applicants remains to be written.",
    "A later release will bring petitions.",
    "For the time being a dossier goes to one agency.",
    "The vault cannot be shared so far.",
    "Only one procedure is carried out.",
    "Measurement is left for another project.",
    "Refusals exist as a stub.",
    "We hope to add the national portal soon.",
    "Bundles are under construction.",
    "The counter isn't served by this product.",
    "Mandates must wait for the next version.",
    "The product doesn't handle complaints.",
    "Nobody has built a feed of events.",
    "Extension: TBD.",
    "Hệ thống chưa hỗ trợ bổ sung hồ sơ.",
    "Không có chức năng rút hồ sơ.",
    "Việc thông báo qua SMS sẽ được bổ sung ở phiên bản sau.",
    "Hiện chỉ làm một thủ tục tại một cơ quan.",
    "Chức năng ủy quyền đang phát triển.",
    "Applicants get no word by SMS.",
    "Complaints go unanswered by this product.",
    "A mandate is nothing that it would understand.",
    "Nobody has got round to papers of former years: archives stay on paper.",
    "Archives of former years stay on paper.",
    "Restoring tables remains manual work;",
    "A command would help here.",
    "Results travel by e-mail alone:",
    "The post was dropped from the plan.",
    "Việc khôi phục bảng vẫn làm thủ công.",
    "Kết quả chỉ qua thư điện tử.",
    "Bưu chính đã bị loại khỏi danh sách.",
    "Thanh toán trực tuyến nằm ngoài khả năng của phần mềm.",
]


@pytest.mark.parametrize("text", PLANTED)
def test_a_denial_is_named_wherever_it_is_planted(text):
    for place in ("docs/explanation/tasks.md", "Makefile", "motcua demo", "chalicelib/vault/__init__.py"):
        assert has_to_be_reviewed(Sentence(place, text)), place
    assert [each.text for each in unreviewed([Sentence("docs/how-to/operate.md", text)])] == [text]


@pytest.mark.parametrize("place", FIRST_PAGES)
def test_on_a_first_page_every_new_sentence_is_named(place):
    said = Sentence(place, "Whoever wants a supplement writes a letter.")
    assert unreviewed([said]) == [said]


@pytest.mark.parametrize(
    "text",
    [
        "Each desk sees its own list, the task due first on top.",
        "A day off is not counted.",
        "Whoever approves reads the draft first.",
        "The officer signs the copy before anything is read from it.",
    ],
)
def test_what_denies_no_feature_is_free_on_other_pages(text):
    assert not has_to_be_reviewed(Sentence("docs/explanation/tasks.md", text))


def report(found):
    """What `make check` says: each sentence with its place on a line of its own."""
    what = (
        "sentences that sound like a denial of a feature: say what there is, or what is not there in"
        " infra/reference/capabilities.json; those that deny none:"
        " `python -m infra.reference.denials --accept REASON`"
    )
    return "\n".join([what, *map(str, found)])


def test_every_sentence_that_sounds_like_a_denial_was_looked_at():
    if found := unreviewed(prose()):
        pytest.fail(report(found), pytrace=False)


def test_the_report_has_every_sentence_and_not_the_first_one_alone():
    said = [Sentence("docs/how-to/operate.md", f"{number} is not built.") for number in range(9)]
    assert [str(each) for each in said] == report(said).splitlines()[1:]


@pytest.mark.parametrize(
    ("arguments", "code", "shown"),
    [
        (["--help"], 0, "--accept REASON  put that into the list"),
        (["-h"], 0, "\npromise: says what never happens"),
        (["--accept"], 2, "promise: says what never happens"),
        (["--accept", "because"], 2, "promise: says what never happens"),
        (["help"], 2, "--accept REASON  put that into the list"),
    ],
)
def test_help_is_help_and_a_wrong_argument_does_nothing(monkeypatch, capsys, arguments, code, shown):
    monkeypatch.setattr(denials, "prose", lambda: pytest.fail("neither reads nor writes the list"))
    monkeypatch.setattr("sys.argv", ["denials", *arguments])
    assert denials.main() == code
    told = capsys.readouterr()
    assert shown in (told.err if code else told.out)


def test_all_places_are_read():
    places = {each.place for each in prose()}
    assert places >= {
        *FIRST_PAGES,
        "CONTRIBUTING.md",
        "Makefile",
        "motcua demo",
        "motcua ops parked",
        "docs/glossary.md",
    }
    assert {"docs/tutorial/first-dossier.md", "docs/adr/0001-record-and-driver.md", "docs/how-to/operate.md"} <= places
    assert {"chalicelib/vault/__init__.py", "GET /v1/services", "`due_at` of the API"} <= places


def test_sentences_are_cut_from_paragraphs_items_and_cells_and_not_from_boxes():
    text = "# Head\n\nOne goes\non. Two; three.\n\n- item\n  goes on\n\n| a b | c. D |\n|---|---|\n"
    text += "\n```bash\nnot prose\n```\n"
    assert list(sentences(text)) == ["Head", "One goes on.", "Two;", "three.", "item goes on", "a b", "c.", "D"]


def test_a_line_without_a_reason_is_refused(monkeypatch, tmp_path):
    path = tmp_path / "denials.txt"
    monkeypatch.setattr(denials, "REVIEWED", path)
    for line in ("because | There is none.", "There is none."):
        path.write_text(f"# a comment\n{line}\n")
        with pytest.raises(ValueError, match="no reason of REASONS"):
            denials.reviewed()
    path.write_text("rule | There is none.\n")
    assert denials.reviewed() == {"There is none.": "rule"}


def test_what_is_accepted_stands_with_its_reason_and_what_is_gone_leaves(monkeypatch, tmp_path):
    path = tmp_path / "denials.txt"
    path.write_text("rule | There is none.\nrule | It is gone, not built.\n")
    monkeypatch.setattr(denials, "REVIEWED", path)
    monkeypatch.setattr(denials, "prose", lambda: iter([Sentence("a", "There is none."), Sentence("b", "No way.")]))
    with pytest.raises(KeyError):
        denials.accept("because")
    assert denials.accept("bound") == 1
    assert denials.reviewed() == {"There is none.": "rule", "No way.": "bound"}

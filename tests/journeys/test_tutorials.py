"""Both tutorials end: each box of commands runs as it is shown against `make serve`, and prints what its page shows."""

import re
import textwrap
import tomllib

import pytest

from tests.support.process import ROOT
from tests.support.tutorial import LOCAL, Dead, boxes, follow, follow_boxes, is_shown

TUTORIALS = sorted((ROOT / "docs" / "tutorial").glob("*.md"), key=lambda page: page.stem)


@pytest.mark.parametrize("page", TUTORIALS, ids=lambda page: page.stem)
def test_a_tutorial_runs_box_by_box_to_its_end(page, tmp_path):
    follow(page, tmp_path / "checkout")


@pytest.mark.parametrize("page", TUTORIALS, ids=lambda page: page.stem)
def test_no_box_waits_without_an_end(page):
    endless = re.compile(r"^\s*(while|until)\b", re.MULTILINE)
    assert [box.line for box in boxes(page) if box.language != "python" and endless.search(box.text)] == []


def test_the_tutorials_are_the_two_of_the_index():
    index = (ROOT / "docs" / "index.md").read_text("utf-8")
    assert sorted(page.stem for page in TUTORIALS) == ["first-dossier", "first-dossier-python"]
    assert all(f"tutorial/{page.stem}\n" in index for page in TUTORIALS)


# --- the reader of this file is no luckier than that of the page ---------------------------------------------------


@pytest.fixture
def page(tmp_path):
    """`page(text)`: the boxes of a page of that text."""

    def write(text):
        path = tmp_path / "page.md"
        path.write_text(textwrap.dedent(text))
        return boxes(path)

    return write


ALIVE = """
    ```bash
    SAID=hello
    ```

    ```bash
    echo $SAID, $(date)
    ```

    ```text
    hello, ...
    ```
"""


def test_what_a_box_defines_the_next_one_has(page, tmp_path):
    follow_boxes(page(ALIVE), tmp_path)


@pytest.mark.parametrize(
    ("planted", "why"),
    [
        ("```bash\nfalse\n```", "line 1: a command of this box fails with 1"),
        ("```bash\nfalse\ntrue\n```", "line 1: a command of this box fails"),
        ("```bash\nfalse | cat\n```", "line 1: a command of this box fails"),
        ("```bash\nX=$(false)\n```", "line 1: a command of this box fails"),
        ("```console\n$ no-such-command\n```", "line 1: a command of this box fails with 127"),
        ("```bash\ntrue\n```\n\n```bash\nexit 0\n```\n\n```bash\ntrue\n```", "line 5: a command of this box fails"),
        ("```bash\necho more\n```", "line 1: prints\nmore"),
        ("```bash\ntrue\n```\n\n```text\nsomething\n```", "and not\nsomething"),
        ("```bash\necho one; echo two\n```\n\n```text\none\n```", "line 1: prints\none\ntwo"),
    ],
)
def test_a_dead_box_is_found_with_its_line(page, tmp_path, planted, why):
    with pytest.raises(Dead, match=re.escape(why)):
        follow_boxes(page(planted), tmp_path)


@pytest.mark.parametrize(
    "planted",
    [
        "```python\nprint(1)\n```",
        "```sh\ntrue\n```",
        "```\ntrue\n```",
        "```text\nhello\n```",
        "```bash\ntrue\n```\n\n```text\n```\n\n```python\n1\n```",
    ],
)
def test_a_box_that_nobody_would_run_is_refused(page, planted):
    with pytest.raises(Dead, match="neither run nor compared"):
        page(planted)


@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize(
    "planted",
    [
        "```bash\necho one > {}result.pdf\n```",
        "Save this as `{}first.py`:\n\n```python\nimport json\n```\n\n```bash\ntrue\n```",
    ],
    ids=["written", "saved"],
)
def test_a_page_leaves_nothing_in_the_checkout_but_in_the_folder_that_git_and_ruff_pass_over(
    page, tmp_path, planted, kept
):
    assert f"/{LOCAL}/" in (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert LOCAL in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["exclude"]
    (home := tmp_path / "checkout").mkdir()
    (home / LOCAL).mkdir()
    todo = page(planted.format(f"{LOCAL}/" if kept else ""))
    if kept:
        follow_boxes(todo, home)
        assert len([*(home / LOCAL).iterdir()]) == 1
    else:
        with pytest.raises(Dead, match=r"leaves in the checkout .*: (result\.pdf|first\.py)"):
            follow_boxes(todo, home)


def test_a_console_that_mixes_commands_with_what_they_print_is_refused(page, tmp_path):
    with pytest.raises(Dead, match="a console box has commands only"):
        follow_boxes(page("```console\n$ echo hello\nhello\n```"), tmp_path)


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a", "a\n", True),
        ("a...", "a\nb\nc", True),
        ("...\nb", "x\ny\nb", True),
        ("a", "b", False),
        ("a...c", "a b", False),
        ("", "a", False),
        ("(a)", "(a)", True),
    ],
)
def test_dots_stand_for_anything_and_nothing_else_does(shown, printed, same):
    assert is_shown(shown, printed) is same

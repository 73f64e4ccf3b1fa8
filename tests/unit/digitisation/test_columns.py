"""The order in which lines are read: columns of running text one after the other, forms row by row."""

from chalicelib.digitisation.columns import in_order
from chalicelib.digitisation.model import Word


def line(text, left, top, width, height=30):
    """Its words side by side, filling the width."""
    words = text.split()
    step = width // len(words)
    box = (left, top, left + width, top + height)
    return [
        Word(word, (left + n * step, top, left + (n + 1) * step - 8, top + height), 0.9, box)
        for n, word in enumerate(words)
    ]


def said(lines):
    return [" ".join(word.text for part in row for word in part) for row in in_order(lines)]


def two(widths, *, drop=0):
    left = [line(f"a{n} b c d", 100, 300 + 45 * n, width) for n, width in enumerate(widths)]
    right = [line(f"e{n} f g h", 720, 300 + drop + 45 * n, width) for n, width in enumerate(widths)]
    return left + right


def test_running_text_is_read_down_its_column():
    rows = said([line("head of the page", 300, 100, 600), *two([500, 495, 502, 498, 240])])
    assert [row.split()[0] for row in rows] == ["head", "a0", "a1", "a2", "a3", "a4", "e0", "e1", "e2", "e3", "e4"]


def test_columns_need_not_stand_at_one_height():
    rows = said(two([500, 495, 502, 498], drop=20))
    assert [row.split()[0] for row in rows] == ["a0", "a1", "a2", "a3", "e0", "e1", "e2", "e3"]


def test_a_form_in_two_columns_is_read_row_by_row():
    rows = said(two([500, 210, 330, 180, 420, 150]))
    assert rows[0] == "a0 b c d e0 f g h"


def test_long_values_do_not_make_running_text_of_a_form():
    left = [line(f"a{n}: b c d", 100, 300 + 45 * n, 500 - n) for n in range(5)]
    right = [line(f"e{n}: f g h", 720, 300 + 45 * n, 500 - n) for n in range(5)]
    assert said(left + right)[0] == "a0: b c d e0: f g h"


def test_the_two_sides_of_a_letterhead_are_rows():
    assert said(two([500, 495]))[0] == "a0 b c d e0 f g h"


def test_what_reaches_across_ends_the_columns():
    foot = line("one line over both of the columns at the foot", 100, 620, 1100)
    assert said([*two([500, 495, 502, 498]), foot])[-1].startswith("one line")

from hypothesis import given
from hypothesis import strategies as st

from words.lines import DIRECTION_MARKS, one_line, wrapped


@given(st.text())
def test_one_line_holds_nothing_unseen_whatever_comes(text):
    line = one_line(text)
    assert "\n" not in line and "\r" not in line and "\0" not in line
    assert not set(line) & set(DIRECTION_MARKS)
    assert one_line(line) == line
    line.encode("utf-8")


def test_what_people_write_stays():
    for name in ('Children\'s "M&S" <Café>', "مركز الشباب", "नमस्ते", "Łódź 🎉"):
        assert one_line(name) == name
    assert one_line("A\r\nB\tC  D") == "A B C D"
    assert one_line("\u202eexe.png") == "exe.png"
    assert one_line("abcdef", 4) == "abc…"


def test_addresses_are_never_broken_and_words_wrap():
    link = "http://127.0.0.1:8000/confirm/" + "x" * 190
    text = wrapped(f"Words before it: {link}\r\n\r\n\r\n{'word ' * 40}")
    assert link in text.split("\n")
    assert max(len(line) for line in text.split("\n") if "http" not in line) <= 72
    assert "\n\n\n" not in text

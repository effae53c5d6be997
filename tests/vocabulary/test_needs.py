"""The vocabulary of the field: phrases, strengths, stems, and what editors are told."""

import pytest
from django.core.exceptions import ValidationError

from places.areas import read_area
from vocabulary import current as kept
from vocabulary.models import CountsAs, Need
from vocabulary.reading import Vocabulary, read_terms, stems


def vocabulary(**terms):
    return Vocabulary.of([(code, "advice", words) for code, words in terms.items()], [])


def test_a_longer_phrase_wins_over_a_shorter_one_inside_it():
    found = vocabulary(first_aid="first aid", mind="mental health first aid").read("A mental health first aid course")
    assert set(found) == {1}


def test_word_endings_capitals_and_marks_do_not_count():
    assert vocabulary(paint="repaint").read("REPAINTING, please!") == {0: 1.0}


def test_a_phrase_counts_once_and_a_longer_one_more():
    words = vocabulary(one="garden:0.4", two="raised bed")
    assert words.read("garden garden garden")[0] == pytest.approx(0.4)
    assert words.read("two raised beds")[1] == pytest.approx(1.5)


def test_short_words_keep_their_letters():
    """The stemmer would make "a" of "aed": every text would ask for a defibrillator."""
    assert vocabulary(defib="aed").read("A walk and a talk") == {}
    assert stems("an AED") == ["an", "aed"]


def test_a_colon_is_a_strength_only_before_a_number():
    assert read_terms("1:1 reading\nbooks : 0.4\n\n") == [("1:1 reading", 1.0), ("books", 0.4)]
    with pytest.raises(ValueError, match="between 0 and 1"):
        read_terms("books:7")


@pytest.mark.parametrize("text", ["", "🙂🙂", "<script>alert(1)</script>", "\0", "x" * 100_000, "求助修理屋顶"])
def test_odd_text_is_read_without_complaint(text):
    assert vocabulary(roof="roof repair").read(text) == {}


@pytest.mark.django_db
def test_the_vocabulary_that_comes_with_the_site_reads_plain_words():
    words = kept.vocabulary()
    read = words.read("Someone to do our books: our treasurer is leaving and we need a bookkeeper")
    assert words.codes[max(read, key=read.get)] == "bookkeeping"


@pytest.mark.django_db
def test_a_change_by_an_editor_is_read_at_once():
    text = "We long for a zorbing afternoon"
    assert kept.vocabulary().read(text) == {}
    Need.objects.create(code="zorbing", name="Zorbing", kind="goods", terms="zorbing")
    words = kept.vocabulary()
    assert [words.codes[n] for n in words.read(text)] == ["zorbing"]
    Need.objects.get(code="zorbing").delete()
    assert kept.vocabulary().read(text) == {}


@pytest.mark.django_db
def test_a_strength_out_of_range_is_refused_in_words():
    with pytest.raises(ValidationError, match="between 0 and 1"):
        Need(code="x", name="X", kind="goods", terms="tree:5").full_clean()
    with pytest.raises(ValidationError):
        Need(code="x", name="X", kind="goods", terms=" \n ").full_clean()


@pytest.mark.django_db
def test_nothing_counts_as_itself_and_no_pair_twice():
    need = Need.objects.first()
    with pytest.raises(ValidationError):
        CountsAs(offered=need, needed=need, share=1).full_clean()
    line = CountsAs.objects.first()
    with pytest.raises(ValidationError):
        CountsAs(offered=line.offered, needed=line.needed, share=0.5).full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "inside", "outside"),
    [
        ("Surrey", "GU1", None),
        ("", "GU1", None),
        ("Across all council depots", "GU1", None),
        ("UK", "GU1", None),
        ("London and South East", "GU1", None),
        ("Within 10 miles of Redhill (RH1)", "RH6", "TW18"),
        ("within 16 km of RH1", "RH6", "TW18"),
        ("Woking", "GU21", "GU1"),
        ("Woking and Guildford", "GU1", "RH1"),
        ("GU7 only", "GU7", "GU1"),
        ("Nottingham", None, "GU1"),
        ("North East England", None, "GU1"),
        ("Scotland", None, "GU1"),
    ],
)
def test_a_place_limit_excludes_and_other_words_do_not(words, inside, outside):
    reach = read_area(words).reach()
    if inside:
        assert reach is None or inside in reach
    if outside:
        assert reach is not None and outside not in reach

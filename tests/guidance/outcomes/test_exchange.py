"""A model as CSV: refused row by row or read whole, and written back as it was read."""

import io

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guidance.models import Mapping, Outcome, SocialValueModel
from guidance.outcomes import exchange, mappings

pytestmark = pytest.mark.django_db
HEAD = "level,code,title,parent,unit\n"


@pytest.fixture
def draft(db):
    """A draft that follows a published version of two outcomes."""
    before = SocialValueModel.objects.create(slug="a", name="A", valid_from="2030-01-01", state="published")
    for code in ("X", "Y"):
        Outcome.objects.create(model=before, code=code, title=f"Outcome {code}")
    return SocialValueModel.objects.create(slug="b", name="B", valid_from="2031-01-01", previous=before)


def read(draft, rows, head=HEAD, **options):
    return exchange.read_lines(draft, (head + rows).encode(), **options)


def test_a_tree_is_read_whatever_the_order_of_its_rows(draft):
    report = read(draft, "measure,M,Hours,C,hours\ncriterion,C,Work,O,\noutcome,O,Jobs,T,\ntheme,T,Growth,,\n")
    assert (report.saved, report.created, report.listed) == (True, 4, [])
    assert draft.outcomes.get(code="M").parent.parent.parent.code == "T"


@pytest.mark.parametrize(
    ("rows", "row", "words"),
    [
        ("outcome,O,Jobs,,\noutcome,O,Skills,,\n", 3, "stands in row 3 already"),
        ("criterion,C,Work,NONE,\n", 2, "is not in the file"),
        ("criterion,C,Work,,\n", 2, "needs a parent"),
        ("outcome,A,One,B,\noutcome,B,Two,A,\n", 2, "go round in a circle"),
        ("outcome,A,One,A,\n", 2, "go round in a circle"),
        ("outcome,A,One,,\noutcome,B,Two,A,\n", 3, "stands under theme, not under a outcome"),
        ("theme,T,One,,\ncriterion,C,Two,T,\n", 3, "stands under outcome"),
        ("goal,G,One,,\n", 2, "is not one of theme, outcome, criterion, measure"),
        ("outcome,,One,,\n", 2, "The code is missing"),
        ("outcome,O,,,\n", 2, "The title is missing"),
        ("outcome,O,One,,hours\n", 2, "Only a measure has a unit"),
        ("outcome,O,One,,\nmeasure,M,Two,O,miles\n", 3, "is not one of hours"),
        (f"outcome,O,{'x' * 301},,\n", 2, "longer than 300"),
    ],
)
def test_a_faulty_row_is_named_and_nothing_is_saved(rows, row, words, draft):
    report = read(draft, "outcome,GOOD,Fine,,\n" + rows)
    assert not report.saved
    assert row + 1 in [number for number, found in report.listed if words in found]
    assert not draft.outcomes.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"code,title\nA,B\n", "A column is missing: level"),
        (b"level,code,code,title\n", "twice: code"),
        (b"PK\x03\x04\0\0\0binary", "is damaged or has a password"),
    ],
)
def test_a_file_that_is_no_model_is_refused_as_a_whole(data, words, draft):
    report = exchange.read_lines(draft, data)
    assert words in report.listed[0][1]
    assert not report.saved


def test_a_workbook_is_read_as_a_csv_is(draft):
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (["Level", "Code", "Title", "Parent"], ["outcome", 7, "Jobs", None], ["criterion", 7.5, "Skills", 7]):
        book.active.append(row)
    book.save(out)
    report = exchange.read_lines(draft, out.getvalue())
    assert (report.saved, report.created, report.listed) == (True, 2, [])
    assert list(draft.outcomes.order_by("code").values_list("code", "parent__code")) == [("7", None), ("7.5", "7")]


def test_utf_16_as_excel_saves_unicode_text_is_read(draft):
    assert exchange.read_lines(draft, "level\tcode\ttitle\noutcome\tO\tCafé\n".encode("utf-16")).saved
    assert draft.outcomes.get().title == "Café"


def test_a_quotation_mark_that_swallows_rows_is_said_with_its_row(draft):
    report = exchange.read_lines(draft, b'level,code,title\noutcome,O,"One\noutcome,P,Two\n')
    assert not report.saved
    assert "quotation mark" in report.listed[0][1]


def test_a_semicolon_is_as_good_as_a_comma(draft):
    assert exchange.read_lines(draft, b"level;code;title\noutcome;O;One\n").saved


def test_every_fault_is_listed_at_once(draft):
    report = read(draft, "goal,A,One,,\noutcome,B,,,\ncriterion,C,Two,NONE,\n")
    assert [row for row, _ in report.listed] == [2, 3, 4]


def test_windows_letters_and_the_byte_order_mark_are_read(draft):
    exchange.read_lines(draft, "\ufefflevel,code,title\noutcome,O,Café\n".encode())
    assert draft.outcomes.get().title == "Café"
    exchange.read_lines(draft, "level,code,title\noutcome,O,Café – £5\n".encode("cp1252"))
    assert draft.outcomes.get().title == "Café – £5"


def test_reading_twice_changes_nothing_and_a_check_saves_nothing(draft):
    assert read(draft, "outcome,O,Jobs,,\n", save=False).created == 1
    assert not draft.outcomes.exists()
    read(draft, "outcome,O,Jobs,,\n")
    again = read(draft, "outcome,O,Jobs,,\n")
    assert (again.created, again.changed, again.unchanged) == (0, 0, 1)
    assert read(draft, "outcome,O,Work,,\n").changed == 1


def test_a_published_version_takes_no_lines(draft):
    report = read(draft.previous, "outcome,O,Jobs,,\n")
    assert "its lines don’t change" in report.listed[0][1]


@pytest.mark.parametrize("slug", ["central-2020", "central-2025", "central-2026"])
def test_what_is_written_is_read_back_the_same(slug):
    shipped = SocialValueModel.objects.get(slug=slug)
    copy = SocialValueModel.objects.create(slug="copy", name="Copy", valid_from=shipped.valid_from)
    assert exchange.read_lines(copy, exchange.write_lines(shipped).encode()).saved
    assert exchange.write_lines(copy) == exchange.write_lines(shipped)


def test_a_title_that_looks_like_a_formula_goes_out_guarded_and_comes_back(draft):
    Outcome.objects.create(model=draft, code="-1", title="=1+1")
    text = exchange.write_lines(draft)
    assert "'=1+1" in text
    assert "'-1" in text
    read(draft, "", head=text)
    assert [(o.code, o.title) for o in draft.outcomes.all()] == [("-1", "=1+1")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(data=st.binary(max_size=300))
def test_no_file_makes_the_reader_fall_over(data, draft):
    exchange.read_lines(draft, b"level,code,title\n" + data, save=False)
    mappings.read(draft, b"from,to,relation\n" + data, save=False)


def map_rows(draft, rows, **options):
    return mappings.read(draft, ("from,to,relation,share\n" + rows).encode(), **options)


@pytest.fixture
def lined(draft):
    read(draft, "outcome,P,One,,\noutcome,Q,Two,,\n")
    return draft


@pytest.mark.parametrize(
    ("rows", "row", "words"),
    [
        ("Z,P,same,\n", 2, "not a line of the version before"),
        ("X,Z,same,\n", 2, "not a line of this version"),
        ("X,P,likewise,\n", 2, "is not one of same"),
        ("X,P,dropped,\n", 2, "leads to nothing"),
        ("X,,same,\n", 2, "a line on both sides"),
        ("X,P,new,\n", 2, "comes from nothing"),
        ("X,P,same,\nX,P,same,\n", 3, "stands in row 2 already"),
        ("X,P,same,\nX,Q,same,\n", 3, "goes to several lines"),
        ("X,P,split,40\nX,Q,split,50\n", 3, "add up to 90, not 100"),
        ("X,P,split,100\n", 2, "goes to one line only"),
        ("X,P,same,50\n", 2, "its share is 100"),
        ("X,P,split,0\nX,Q,split,100\n", 2, "whole number from 1 to 100"),
        ("X,P,split,½\nX,Q,split,100\n", 2, "whole number from 1 to 100"),
    ],
)
def test_a_mapping_that_cannot_be_is_named_row_by_row(rows, row, words, lined):
    report = map_rows(lined, rows)
    assert [number for number, found in report.listed if words in found] == [row]
    assert not Mapping.objects.filter(target__model=lined).exists()


def test_a_mapping_is_replaced_whole_and_read_back_the_same(lined):
    assert map_rows(lined, "X,P,split,60\nX,Q,split,40\nY,,dropped,\n").saved
    text = mappings.write(lined)
    assert map_rows(lined, "X,P,same,\nY,,dropped,\n,Q,new,\n").saved
    assert mappings.of_model(lined).count() == 3
    assert mappings.missing(lined) == ([], [])
    assert mappings.read(lined, text.encode()).saved
    assert mappings.write(lined) == text


def test_what_is_not_mapped_is_named(lined):
    map_rows(lined, "X,P,same,\n")
    before, now = mappings.missing(lined)
    assert ([o.code for o in before], [o.code for o in now]) == (["Y"], ["Q"])


def test_only_verified_and_checkable_lines_are_shipped():
    shipped = Outcome.objects.filter(model__slug__startswith="central")
    assert set(shipped.values_list("confidence", flat=True)) == {"V", "C"}
    assert not shipped.filter(code__in=["O5", "O6", "Outcome 3", "Outcome 5", "Outcome 8"]).exists()


def test_an_editor_reads_a_file_on_the_screen(draft, people, client):
    from django.contrib.auth.models import Group
    from django.core.files.uploadedfile import SimpleUploadedFile

    people["edie"].groups.add(Group.objects.get(name="Programme team"))
    client.force_login(people["edie"])
    path = f"/admin/social-value/{draft.pk}/"

    def send(rows, **more):
        file = SimpleUploadedFile("lines.csv", (HEAD + rows).encode())
        return client.post(path, {"file": file, "lines": ""} | more)

    refused = send("outcome,O,Jobs,,\noutcome,O,Skills,,\n")
    assert refused.status_code == 422
    assert "stands in row 2 already" in refused.content.decode()
    assert "1 new" in send("outcome,O,Jobs,,\n", check="1").content.decode()
    assert not draft.outcomes.exists()
    send("outcome,O,Jobs,,\n")
    assert draft.outcomes.get().title == "Jobs"
    exported = b"".join(client.get(f"{path}lines.csv")).decode()
    assert "outcome,O,Jobs" in exported

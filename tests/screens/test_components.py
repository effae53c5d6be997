"""The parts pages are made of, and that pages are made of them."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import NoReverseMatch

from screens.labels import labelled
from screens.templatetags.components import nearby
from tests.conftest import collapsed

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
PAGES = sorted(TEMPLATES.glob("**/*.html"))
BY_HAND = {
    "a table": (re.compile(r"govuk-table__(?!caption)"), ()),
    "a row of a summary": (re.compile(r"govuk-summary-list__"), ("components/fact.html",)),
    "a button": (re.compile(r"govuk-button[\" ]"), ("components/", "allauth/", "400.html", "500.html")),
    "a pager": (re.compile(r"num_pages|govuk-pagination"), ("components/",)),
    "a way back": (re.compile(r"govuk-back-link"), ("components/back.html",)),
    "a badge": (re.compile(r"govuk-tag[\" ]"), ()),
}
OPENING = {"if", "for", "with", "block", "table", "listing", "fact", "comment", "filter"}
CLOSING = {f"end{tag}" for tag in OPENING}


def render(text, request=None, **context):
    return collapsed(Template(text).render(Context(context | {"request": request})))


def test_what_people_typed_is_escaped_once_in_every_part():
    typed = "<b>Tea & cake</b>"
    for text in (
        '{% table typed "A|B" %}<tr><td>{{ typed }}</td></tr>{% endtable %}',
        '{% fact "Why" %}{{ typed }}{% endfact %}',
        '{% link typed "/x/" %}',
        '{% link "x" "/x/" q=typed %}',
        "{% badge typed %}",
        "{% given typed typed %}",
        "{% attributes title=typed %}",
        '{% card_title typed "/x/" %}',
        '{% back typed "/x/" %}',
        '{% button typed "/x/" %}',
        '{% press typed "/x/" about=typed value=typed %}',
    ):
        page = render(text, RequestFactory().get("/"), typed=typed)
        assert "<b>" not in page, text
        assert "&amp;lt;" not in page, text
        assert "&lt;b&gt;Tea &amp; cake" in page or "q=%3Cb%3ETea+%26+cake" in page, text


def test_markup_inside_a_part_stays_markup():
    assert "<br>" in render('{% fact "Who" %}Ann<br>Bob{% endfact %}')
    assert "<td>1</td>" in render('{% table "T" "A" %}<tr><td>1</td></tr>{% endtable %}')


def test_a_table_names_itself_its_frame_and_its_columns():
    page = render('{% table "Deliveries" "Day|Quantity" %}<tr><td>1</td></tr>{% endtable %}')
    assert 'role="region" aria-label="Deliveries"' in page
    assert '<caption class="govuk-table__caption govuk-visually-hidden">Deliveries</caption>' in page
    assert '<th scope="col">Day</th><th scope="col">Quantity</th>' in page


def test_a_fact_is_changed_where_it_may_be():
    text = '{% fact "Key" change=place may=may %}value{% endfact %}'
    assert 'href="/there/">Change<span class="govuk-visually-hidden"> key' in render(text, place="/there/", may=True)
    assert "Change" not in render(text, place="/there/", may=False)
    assert "Change" not in render(text, place="", may=True)


def test_a_link_carries_what_is_said_and_nothing_that_is_not():
    assert render('{% link "x" "/a/" month=day group="" %}', day="2026-03-31") == (
        '<a class="govuk-link" href="/a/?month=2026-03-31">x</a>'
    )
    assert render('{% link "x" "?" as="csv" %}') == '<a class="govuk-link" href="?as=csv">x</a>'
    assert render('{% link "x" "requests" plain=True %}') == '<a href="/requests/">x</a>'
    assert 'href="/a/?b=1&amp;c=2#d"' in render('{% link "x" "/a/?b=1#d" c=2 %}')
    assert 'href="https://example.org/a"' in render('{% link "x" "https://example.org/a" %}')
    for odd in ("javascript:alert(1)", "//example.org", "data:text/html,x", ""):
        with pytest.raises(NoReverseMatch):
            render("{% link 'x' odd %}", odd=odd)


def test_one_press_sends_a_token_and_what_belongs_to_it():
    page = render('{% press "Make owner" "/a/" role="owner" about="Bob" %}', RequestFactory().get("/"))
    assert '<form method="post" action="/a/">' in page
    assert 'name="csrfmiddlewaretoken"' in page
    assert '<input type="hidden" name="role" value="owner">' in page
    assert '<span class="govuk-visually-hidden">Bob</span>' in page


def test_a_pager_keeps_the_rest_of_the_address():
    pages = Paginator(range(100), 10)
    request = RequestFactory().get("/", {"page": "5", "unit": "hours", "kind": ""})
    page = render('{% pager page anchor="#rows" %}', request, page=pages.page(5))
    assert 'href="?unit=hours&amp;page=4#rows" rel="prev"' in page
    assert 'href="?unit=hours&amp;page=6#rows" rel="next"' in page
    assert 'aria-current="page"' in page
    assert "kind" not in page
    assert render("{% pager page %}", request, page=Paginator([1], 10).page(1)) == ""
    assert "Page 5 of 10." in render("{% pager page staff=True %}", request, page=pages.page(5))
    ticked = RequestFactory().get("/", {"ticked": "1", "unit": "hours"})
    page = render('{% pager page staff=True drop="ticked" %}', ticked, page=pages.page(5))
    assert "ticked" not in page
    assert "unit=hours" in page


@pytest.mark.parametrize(("percent", "shown"), [(None, "–"), ("", "–"), (0, "0.00%"), (Decimal("64.3"), "64.30%")])
def test_a_percentage_that_is_none_is_a_dash(percent, shown):
    assert render("{% load figures %}{{ percent|per_cent }}", percent=percent) == shown


@pytest.mark.parametrize(
    ("number", "pages", "shown"),
    [
        (1, 1, [1]),
        (1, 2, [1, 2]),
        (2, 3, [1, 2, 3]),
        (1, 9, [1, 2, None, 9]),
        (5, 9, [1, None, 4, 5, 6, None, 9]),
        (9, 9, [1, None, 8, 9]),
        (500, 5000, [1, None, 499, 500, 501, None, 5000]),
    ],
)
def test_the_pages_that_are_named(number, pages, shown):
    assert nearby(number, pages) == shown


def test_attributes_that_say_nothing_are_left_out():
    assert render("<i{% attributes id=1 name='' aria_describedby=None checked=True disabled=False %}>") == (
        '<i id="1" checked>'
    )


@pytest.mark.parametrize("part", BY_HAND)
def test_no_page_makes_a_part_by_hand(part):
    pattern, allowed = BY_HAND[part]
    names = [str(path.relative_to(TEMPLATES)) for path in PAGES if pattern.search(path.read_text())]
    assert [name for name in names if not name.startswith(tuple(allowed))] == []


def test_no_line_of_a_template_is_longer_than_120_characters():
    assert [path.name for path in PAGES if any(len(line) > 120 for line in path.read_text().splitlines())] == []


def test_what_opens_inside_a_line_closes_on_it():
    """Else the formatter loses the depth of what follows, and so do readers."""
    wrong = []
    for path in PAGES:
        for number, line in enumerate(path.read_text().splitlines(), 1):
            tags = re.findall(r"\{% (\w+)", line)
            alone = len(tags) == 1 and re.fullmatch(r"\{%.*%\}", line.strip())
            depth = sum(
                (tag in OPENING) - (tag.removeprefix("end") in OPENING and tag.startswith("end")) for tag in tags
            )
            if depth and not alone:
                wrong.append(f"{path.relative_to(TEMPLATES)}:{number}")
    assert wrong == []


@pytest.mark.parametrize(
    ("rows", "labels"),
    [
        ("<tr><td>1</td><td>2</td></tr>", ["Day", "Quantity"]),
        ('<tr><th scope="row">1</th>\n<td class="x">2</td></tr><tr><td>3</td></tr>', ["Day", "Quantity", "Day"]),
        ('<tr><td rowspan="2">1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr>',
         ["Day", "Quantity", "Quantity", "Who"]),
        ('<tr><td rowspan="3">1</td><td rowspan="2">2</td><td>3</td></tr><tr><td>4</td></tr><tr><td>5</td></tr>',
         ["Day", "Quantity", "Who", "Who", "Quantity"]),
        ('<tr><td colspan="3">None</td></tr>', [""]),
        ('<tr><td colspan="2">1</td><td>2</td></tr>', ["", "Who"]),
        ("<tr><td>1</td><td>2</td><td>3</td><td>4</td></tr>", ["Day", "Quantity", "Who", ""]),
    ],
)  # fmt: skip
def test_every_cell_knows_its_column(rows, labels):
    found = labelled(rows, ["Day", "Quantity", "Who"])
    assert re.findall(r'data-label="([^"]*)"', found) == labels
    assert found.count('role="row"') == rows.count("<tr>")
    assert re.sub(r' role="\w+"(?: data-label="[^"]*")?', "", found) == rows


def test_a_heading_that_somebody_typed_is_escaped_on_the_cells_too():
    assert 'data-label="&quot;&gt;&lt;b&gt;"' in labelled("<tr><td>1</td></tr>", ['"><b>'])
    assert labelled("<trap><table><thead></thead>", ["A"]) == "<trap><table><thead></thead>"

"""The parts pages are made of: table, row of a summary, link, button, pager, way back, badge, bar.

Every template has them without `{% load %}` (settings, TEMPLATES). Where a part leads is the name of an address and its
arguments, or an address as it stands (a path, a fragment, a query, or http).
"""

from django import template
from django.forms.utils import flatatt
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import (
    mark_safe,
)  # for what the template engine rendered, and two class attributes of our own

from ..labels import labelled
from .figures import share

register = template.Library()
LINK, BOLD_LINK = mark_safe(' class="govuk-link"'), mark_safe(' class="govuk-link govuk-!-font-weight-bold"')
AS_IT_STANDS = ("/", "#", "?", "https://", "http://")  # never javascript: or another scheme
NEAR = 1  # pages named on either side of the one that is shown


def address(where, args=(), query=None):
    """What `where` leads to, with what is given of `query`; NoReverseMatch for a name that is no address."""
    where = str(where)
    stands = where.startswith(AS_IT_STANDS) and not where.startswith("//")
    found = where if stands else reverse(where, args=args)
    given = {name: value for name, value in (query or {}).items() if value not in (None, "")}
    if not given:
        return found
    path, mark, fragment = found.partition("#")
    path = path.removesuffix("?")
    return f"{path}{'&' if '?' in path else '?'}{urlencode(given)}{mark}{fragment}"


def split(columns):
    return columns.split("|") if isinstance(columns, str) else columns


def rendered(name, /, **parts):
    return get_template(f"components/{name}.html").render(parts)


@register.simple_block_tag(end_name="endtable")
def table(content, caption, columns, narrow=False, shown=False):
    """A table in a frame that scrolls, on a phone one block a row; the block is its rows.

    `columns` are its headings, a list or one text with | between them. `narrow` keeps it as wide as the page
    allows, `shown` shows the caption, which is for screen readers otherwise.
    """
    columns = split(columns)
    parts = {"caption": caption, "columns": columns, "narrow": narrow, "shown": shown}
    return rendered("table", rows=labelled(content, columns), **parts)


@register.simple_block_tag(end_name="endlisting")
def listing(content, caption, columns):
    """As `table`, in the staff admin."""
    columns = split(columns)
    return rendered("listing", rows=labelled(content, columns), caption=caption, columns=columns)


@register.simple_block_tag(end_name="endfact")
def fact(content, key, change=None, about=None, may=True, plain=False):
    """A row of a summary list: what it is, what it says, and where it is changed, if it `may` be; `plain` in the staff
    admin.
    """
    if plain:
        return format_html("<dt>{}</dt><dd>{}</dd>", key, mark_safe(content.strip()))
    change = change if may else None
    return rendered("fact", key=key, value=mark_safe(content.strip()), change=change, about=about or str(key).lower())


@register.simple_tag
def link(words, where, *args, bold=False, plain=False, hidden="", **query):
    """A link in running text; `plain` in the staff admin, `hidden` is said to screen readers after the words.

    Every other keyword goes into the address: {% link "Records" "thread_figure" figure.name month=day %}
    """
    classes = "" if plain else BOLD_LINK if bold else LINK
    css = "w-sr-only" if plain else "govuk-visually-hidden"
    more = format_html('<span class="{}"> {}</span>', css, hidden) if hidden else ""
    return format_html('<a{} href="{}">{}{}</a>', classes, address(where, args, query), words, more)


@register.simple_tag
def back(words, where, *args, **query):
    """The way back, above a page."""
    return rendered("back", words=words, href=address(where, args, query))


STAFF_LOOKS = {"secondary": "button-secondary", "small": "button-small", "warning": "no"}


def staff_look(look):
    """The classes of a button in the staff admin: `look` is any of STAFF_LOOKS, with a space between."""
    return " ".join(["button", *(STAFF_LOOKS[each] for each in look.split())])


@register.simple_tag
def button(words, where, *args, look="", plain=False, **query):
    """A link that looks like a button; `look` is secondary, warning, inverse or gold, `plain` in the staff admin."""
    if plain:
        return format_html('<a class="{}" href="{}">{}</a>', staff_look(look), address(where, args, query), words)
    return rendered("button", words=words, href=address(where, args, query), look=look)


@register.simple_tag
def submit(words, look="", name="", value="", about="", once=False, plain=False):
    """The button of a form; with `once`, a second click within a second is dropped. `about` is said to screen readers
    after the words; `plain` in the staff admin, where a `look` may be small too.
    """
    if plain:
        said = {"class": staff_look(look), "type": "submit", "name": name, "value": value}
        more = format_html('<span class="w-sr-only"> {}</span>', about) if about else ""
        given = {attribute: text for attribute, text in said.items() if text not in ("", None)}
        return format_html("<button{}>{}{}</button>", flatatt(given), words, more)
    return rendered("submit", words=words, look=look, name=name, value=value, about=about, once=once)


@register.simple_tag
def card_title(words, where, *args, level=2):
    """The heading of a card, a link to what the card is about."""
    return format_html('<h{0} class="app-card__title">{1}</h{0}>', level, link(words, where, *args))


@register.simple_tag
def kind_picture(kind):
    """The drawing of a kind of help, beside its words."""
    if not kind:
        return ""
    source = static(f"kind-{kind}.svg")
    return format_html('<img class="app-kind" src="{}" alt="" width="64" height="64" loading="lazy">', source)


SCENES = {"goods": "kit", "space": "hall", "volunteers": "garden"}  # the others are named as their kind


@register.simple_tag
def scene(kind):
    """A drawing of people at work, where nobody gave a photograph: by the kind of help."""
    source = static(f"scene-{SCENES.get(kind, 'garden')}.svg")
    return format_html('<img class="app-scene" src="{}" alt="" width="640" height="400" loading="lazy">', source)


@register.simple_block_tag(end_name="endchart_frame")
def chart_frame(content, label, months, begins, ends):
    """The frame of a chart around its lines, the block: a scale, what [(title, [words])] say there, and both ends."""
    parts = {"label": label, "months": months, "begins": begins, "ends": ends}
    return rendered("chart_frame", lines=mark_safe(content), **parts)


@register.inclusion_tag("components/line_chart.html")
def line_chart(caption, chart):
    """Percentages over time (screens.charts.Chart), each month with its values on hover and focus."""
    return {"caption": caption, "chart": chart}


@register.simple_tag
def given(*values, sep=", "):
    """Those of `values` that say something, with `sep` between them."""
    return format_html_join(sep, "{}", [(value,) for value in values if value not in (None, "")])


@register.simple_tag(takes_context=True)
def press(context, words, where, *args, look="link", about="", **fields):
    """A form that is one button; `look` is link, button or secondary.

    `about` is said to screen readers after the words; every other keyword is sent with it.
    """
    parts = {"action": address(where, args), "words": words, "look": look, "about": about, "fields": fields.items()}
    return get_template("components/press.html").render(parts, context.get("request"))


@register.simple_tag
def attributes(**values):
    """HTML attributes of those `values` that say something; True is an attribute without a value, _ stands for -.

    What is switched on or off is given as True or False: 0 is a value.
    """
    return flatatt({name.replace("_", "-"): None if value == "" else value for name, value in values.items()})


@register.simple_tag
def badge(words, colour=""):
    """A state in a coloured tag; the words carry the meaning, the colour only repeats it."""
    return format_html(
        '<strong class="govuk-tag{}">{}</strong>', format_html(" govuk-tag--{}", colour) if colour else "", words
    )


@register.inclusion_tag("components/bar.html")
def bar(part, whole=1, gone=0, ground=True):
    """A bar of `part` in `whole`, always beside the figure it draws; `gone` is what fell away from it."""
    return {"width": share(part, whole), "gone": share(gone, whole), "ground": ground}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context, page, anchor="", staff=False, drop=""):
    """The ways to the other pages of a list, with the rest of the address kept; nothing where there is one page.

    `drop` names what holds for this page alone, and is not carried to the next.
    """
    words = context["request"].GET.copy()
    for name in [name for name, value in words.items() if name in ("page", drop) or not value]:
        del words[name]
    number = page.number
    pages = page.pages if hasattr(page, "pages") else page.paginator.num_pages
    return {
        "number": number,
        "pages": pages,
        "nearby": nearby(number, pages),
        "href": f"?{words.urlencode()}&page=" if words else "?page=",
        "anchor": anchor,
        "staff": staff,
        "before": number - 1,
        "after": number + 1 if number < pages else 0,
    }


def nearby(number, pages):
    """The page numbers worth a link: the first, the last and those around `number`; None where some are left out."""
    shown, last = [], 0
    for page in sorted({1, pages, *range(max(1, number - NEAR), min(pages, number + NEAR) + 1)}):
        if page - last > 1:
            shown.append(None)
        shown.append(page)
        last = page
    return shown

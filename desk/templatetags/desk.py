"""Parts of the desk: a clock, the bar over a decision, what comes next, views of a list that were kept."""

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html_join

from ..models import SavedView

register = template.Library()


@register.inclusion_tag("desk/_clock.html")
def clock(of):
    """A block a working day, and the words: "Late by 2 days"."""
    return {"clock": of}


@register.simple_tag
def marked(text, marks):
    """A text, with what was added and taken out since as `ins` and `del` where `marks` say so."""
    tags = {"addition": "ins", "deletion": "del"}
    if not marks:
        return linebreaksbr(text)
    return format_html_join("", "<{0}>{1}</{0}>", ((tags.get(became, "span"), words) for became, words in marks))


@register.inclusion_tag("desk/_bar.html", takes_context=True)
def decision_bar(context):
    """Where the case stands in its queue, who has it, who looks at it, and the way to its neighbours."""
    names = ("request", "place", "holding", "looking", "colleagues")
    return {name: context.get(name) for name in names}


@register.inclusion_tag("desk/_next.html", takes_context=True)
def next_in_queue(context):
    """The cases that follow, each with its clock and who has it."""
    held, place = context.get("cases_held", {}), context["place"]
    return {"place": place, "cases": [(case, held.get(case.pk)) for case in place.near]}


@register.inclusion_tag("desk/_views.html", takes_context=True)
def views_kept(context):
    """The person's own views of this list, and a form to keep what is shown now."""
    request = context["request"]
    kept = SavedView.objects.filter(user=request.user, where=request.path)
    now = request.GET.urlencode()
    return {"views": [(view, view.query == now) for view in kept], "where": request.get_full_path(), "request": request}

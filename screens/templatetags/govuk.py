"""Rendering forms in the manners of the GOV.UK Design System."""

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe  # for markup of our own templates only

from ..forms import GovukBoundField, GovukRenderer

register = template.Library()


def bound_fields(form):
    """The form's visible fields with our bound fields, also for forms that are not ours."""
    if not isinstance(form.renderer, GovukRenderer):
        form.renderer = GovukRenderer()
    return [ours(form, name) for name, field in form.fields.items() if not field.widget.is_hidden]


def ours(form, name):
    """One of our bound fields, made once for a form."""
    bound = form._bound_fields_cache.get(name)
    if not isinstance(bound, GovukBoundField):
        bound = form._bound_fields_cache[name] = GovukBoundField(form, form.fields[name], name)
    return bound


@register.simple_tag
def govuk_fields(form):
    """Every field of a form, hidden ones too."""
    fields = bound_fields(form)
    hidden = "".join(str(field) for field in form.hidden_fields())
    shown = [render_to_string("components/forms/field.html", {"field": field}) for field in fields]
    return format_html("{}" * (len(shown) + 1), mark_safe(hidden), *map(mark_safe, shown))


@register.simple_tag
def govuk_field(form, name):
    """One field of a form."""
    if not isinstance(form.renderer, GovukRenderer):
        form.renderer = GovukRenderer()
    return mark_safe(render_to_string("components/forms/field.html", {"field": ours(form, name)}))


@register.inclusion_tag("components/error_summary.html")
def error_summary(form):
    """The summary above a page whose form has errors, each linked to its field."""
    problems = []
    if form.is_bound:
        problems += [{"words": error, "target": ""} for error in form.non_field_errors()]
        for name in form.fields:
            bound = form[name]
            target = bound.id_for_label or bound.auto_id
            if getattr(bound, "shape", "") == "group":
                target = f"{bound.auto_id}_0"
            problems += [{"words": error, "target": target} for error in bound.errors]
    return {"problems": problems}

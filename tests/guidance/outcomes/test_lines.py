"""A line or a mapping that is typed into a form obeys the rules of an imported file, and says which it breaks."""

import pytest

from guidance.models import Mapping, Outcome
from guidance.staff.line_forms import LineForm, MappingForm

pytestmark = pytest.mark.django_db


def line(model, code):
    return Outcome.objects.get(model=model, code=code)


def line_form(model, instance=None, **answers):
    said = {
        "model": model.pk, "level": "outcome", "code": "NEW", "title": "A new line", "confidence": "V", "position": 9,
    } | answers  # fmt: skip
    return LineForm(said, instance=instance)


def said(form):
    assert not form.is_valid()
    return " ".join(words for errors in form.errors.values() for words in errors)


def test_a_line_that_fits_is_kept(new):
    form = line_form(new, level="measure", parent=line(new, "P").pk, unit="hours")
    assert form.is_valid(), form.errors
    assert form.save().parent.code == "P"


def test_each_line_that_does_not_fit_says_why(old, new):
    p, x = line(new, "P"), line(old, "X")
    assert "its lines don’t change" in said(line_form(old))
    assert "Only a measure has a unit." in said(line_form(new, unit="hours"))
    assert "A measure needs a parent." in said(line_form(new, level="measure", unit="hours"))
    assert "The parent is a line of another version." in said(line_form(new, level="measure", parent=x.pk))
    assert "An outcome stands under" in said(line_form(new, parent=p.pk))
    assert "This version is published: its lines don’t change." in said(line_form(new, instance=x, code="X"))


def test_parents_do_not_go_round_in_a_circle(new):
    p = line(new, "P")
    criterion = Outcome.objects.create(model=new, code="C1", title="How", level="criterion", parent=p)
    measure = Outcome.objects.create(model=new, code="M1", title="Hours", level="measure", parent=criterion)
    form = line_form(new, instance=criterion, code="C1", level="criterion", parent=measure.pk)
    assert not form.is_valid()
    Outcome.objects.filter(pk=p.pk).update(parent=criterion)
    assert "circle" in said(line_form(new, instance=criterion, code="C1", level="criterion", parent=p.pk))


def mapping_form(instance=None, **answers):
    return MappingForm({"share": "100", "basis": "As published", "confidence": "V"} | answers, instance=instance)


def test_each_mapping_that_does_not_fit_says_why(old, new):
    x, p, y = line(old, "X").pk, line(new, "P").pk, line(old, "Y").pk
    dropped, fresh, same = (Mapping.Relation.DROPPED, Mapping.Relation.NEW, Mapping.Relation.SAME)
    assert "A dropped line leads to nothing" in said(mapping_form(source=x, target=p, relation=dropped))
    assert "Choose the line." in said(mapping_form(relation=dropped))
    assert "A new line comes from nothing" in said(mapping_form(source=x, target=p, relation=fresh))
    assert "Choose the line." in said(mapping_form(relation=fresh))
    assert "Choose a line on both sides." in said(mapping_form(source=x, relation=same))
    assert "does not follow" in said(mapping_form(source=p, target=p, relation=same))
    assert "is published: its mapping doesn’t change" in said(mapping_form(source=x, target=y, relation=same))


def test_the_mapping_of_a_published_version_does_not_change(old, new):
    made = Mapping.objects.filter(target__model=new).first()
    new.state = "published"
    new.save()
    form = mapping_form(instance=made, source=made.source_id, target=made.target_id, relation=made.relation)
    assert "This version is published: its mapping doesn’t change." in said(form)
    left = line(old, "Z").pk
    assert "is published: its mapping doesn’t change" in said(
        mapping_form(source=left, relation=Mapping.Relation.DROPPED)
    )

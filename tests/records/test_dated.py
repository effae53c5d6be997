"""Rule 11: the record's own date chooses the model and the council, never today's."""

from datetime import date

import pytest

from guidance.models import Outcome, SocialValueModel
from places.models import Council, District

pytestmark = pytest.mark.django_db


def councils(day):
    return sorted(council.name for council in Council.objects.standing_on(day))


def test_councils_follow_their_dates():
    assert councils(date(2027, 3, 31)) == ["Surrey County Council"]
    assert councils(date(2027, 4, 1)) == ["East Surrey Council", "West Surrey Council"]


def test_every_district_has_a_successor():
    successors = dict(District.objects.values_list("name", "successor__name"))
    assert len(successors) == 11
    assert (successors["Woking"], successors["Tandridge"]) == ("West Surrey Council", "East Surrey Council")


def test_a_request_is_offered_the_priorities_of_its_own_day():
    old = SocialValueModel.objects.get(is_councils_own=True)
    SocialValueModel.objects.filter(pk=old.pk).update(valid_to=date(2027, 3, 31))
    new = SocialValueModel.objects.create(
        slug="west-2027",
        name="West Surrey’s priorities",
        is_councils_own=True,
        valid_from=date(2027, 4, 1),
        state="published",
    )
    Outcome.objects.create(model=new, code="W1", title="Warm homes")
    assert {outcome.model for outcome in Outcome.objects.offered_on(date(2027, 3, 31))} == {old}
    assert [outcome.title for outcome in Outcome.objects.offered_on(date(2027, 4, 1))] == ["Warm homes"]

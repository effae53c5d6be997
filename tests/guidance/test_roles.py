"""Who answers for what: appointing, handing over, vacancies and the alarm they raise."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from guidance.governance import matrix, roles, vacancies
from guidance.models import Holder, Role, VacancyAlarm
from tests.conftest import make_page, make_role

pytestmark = pytest.mark.django_db


def days(n):
    return timezone.localdate() + timedelta(days=n)


def holders(role):
    return [(h.user.name, h.starts_on, h.ends_on) for h in role.holders.order_by("starts_on")]


def test_a_handover_ends_one_holder_the_day_before_the_next(keeper, people):
    roles.appoint(keeper, people["pat"], by=people["dee"], starts_on=days(5), handover="Keys are in the safe")
    assert holders(keeper) == [("Cara", days(-100), days(4)), ("Pat", days(5), None)]
    assert keeper.holder_on(days(4)).user == people["cara"]
    assert keeper.holder_on(days(5)).user == people["pat"]
    assert keeper.holders.get(user=people["cara"]).handover == "Keys are in the safe"


@pytest.mark.parametrize("who", ["alice", "charlie"])
def test_nobody_without_access_is_appointed(who, keeper, people):
    with pytest.raises(ValidationError, match="can’t enter the staff admin"):
        roles.appoint(keeper, people[who], by=people["dee"])
    assert len(holders(keeper)) == 1


def test_the_same_person_twice_or_an_earlier_day_than_a_holder_is_refused(keeper, people):
    with pytest.raises(ValidationError, match="holds this role already"):
        roles.appoint(keeper, people["cara"], by=people["dee"])
    with pytest.raises(ValidationError, match="Choose a later day"):
        roles.appoint(keeper, people["pat"], by=people["dee"], starts_on=days(-200))
    assert holders(keeper) == [("Cara", days(-100), None)]


def test_leaving_needs_a_holder_and_a_day_after_the_first(keeper, people):
    with pytest.raises(ValidationError, match="began on"):
        roles.leave(keeper, by=people["dee"], ends_on=days(-101))
    roles.leave(keeper, by=people["dee"], ends_on=days(-1))
    assert keeper.holder_on(days(-1)) is not None
    assert keeper.holder_on(days(0)) is None
    with pytest.raises(ValidationError, match="Nobody holds"):
        roles.leave(keeper, by=people["dee"])


def test_a_vacant_role_that_keeps_pages_is_told_to_the_sponsor_once(
    keeper, sponsor, people, django_capture_on_commit_callbacks
):
    make_page("Advice", keeper)
    make_role("Idle role")  # vacant, but keeps nothing
    with django_capture_on_commit_callbacks(execute=True):
        assert vacancies.raise_alarms() == 0
        roles.leave(keeper, by=people["dee"], ends_on=days(-3))
        assert vacancies.raise_alarms() == 1
        assert vacancies.raise_alarms() == 0
    assert [(m.to, m.subject) for m in mail.outbox] == [(["dee@example.org"], "Nobody holds the role Keeper of advice")]
    assert "Advice" in mail.outbox[0].body
    assert VacancyAlarm.objects.get().vacant_since == days(-2)


def test_an_alarm_ends_when_somebody_is_appointed_and_a_new_vacancy_raises_a_new_one(keeper, sponsor, people):
    make_page("Advice", keeper)
    roles.leave(keeper, by=people["dee"], ends_on=days(-3))
    vacancies.raise_alarms()
    roles.appoint(keeper, people["pat"], by=people["dee"], starts_on=days(-1))
    assert VacancyAlarm.objects.get().ended_on == days(0)
    roles.leave(keeper, by=people["dee"], ends_on=days(-1))
    assert vacancies.raise_alarms() == 1
    assert VacancyAlarm.objects.count() == 2


def test_somebody_who_left_the_council_holds_no_role(keeper, sponsor, people):
    make_page("Advice", keeper)
    people["cara"].is_active = False
    people["cara"].save()
    assert [vacancy.role for vacancy in vacancies.vacancies()] == [keeper]


def test_a_mailbox_is_never_a_persons_address(keeper, people):
    keeper.mailbox = "Alice@example.org"
    with pytest.raises(ValidationError, match="one person’s address"):
        keeper.full_clean()
    keeper.mailbox = "team@example.org"
    keeper.full_clean()


def test_the_database_knows_one_open_holder_a_role(keeper, people):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        Holder.objects.create(role=keeper, user=people["pat"], starts_on=days(0))


@pytest.mark.parametrize("shown", [True, False])
def test_the_public_matrix_names_holders_only_where_the_role_says_so(shown, keeper, people, client):
    make_page("Advice", keeper)
    Role.objects.filter(pk=keeper.pk).update(name_shown=shown)
    page = client.get("/who-is-responsible/").content.decode()
    assert "Keeper of advice" in page
    assert ("Cara" in page) is shown
    assert "cara@example.org" not in page


def test_the_matrix_counts_pages_and_says_who_is_vacant(keeper, sponsor, people, client):
    page = make_page("Advice", keeper, deputy_role=sponsor)
    _, rows = matrix.rows()
    found = {row.role.title: (row.owned, row.deputy_for, row.holder is None) for row in rows}
    assert found["Keeper of advice"] == ([page], [], False)
    assert found["Senior sponsor"] == ([], [page], False)
    roles.leave(keeper, by=people["dee"], ends_on=days(-1))
    shown = client.get("/who-is-responsible/").content.decode()
    assert shown.count("Vacant") == 1
    assert "(vacant)" in shown  # in the picture too


def test_appointing_in_the_admin_hands_over_and_says_what_is_wrong(keeper, people, client):
    from django.contrib.auth.models import Group

    people["edie"].groups.add(Group.objects.get(name="Programme team"))
    client.force_login(people["edie"])
    path = f"/admin/roles/{keeper.pk}/appoint/"
    refused = client.post(path, {"user": people["cara"].pk, "appoint": ""})
    assert refused.status_code == 422
    assert "holds this role already" in refused.content.decode()
    client.post(path, {"user": people["pat"].pk, "handover": "Read the folder", "appoint": ""})
    assert keeper.holder_on(days(0)).user == people["pat"]
    client.post(path, {"leave": "", "ends_on": ""})
    assert keeper.holder_on(days(1)) is None


def test_an_appointment_that_has_not_begun_can_be_taken_back(keeper, people):
    roles.appoint(keeper, people["pat"], by=people["dee"], starts_on=days(1500))
    roles.cancel(keeper, by=people["dee"])
    assert holders(keeper) == [("Cara", days(-100), None)]
    with pytest.raises(ValidationError, match="for a later day"):
        roles.cancel(keeper, by=people["dee"])


def test_leaving_ends_the_present_holders_time_not_the_successors(keeper, people):
    roles.appoint(keeper, people["pat"], by=people["dee"], starts_on=days(30))
    roles.leave(keeper, by=people["dee"])
    assert holders(keeper) == [("Cara", days(-100), days(0)), ("Pat", days(30), None)]


def test_a_vacancy_is_told_as_soon_as_there_is_a_sponsor(keeper, people, django_capture_on_commit_callbacks):
    make_page("Advice", keeper)
    roles.leave(keeper, by=people["dee"], ends_on=days(-3))
    assert vacancies.raise_alarms() == 0
    make_role("Sponsor", people["dee"], receives_alarms=True)
    with django_capture_on_commit_callbacks(execute=True):
        assert vacancies.raise_alarms() == 1
    assert [m.to for m in mail.outbox] == [["dee@example.org"]]


def test_a_role_that_ended_keeps_nothing_out_of_sight(keeper, people, client):
    make_page("Advice", keeper)
    Role.objects.filter(pk=keeper.pk).update(valid_to=days(-3))
    assert [vacancy.role for vacancy in vacancies.vacancies()] == [keeper]
    page = client.get("/who-is-responsible/").content.decode()
    assert "Keeper of advice" in page
    assert "Vacant" in page


def test_a_restricted_page_is_named_nowhere_in_public(keeper, client):
    from wagtail.models import PageViewRestriction

    page = make_page("Salaries", keeper)
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    for path in ("/who-is-responsible/", "/guidance-health/", "/sitemap.xml", "/search/?q=salaries", "/guidance/"):
        assert ">Salaries<" not in client.get(path).content.decode(), path


@pytest.mark.parametrize(
    "path", ["/useful/thanks/?page=²", "/useful/thanks/?page=99999999999999", "/outcomes/?model=²"]
)
def test_odd_numbers_are_no_error(path, client):
    page = client.get(path)
    assert page.status_code == 200
    assert "<h1" in page.content.decode()


def test_holders_find_their_own_actions_and_reviews(keeper, people, client):
    from guidance.governance import actions
    from guidance.models import Action, GovernanceGroup, Review

    group = GovernanceGroup.objects.create(name="G", slug="g", purpose="x")
    action = Action(title="Name owners", owner=keeper, group=group, opened_on=days(-9), first_target_on=days(9))
    actions.start(action, by=people["dee"])
    page = make_page("Advice", keeper)
    Review.objects.create(
        page=page, result="no_change", reason="Read", reviewed_on=days(-99), due_on=days(-9), at=timezone.now()
    )
    client.force_login(people["cara"])
    home = client.get("/admin/").content.decode()
    assert f"/admin/reviews/{page.pk}/" in home
    assert f"/admin/actions/{action.pk}/report/" in home
    assert "Review a page you keep" in client.get("/account/").content.decode()
    client.post(f"/admin/actions/{action.pk}/report/", {"status": "under_way", "done": "Begun"})
    assert action.updates.count() == 2
    client.force_login(people["mo"])
    assert f"/admin/actions/{action.pk}/report/" not in client.get("/admin/").content.decode()

from django.urls import path

from .views import doors, organisations, people

urlpatterns = [
    path("organisations/start/", organisations.organisation_start, name="organisation_start"),
    path("organisations/alike/", organisations.organisation_alike, name="organisation_alike"),
    path("vouch/<str:token>/", organisations.sponsor, name="sponsor"),
    path(
        "organisations/new/<slug:kind>/",
        organisations.organisation_new_details,
        name="organisation_new_details",
    ),
    path("organisations/<int:pk>/", organisations.organisation, name="organisation"),
    path("organisations/<int:pk>/edit/", organisations.organisation_edit, name="organisation_edit"),
    path("organisations/<int:pk>/join/", organisations.organisation_join, name="organisation_join"),
    path("organisations/<int:pk>/people/invite/", people.person_invite, name="person_invite"),
    path("organisations/<int:pk>/people/<int:person>/admit/", people.person_admit, name="person_admit"),
    path("organisations/<int:pk>/people/<int:person>/remove/", people.person_remove, name="person_remove"),
    path(
        "organisations/<int:pk>/people/<int:person>/role/",
        people.person_change_role,
        name="person_change_role",
    ),
    path("join/<str:code>/", doors.campaign, name="campaign"),
    path("invited/<str:token>/", doors.invited, name="invited"),
    path("invitations/<str:token>/", people.invitation, name="invitation"),
]

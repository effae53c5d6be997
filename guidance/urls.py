"""Public addresses of guidance; the pages themselves are Wagtail's."""

from django.urls import path

from .views import public

urlpatterns = [
    path("who-is-responsible/", public.responsible, name="responsible"),
    path("groups/<slug:slug>/", public.group, name="group"),
    path("guidance-health/", public.guidance_health, name="guidance_health"),
    path("social-value-models/", public.models, name="models"),
    path("social-value-models/<slug:slug>/", public.model, name="model"),
    path("social-value-models/<slug:slug>.csv", public.model_csv, name="model_csv"),
    path("useful/<int:pk>/", public.page_answer, name="page_answer"),
    path("useful/thanks/", public.page_answer_thanks, name="page_answer_thanks"),
]

from django.urls import path

from . import views

urlpatterns = [
    path("golden-thread/", views.golden_thread, name="golden_thread"),
    path("golden-thread/months.csv", views.thread_months, name="thread_months"),
    path("golden-thread/<slug:metric>/", views.thread_figure, name="thread_figure"),
]

from django.urls import path

from . import views
from .thread.views import golden_thread, thread_figure, thread_months

urlpatterns = [
    path("golden-thread/", golden_thread, name="golden_thread"),
    path("golden-thread/months.csv", thread_months, name="thread_months"),
    path("golden-thread/<slug:metric>/", thread_figure, name="thread_figure"),
    path("organisations/<int:pk>/offer/", views.supplier_profile, name="supplier_profile"),
]

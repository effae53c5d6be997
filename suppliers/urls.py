from django.urls import path

from . import views
from .thread.views import golden_thread

urlpatterns = [
    path("golden-thread/", golden_thread, name="golden_thread"),
    path("organisations/<int:pk>/offer/", views.supplier_profile, name="supplier_profile"),
]

from django.urls import path
from django.views.decorators.http import require_POST

from .views import accounts, profiles

urlpatterns = [
    path("organisations/<int:pk>/offer/", profiles.supplier_profile, name="supplier_profile"),
    path("commitments/", accounts.commitments, name="commitments"),
    path("commitments/<int:pk>/", accounts.commitment, name="commitment"),
    path("commitments/<int:pk>/plan/", require_POST(accounts.plan_answer), name="plan_answer"),
    path("commitments/<int:pk>/account/", accounts.commitment_account, name="commitment_account"),
]

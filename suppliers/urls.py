from django.urls import path

from .views import accounts, profiles

urlpatterns = [
    path("organisations/<int:pk>/offer/", profiles.supplier_profile, name="supplier_profile"),
    path("commitments/", accounts.commitments, name="commitments"),
    path("commitments/<int:pk>/", accounts.commitment, name="commitment"),
    path("commitments/<int:pk>/account/", accounts.commitment_account, name="commitment_account"),
]

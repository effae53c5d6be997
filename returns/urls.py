from django.urls import path

from . import views

urlpatterns = [
    path("returns/", views.return_list, name="returns"),
    path("returns/<int:pk>/", views.return_detail, name="return_detail"),
    path("returns/<int:pk>/nothing/", views.return_nothing, name="return_nothing"),
    path("returns/<int:pk>/workbook/", views.return_workbook, name="return_workbook"),
    path("returns/<int:pk>/upload/", views.return_upload, name="return_upload"),
    path("returns/files/<int:pk>/", views.return_file, name="return_file"),
]

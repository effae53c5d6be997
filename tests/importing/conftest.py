import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from importing.models import ImportRun


@pytest.fixture
def handed_in(people, client):
    """hand_in(text) -> the ImportRun of a file that Pat has uploaded"""
    client.force_login(people["pat"])

    def hand_in(text, name="register.csv"):
        file = SimpleUploadedFile(name, text.encode())
        client.post(reverse("imports"), {"kind": "contracts", "file": file})
        return ImportRun.objects.first()

    return hand_in

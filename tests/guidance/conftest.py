"""Two versions of the council's own model, the second a draft that follows the first."""

import pytest

from guidance.models import Outcome, SocialValueModel
from guidance.outcomes import mappings


@pytest.fixture
def old(db):
    """The council's own version, published: outcomes X, Y, Z and a measure under X."""
    model = SocialValueModel.objects.create(
        slug="own-a", name="Own A", is_councils_own=True, valid_from="2020-01-01", state="published"
    )
    made = {code: Outcome.objects.create(model=model, code=code, title=f"Outcome {code}") for code in "XYZ"}
    Outcome.objects.create(model=model, code="M", title="Hours", level="measure", parent=made["X"], unit="hours")
    return model


@pytest.fixture
def new(old):
    """A draft that follows: X is split 75 to 25, Y is the same, Z is dropped."""
    model = SocialValueModel.objects.create(
        slug="own-b", name="Own B", is_councils_own=True, valid_from="2027-04-01", previous=old
    )
    for code in "PQR":
        Outcome.objects.create(model=model, code=code, title=f"Outcome {code}")
    rows = "from,to,relation,share\nX,P,split,75\nX,Q,split,25\nY,R,same,\nZ,,dropped,\n"
    assert mappings.read(model, rows.encode()).saved
    return model

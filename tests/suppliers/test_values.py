"""Proxy values: from a table with its rights, chosen once at award, never added over tables."""

import json
from contextlib import suppress
from decimal import Decimal
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from organisations.models import Membership
from returns import lines
from suppliers import values
from suppliers.models import Commitment, CommitmentValue, ProxyValue
from tests.conftest import make_commitment, markup

pytestmark = pytest.mark.django_db
HEAD = "Table,Version,Reference,Measure,Unit,Value,Rights"
ROW = "Local values,2026,V1,Volunteering,hours,16.93,Written by the council"


def run(path, *rows):
    path.write_text("\n".join([HEAD, *rows]))
    out = StringIO()
    with suppress(SystemExit):
        call_command("import_values", str(path), "--json", stdout=out)
    return json.loads(out.getvalue())


def test_a_table_is_imported_once_and_a_change_is_a_version(tmp_path):
    path = tmp_path / "v.csv"
    said = run(path, ROW, ROW.replace("V1", "V2").replace("hours", "people"))
    assert (said["created"], run(path, ROW)["unchanged"]) == (2, 1)
    assert run(path, ROW.replace("16.93", "20"))["errors"][0]["code"] == "version_differs"
    assert run(path, ROW.replace("16.93", "20").replace("2026", "2027"))["created"] == 1
    for row, code in ((ROW.replace("16.93", "0"), "not_above_nothing"), (ROW.replace("hours", ""), "missing_value"),
                      (ROW.replace("Written by the council", ""), "missing_value")):  # fmt: skip
        assert run(path, row.replace("2026", "2028"))["errors"][0]["code"] == code
    assert set(ProxyValue.objects.values_list("version", "pounds")) == {
        ("2026", Decimal("16.93")), ("2027", Decimal(20))}  # fmt: skip


@pytest.fixture
def proxies(db):
    words = {"reference": "V1", "measure": "Volunteering", "rights": "Our own"}
    first = ProxyValue.objects.create(table="Local", version="1", unit="hours", pounds=10, **words)
    second = ProxyValue.objects.create(table="Local", version="2", unit="hours", pounds=20, **words)
    words["reference"] = "V2"
    return first, second, ProxyValue.objects.create(table="Local", version="1", unit="people", pounds=500, **words)


def test_pounds_name_their_table_and_are_never_mixed(commitment, supplier, people, proxies):
    other = make_commitment(supplier, 50, by=people["cara"], wording="Other")
    values.choose(commitment, proxies[0], by=people["cara"])
    values.choose(other, proxies[1], by=people["cara"])
    make_commitment(supplier, 7, by=people["cara"], wording="Without")
    lines.record(commitment, Decimal(12), timezone.localdate(), "Sheet", by=people["cara"])
    found = [(row.named, row.commitments, int(row.promised), int(row.confirmed), int(row.verified))
             for row in values.worth(Commitment.objects.all())]  # fmt: skip
    assert found == [("Local 1", 1, 1000, 120, 0), ("Local 2", 1, 1000, 0, 0)]


def test_the_value_of_the_award_stays(commitment, people, proxies, supplier):
    with pytest.raises(ValidationError, match="This value is for people; the commitment counts hours"):
        values.choose(commitment, proxies[2], by=people["cara"])
    values.choose(commitment, proxies[0], by=people["cara"])
    with pytest.raises(ValidationError, match="has the value of its award already"):
        values.choose(commitment, proxies[1], by=people["cara"])
    for model in (ProxyValue, CommitmentValue):
        with pytest.raises(DatabaseError), transaction.atomic():
            model._base_manager.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        ProxyValue.objects.create(table="L", version="1", reference="V", measure="M", unit="hours", pounds=0)
    Membership.objects.create(organisation=supplier, user=people["pat"], admitted_at=timezone.now())
    with pytest.raises(ValidationError, match="You belong to Builder Ltd"):
        values.choose(commitment, proxies[0], by=people["pat"])


def test_the_contract_says_pounds_only_where_there_are_any(client, commitment, people, proxies):
    client.force_login(people["cara"])
    assert "In pounds" not in markup(client.get(commitment.contract.get_absolute_url()))
    page = markup(client.get(reverse("value_choose", args=[commitment.pk])))
    assert "V1 Volunteering" in page and "V2 Volunteering" not in page
    client.post(reverse("value_choose", args=[commitment.pk]), {"proxy": proxies[0].pk})
    page = markup(client.get(commitment.contract.get_absolute_url()))
    assert "Local 1" in page and "£1,000" in page and "no savings" in page

"""A table of proxy values from a file: each row names its table, version and the right by which the council uses it.

A version that is kept stays as it is; another value is another version. The same file again changes nothing.
"""

from importing.headings import Field, fitted
from importing.report import Importer, RowRefused, refuse
from vocabulary.units import Unit

from ..models import ProxyValue
from .measures import read_bare_quantity
from .wording import read_unit

FIELDS = [
    Field("table", "name of the table", ("table", "table name", "name of the table", "source"), required=True),
    Field("version", "version", ("version", "edition"), required=True),
    Field("reference", "reference", ("reference", "ref", "code", "measure id"), required=True),
    Field("measure", "measure", ("measure", "description", "title"), required=True),
    Field("unit_words", "unit", ("unit", "units"), required=True),
    Field("pounds", "value", ("value", "proxy value", "pounds a unit", "value gbp"), read_bare_quantity, required=True,
          is_amount=True, decides=True),
    Field("rights", "rights", ("rights", "licence", "license", "by what right"), required=True),
]  # fmt: skip


class ValueImporter(Importer):
    kind = "values"
    label = "Proxy values"
    fields = fitted(FIELDS, ProxyValue)

    def key_of(self, values):
        return values["table"], values["version"], values["reference"]

    def check(self, record, report):
        if record.values.get("pounds") is not None and record.values["pounds"] <= 0:
            refuse(report, record, "pounds", "Enter a value above 0.", "not_above_nothing")
        if read_unit(record.values.get("unit_words"))[0] == Unit.NARRATIVE:
            refuse(report, record, "unit_words", "A value needs a unit that is counted.", "not_a_unit")

    def check_all(self, records, report):
        """A version that is kept says what it said."""
        good = [record for record in records if not record.faulty]
        kept = self.existing([self.key_of(record.values) for record in good])
        for record in good:
            found = kept.get(self.key_of(record.values))
            if found and _told(found) != _read(record.values):
                words = f"{found.named} is kept already and says £{found.pounds}. Another value is another version."
                refuse(report, record, "pounds", words, "version_differs")

    def existing(self, keys):
        rows = ProxyValue.objects.filter(table__in={key[0] for key in keys}, reference__in={key[2] for key in keys})
        return {(row.table, row.version, row.reference): row for row in rows}

    def differs(self, found, values):
        return False

    def save(self, new, changed, by):
        for record in new:
            unit, pounds, measure = _read(record.values)
            fields = {name: record.values[name] for name in ("table", "version", "reference", "rights")}
            try:
                ProxyValue.objects.create(unit=unit, pounds=pounds, measure=measure, **fields)
            except ValueError as wrong:
                raise RowRefused(record, "pounds", str(wrong)) from wrong


def _told(row):
    return row.unit, row.pounds, row.measure


def _read(values):
    return read_unit(values["unit_words"])[0], values["pounds"], values["measure"]

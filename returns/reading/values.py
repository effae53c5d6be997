"""What a cell of a return says: each reader returns (value, problem).

A problem is None or Problem(code, severity, message, accept_as). What is not sure is an error and has no value; what
has one safe reading is a warning, and `accept_as` is what the person agrees to.
"""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from importing import cells
from importing.cells import FIRST_DAY_OF_EXCEL, MONTHS, PLACEHOLDERS, SERIALS, read_date

OTHER_CURRENCY = re.compile(
    r"[€$¥₹₽₩₪₺₴₦₱฿]|\b(eur|euros?|usd|us dollars?|dollars?|jpy|yen|chf|francs?|aud|cad|nzd|inr|rupees?|sek|nok|dkk|"
    r"pln|z[lł]oty|cny|rmb|hkd|zar)\b",
    re.IGNORECASE,
)
PLAIN = re.compile(r"[-\u2212]?(\d+(\.\d+)?|\.\d+)")
THOUSANDS = re.compile(r"[-\u2212]?\d{1,3}(,\d{3})+(\.\d+)?")
POUNDS = re.compile(r"(?:£|gbp)\s*([-\u2212]?[\d,.]+)", re.IGNORECASE)
DECIMAL_COMMA = re.compile(r"(?:£|gbp)?\s*[-\u2212]?\d+,\d{1,2}", re.IGNORECASE)
NOTHING = ("nil", "none")
MOST = Decimal(10) ** 13
MONTH_FIRST = re.compile(r"(?:[a-z]+day,? )?([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.IGNORECASE)
COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)")
NOT_WORKED_OUT = "This formula was never worked out. Open the file in your spreadsheet program, save it, and try again."


class Problem(NamedTuple):
    code: str
    severity: str
    message: str
    accept_as: object = None


def error(code, message):
    return Problem(code, "error", message)


def warning(code, message, accept_as=None):
    return Problem(code, "warning", message, accept_as)


def read_text(cell):
    """What a cell says, blanks and line ends made one space; "" for none."""
    return "" if cell is None else " ".join(cells.read_text(cell.value)[0].split())


def read_number(cell, is_text):
    """A Decimal of one of the number columns; below 0 is read and left for the checks. None where the cell is empty.

    `is_text`: whether the file is text throughout, where a plain number needs no word.
    """
    if cell is None or (cell.value is None and not cell.is_unreckoned):
        return None, None
    if cell.is_unreckoned:
        return None, error("formula_without_result", NOT_WORKED_OUT)
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _within(Decimal(str(value)), value, None)
    if not isinstance(value, str):
        return None, error("text_in_number", f"“{cell.shown}” is not a number. Enter how much, such as 12.5.")
    return _written(value, is_text)


def _written(value, is_text):
    text = value.replace("\xa0", " ").strip()
    if not text:
        return None, None
    if OTHER_CURRENCY.search(text):
        return None, error("second_currency", f"“{text}” is in another currency. Enter pounds.")
    pounds = POUNDS.fullmatch(text)
    if pounds and (PLAIN.fullmatch(pounds[1]) or THOUSANDS.fullmatch(pounds[1])):
        return _accepted("currency_text_in_number", pounds[1], f"“{text}” is text with a pound sign")
    if THOUSANDS.fullmatch(text):
        return _accepted("number_as_text_thousands", text, f"“{text}” is text with a mark of thousands")
    if DECIMAL_COMMA.fullmatch(text):
        return None, error("decimal_comma", f"“{text}”: is the comma a point, or a digit short? Write it like 21.5.")
    if PLAIN.fullmatch(text):
        if is_text and text == value:
            return _within(_number(text), text, None)
        return _accepted("number_as_text", text, f"“{value}” is a number kept as text")
    if text.casefold() in NOTHING:
        return Decimal(0), warning("text_in_number", f"“{text}” is read as 0 if you agree.", 0)
    return None, error("text_in_number", f"“{text}” is not a number. Enter how much, such as 12.5.")


def _number(text):
    return Decimal(text.replace(",", "").replace("\u2212", "-"))


def _accepted(code, text, what):
    number = _number(text)
    return _within(
        number, text, warning(code, f"{what}; it is read as {say(number)} if you agree.", as_json_number(number))
    )


def _within(number, seen, problem):
    if not number.is_finite() or abs(number) >= MOST:
        return None, error("text_in_number", f"“{seen}” is larger than anything delivered. Check the number.")
    return number, problem


def as_json_number(number):
    """A Decimal as JSON has it: a whole number without a point."""
    return int(number) if number == int(number) else float(number)


def say(number):
    return f"{number:,f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:,f}"


def read_day(cell, is_text, period, is_nothing):
    """The day on which it was delivered. `is_nothing`: nothing was delivered, so that no day is right."""
    if cell is None or (cell.value is None and not cell.is_unreckoned):
        return None, None
    if cell.is_unreckoned:
        return None, error("formula_without_result", NOT_WORKED_OUT)
    day, problem = _day(cell, is_text, is_nothing)
    if day and period and not period[0] <= day <= period[1]:
        side = "before" if day < period[0] else "after"
        return None, error("date_outside_period", f"{day:%-d %b %Y} is {side} the reporting period.")
    return day, problem


def _day(cell, is_text, is_nothing):
    value = cell.value
    if isinstance(value, datetime):
        return value.date(), None
    if isinstance(value, date):
        return value, None
    text = " ".join(str(value).replace("\xa0", " ").split())
    if not text:
        return None, None
    if re.fullmatch(r"\d{5}(\.\d+)?", text) and int(float(text)) in SERIALS:
        day = FIRST_DAY_OF_EXCEL + timedelta(days=int(float(text)))
        return day, _agree("excel_serial_number", f"{text} is a spreadsheet’s number for a day", day)
    if PLACEHOLDERS.match(text):
        if is_nothing:
            return None, warning("date_not_applicable", "No day is needed where nothing was delivered.")
        return None, error("date_as_text", f"“{text}” is not a day. Enter when it was delivered.")
    day = _written_day(text)
    if day is None:
        return None, error("date_as_text", f"“{text}” is not one day. Enter it like 14/11/2024.")
    if is_text and re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}", text):
        return day, None
    return day, _agree("date_as_text", f"“{text}” is text", day)


def _agree(code, what, day):
    return warning(code, f"{what}; it is read as {day:%-d %B %Y} if you agree.", day.isoformat())


def _written_day(text):
    first, compact = MONTH_FIRST.fullmatch(text), COMPACT.fullmatch(text)
    if first and first[1][:3].lower() in MONTHS:
        text = f"{first[2]} {first[1]} {first[3]}"
    elif compact:
        text = "-".join(compact.groups())
    day, problem = read_date(text)
    return None if problem and problem[0] == "error" else day

"""Reading a cell as text, day, amount or yes and no. Each reader returns (value, problem).

A problem is None or (severity, code, sentence). A warning leaves the value usable or blank; an error makes the
row unfit to be saved.
"""

import html
import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from records.bounds import FIRST_DAY, LAST_DAY
from screens.fields import WITH_THOUSANDS

MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}
FIRST_DAY_OF_EXCEL = date(1899, 12, 30)
SERIALS = range(18264, 73051)  # the years 1950 to 2099
NO_END_YEARS = (2999, 4712, 9999)  # how systems write "no end"
NO_DAYS = (date(1, 1, 1), date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1))  # how they write nought
YEARS_AHEAD = 30  # a two-digit year further ahead is more likely a century ago
BEGINS_AHEAD = 10  # the same of a day on which something begins
NOT_KNOWN = (
    r"tb[acd]|to be (agreed|advised|confirmed|determined)|n[/.]?a\.?|none|nil|null|unknown|pending|unavailable|"
    r"not (known|applicable|recorded|available|stated|yet known|provided)|-+|\?+|#n/a"
)
NO_NAME = re.compile(rf"^({NOT_KNOWN})$", re.IGNORECASE)
PLACEHOLDERS = re.compile(
    rf"^({NOT_KNOWN}|see .*|various|rolling.*|on-?going.*|no (end|expiry|fixed)( date| term)?|open[- ]?ended|"
    r"perpetual|evergreen|indefinite)$",
    re.IGNORECASE,
)


def warning(code, sentence):
    return ("warning", code, sentence)


def error(code, sentence):
    return ("error", code, sentence)


ESCAPED = re.compile(r"&(#\d+|#x[0-9a-f]+|amp|lt|gt|quot|apos|nbsp|ndash|mdash|[lr]squo|[lr]dquo|pound|hellip);", re.I)
TAGS = re.compile(r"</?(p|br|div|span|b|i|strong|em|li|ul)\b[^>]*>", re.IGNORECASE)
KEPT_AS_TEXT = re.compile(r"^=\"(.*)\"$|^'(?=\d)", re.DOTALL)
SPOILED = re.compile(r"^\d(\.\d+)?E\+\d+$", re.IGNORECASE)
NO_REFERENCE = re.compile(r"^(unavailable|not available|no ref(erence)?|various|blank|x+|0+|\.+)$", re.IGNORECASE)


def is_filled(cell):
    return cell is not None and bool(str(cell).strip())


def read_text(value):
    """Text without outer spaces, else as the source has it; whole floats lose their .0.

    What another system left around it (escapes and tags of a web page, marks that only keep it text) is undone, told.
    """
    if value is None:
        return "", None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).replace("\xa0", " ").replace("\0", "").strip()
    plain = KEPT_AS_TEXT.sub(lambda kept: kept[1] or "", text)
    if ESCAPED.search(plain) or TAGS.search(plain):
        plain = " ".join(html.unescape(TAGS.sub(" ", plain)).split())
        return plain, warning("escapes_undone", f"“{text[:60]}” holds signs of a web page; read as “{plain[:60]}”.")
    return plain, None


def read_reference(value):
    """A reference as it stands; nothing where the cell says that there is none. One that a spreadsheet made a number
    of, with digits lost, is an error.
    """
    text, problem = read_text(value)
    if SPOILED.match(text) or (isinstance(value, int | float) and abs(value) >= 10**15):
        words = f"“{text}” lost digits in a spreadsheet. Format the column as text, and export it again."
        return None, error("reference_spoiled", words)
    if PLACEHOLDERS.match(text) or NO_REFERENCE.match(text):
        return "", warning("no_reference", f"“{text}” is no reference; left empty.")
    return text, problem


def read_name(value):
    """Text that names something; nothing where the cell says no more than that it is not known."""
    text, problem = read_text(value)
    if NO_NAME.match(text):
        return "", warning("not_said", f"“{text}” says that this is not known; left empty.")
    return text, problem


read_name.is_text = True


def read_date(value):
    """A day from FIRST_DAY to LAST_DAY. Day comes before month, as councils write; Excel's day numbers are read."""
    return _within(value, *_read_any_date(value, YEARS_AHEAD))


def read_first_day(value):
    """As `read_date`, a day on which something begins: its two-digit year lies at most BEGINS_AHEAD years ahead."""
    return _within(value, *_read_any_date(value, BEGINS_AHEAD))


read_date.reads = read_first_day.reads = "day"


def _within(value, day, problem):
    """A day that may be kept; others are refused, or empty where they stand for "no end"."""
    if day is None or FIRST_DAY <= day <= LAST_DAY:
        return day, problem
    text = str(value).strip()
    if day.year in NO_END_YEARS:
        return None, warning("no_end", f"“{text}” stands for no day at all; left empty.")
    if day in NO_DAYS:
        return None, error("no_day", f"“{text}” is a system’s nought and no day. Empty the cell, or enter the day.")
    return None, error("date_out_of_range", f"“{text}” lies before 2000 or after 2100. Correct it at the source.")


def _read_any_date(value, ahead):
    if value is None or value == "":
        return None, None
    if isinstance(value, datetime):
        return value.date(), None
    if isinstance(value, date):
        return value, None
    text = str(value).strip()
    if not text:
        return None, None
    if re.fullmatch(r"\d{5}(\.\d+)?", text) and int(float(text)) in SERIALS:
        day = FIRST_DAY_OF_EXCEL + timedelta(days=int(float(text)))
        return day, warning("excel_serial_as_number", f"Excel’s number for {day:%-d %B %Y}; read as that day.")
    if PLACEHOLDERS.match(text):
        return None, warning("not_a_date", f"“{text}” is not a date; left empty.")
    return _read_written_date(text, ahead)


WEEKDAY = re.compile(
    r"^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\.?,?\s+", re.I
)
MONTH_NAME_FIRST = re.compile(r"^([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:\s?(?:st|nd|rd|th))?,?\s+(\d{4})$")
COMPACT = re.compile(r"^((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$")


def _read_written_date(text, ahead):
    text = re.sub(r"\bof\s+", "", WEEKDAY.sub("", text.lstrip("'"))).rstrip("*.").strip()
    text = re.sub(r"(?<=\d)\s*([/\\.-])\s*(?=\d)", lambda mark: mark[1].replace("\\", "/"), text)
    text = MONTH_NAME_FIRST.sub(r"\2 \1 \3", re.sub(r"(?<=\d)(?=[A-Za-z]{3})|(?<=[a-z])(?=\d{4}$)", " ", text))
    if compact := COMPACT.match(text):
        text = "-".join(compact.groups())
    iso = re.match(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})([T ].*)?$", text)
    numbers = re.match(r"^(\d{1,2})([/.\- ])(\d{1,2})[/.\- ](\d{4}|\d{2})(\s+\d{1,2}:\d{2}.*)?$", text)
    words = re.match(
        r"^(?:[A-Za-z]+day,? )?(\d{1,2})(?:st|nd|rd|th)?[ \-/]([A-Za-z]{3})[A-Za-z]*[ \-/,]+(\d{4}|\d{2})$",
        text,
    )
    problem = None
    if iso:
        year, month, day = (int(part) for part in iso.groups()[:3])
    elif numbers:
        year, month, day, problem = _of_numbers(text, *numbers.groups()[:4], ahead)
    elif words and words.group(2).lower() in MONTHS:
        day, month = int(words.group(1)), MONTHS[words.group(2).lower()]
        year, problem = _whole_year(text, words.group(3), ahead, "two_digit_year")
    else:
        return None, error("not_a_date", f"“{text}” is not a date. Write it like 31/03/2026.")
    return (None, problem) if year is None else _in_calendar(text, year, month, day, problem)


def _of_numbers(text, day, separator, month, year, ahead):
    """(year, month, day, problem) of a day of numbers alone; no year where nobody can say its century."""
    year, problem = _whole_year(text, year, ahead, "two_digit_year_dots" if separator == "." else "two_digit_year")
    day, month = int(day), int(month)
    if year is not None and month > 12 >= day:
        day, month = month, day
        problem = warning("month_before_day", f"“{text}” has the month first; read as {day}/{month}/{year}.")
    return year, month, day, problem


def _in_calendar(text, year, month, day, problem):
    try:
        return date(year, month, day), problem
    except ValueError:
        return None, error("impossible_date", f"“{text}” does not exist in the calendar. Correct it at the source.")


def _whole_year(text, year, ahead, code):
    """(year, problem) of a year as written; None where two digits may as well be of the century before: further than
    `ahead` years from now.
    """
    if len(year) == 4:
        return int(year), None
    if 2000 + int(year) > date.today().year + ahead:
        return None, error("two_digit_year", f"“{text}” may be 19{year} or 20{year}. Write the whole year.")
    return 2000 + int(year), warning(code, f"“{text}” has a two-digit year; read as 20{year}.")


MONEY = re.compile(r"^(\d+(?:\.\d+)?|\.\d+)\s*(k|m|mn|bn|thousand|million|billion)?$", re.IGNORECASE)
TIMES = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "bn": 9, "billion": 9}
CONTINENTAL = re.compile(r"\d{1,3}(\.\d{3})+,\d{2}")
POINT_OR_THOUSANDS = re.compile(r"\d{1,3}\.\d{3}")
A_YEAR = re.compile(r"\s*(p\.?\s?a\.?|per (annum|year)|/ ?(yr|year)|annually|a year)$", re.IGNORECASE)


def read_money(value):
    """An amount in pounds as a Decimal with at most two places."""
    if isinstance(value, bool):
        return None, error("not_a_number", "This is a yes or no, not an amount.")
    if isinstance(value, int | float | Decimal):
        return _settle(Decimal(str(value)), value, None)
    text = str(value if value is not None else "").strip()
    return _written_money(text) if text else (None, None)


read_money.reads = "amount"


def _written_money(text):
    """What an amount that was typed says: pounds, a year's, thousands, millions, or nothing that is sure."""
    plain = re.sub(r"(?i)gbp|£|\s+", lambda sign: " " if sign.group().isspace() else "", text).strip()
    problem = None
    if A_YEAR.search(plain):
        plain = A_YEAR.sub("", plain)
        problem = warning("number_with_suffix", f"“{text}” is an amount a year, not in all; the number was kept.")
    if CONTINENTAL.fullmatch(plain):
        plain = plain.replace(".", "").replace(",", ".")
        problem = warning("continental_number", f"“{text}” uses a comma for the point; read as {plain}.")
    doubt = _doubt_of(plain, text)
    if doubt:
        return None, doubt
    digits = plain.replace(",", "").strip()
    amount = MONEY.match(digits.replace(" ", "") if re.fullmatch(r"[\d. ]+", digits) else digits)
    if not amount:
        return None, _no_amount(text)
    pounds = Decimal(amount[1])
    if amount[2]:
        pounds *= Decimal(10) ** TIMES[amount[2].lower()]
        problem = warning("abbreviated_millions", f"“{text}” is abbreviated; read as {pounds.normalize():,f}.")
    return _settle(pounds, text, problem)


def _doubt_of(plain, text):
    """The error of an amount whose comma may be a point, or that is below nothing; None where there is no doubt."""
    amount = re.fullmatch(r"([\d.,\s]+)([a-z]*)", plain, re.IGNORECASE)
    number = re.sub(r"\s", "", amount[1]) if amount else ""
    crooked_comma = "," in number and not WITH_THOUSANDS.fullmatch(number)
    if crooked_comma or (POINT_OR_THOUSANDS.fullmatch(number) and not amount[2]):
        return error(
            "comma_or_point", f"“{text}” may have a point or a mark of thousands in it. Write it like 1234.56."
        )
    digits = plain.replace(",", "").strip()
    if re.fullmatch(r"[\d. ]+-", digits):
        return error("trailing_minus", f"“{text}” ends in a minus. Enter an amount of 0 or more.")
    if re.fullmatch(r"-\s*[\d.]+|\([\d.]+\)", digits):
        return error("negative_number", f"“{text}” is below nothing. Enter an amount of 0 or more.")
    return None


def _no_amount(text):
    if re.search(r"\d", text):
        return error("not_a_number", f"“{text}” is not one amount. Enter a number like 75000.")
    return warning("not_a_number", f"“{text}” is not an amount; left empty.")


def _settle(amount, seen, problem):
    if not amount.is_finite():
        return None, error("not_a_number", f"“{seen}” is not an amount. Enter a number like 75000.")
    try:
        amount = amount.quantize(Decimal("0.01"))
    except InvalidOperation:
        return None, error("not_a_number", f"“{seen}” is not an amount. Enter a number like 75000.")
    if amount < 0:
        return None, error("negative_number", f"“{seen}” is below nothing. Enter an amount of 0 or more.")
    if amount >= Decimal(10) ** 13:
        return None, error("number_too_large", f"“{seen}” is larger than any contract. Correct it at the source.")
    return amount, problem


def read_flag(value):
    """True, False, or None where the cell says nothing."""
    text = str(value if value is not None else "").strip().lower()
    if text in ("yes", "y", "true", "1", "1.0"):
        return True, None
    if text in ("no", "n", "false", "0", "0.0"):
        return False, None
    if text == "" or PLACEHOLDERS.match(text):
        return None, None
    return None, warning("not_yes_or_no", f"“{value}” is neither yes nor no; left empty.")


read_flag.reads = "flag"

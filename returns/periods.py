"""Periods of returns: whole quarters of the financial year, in which Q1 is April to June.

`read` takes what people write and says whether it was written as the site writes it; what may mean two periods is none.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from importing.cells import MONTHS, read_date
from records.days import month_end, months_after
from words.references import plain_signs

QUARTER_WORDS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
                 "one": 1, "two": 2, "three": 3, "four": 4}  # fmt: skip
SAID = re.compile(r"q([1-4])(?: (?:to|and) q([1-4]))? (\d{4})/(\d{2})(?: \((.+)\))?")
QUARTER = re.compile(
    r"\b(?:q(?:uarter|tr)?\.? ?([1-4])|([1-4])q|(1st|2nd|3rd|4th|first|second|third|fourth) quarter"
    r"|quarter (one|two|three|four))\b"
)
TWO_YEARS = re.compile(r"\b(?:fy ?)?(\d{4}|\d{2}) ?[/-] ?(\d{4}|\d{2})\b")
A_DAY = r"(\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9}\.?,? \d{4}|\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{4}-\d{2}-\d{2})"
NO_YEAR = r"(\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9})"
DAYS = re.compile(rf"(?:{NO_YEAR}|{A_DAY}) ?(?:-|to|until|/|and) ?{A_DAY}")
MONTHS_OF = re.compile(r"\b([a-z]{3,9})\.? ?(\d{4}|\d{2})? ?(?:-|to|until|/) ?([a-z]{3,9})\.? ?(\d{4}|\d{2})\b")
MONTHS_ALONE = re.compile(r"[(\[]? ?\b([a-z]{3,9})\.? ?(?:-|to) ?([a-z]{3,9})\b\.? ?[)\]]?(?! ?\d{4}\b(?! ?[/-] ?\d))")
ENDING = re.compile(rf"\b(?:quarter|period|3 months|three months) (?:ending|ended|to)(?: on)? {A_DAY}")
LEFT_OVER = re.compile(
    r"\b(the|period|quarter|of|for|financial|year|fy|reporting|months?|from|between|in|q|and)\b|[\s()\[\],.:;/-]+"
)


@dataclass(frozen=True)
class Period:
    """From one day to another, both in it; `is_plain`: written as the site writes it."""

    first: date
    last: date
    is_plain: bool = False


def first_of_quarter(day):
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def last_of_quarter(day):
    return month_end(months_after(first_of_quarter(day), 2))


def quarter(number, year):
    """(first day, last day) of a quarter of the financial year that begins in April of `year`."""
    first = date(year, 4, 1) if number == 1 else months_after(date(year, 4, 1), 3 * (number - 1))
    return first, last_of_quarter(first)


def number_of(day):
    """(1 to 4, the year in whose April its financial year begins)."""
    return ((day.month - 4) % 12) // 3 + 1, day.year - (day.month < 4)


def say(first, last):
    """ "Q3 2024/25", "Q1 to Q2 2024/25", else its days."""
    (begins, year), (ends, last_year) = number_of(first), number_of(last)
    if first != first_of_quarter(first) or last != last_of_quarter(last) or year != last_year:
        return f"{first:%-d %B %Y} to {last:%-d %B %Y}"
    span = f"Q{begins}" if begins == ends else f"Q{begins} to Q{ends}"
    return f"{span} {year}/{(year + 1) % 100:02d}"


def say_whole(first, last):
    """As the workbook prints it: "Q3 2024/25 (1 Oct 2024 - 31 Dec 2024)"."""
    return f"{say(first, last)} ({first:%-d %b %Y} - {last:%-d %b %Y})"


def read(value):
    """The Period that a cell names, or None where none is sure: two at once, no year, days that are no quarters."""
    text = " ".join(plain_signs(value).split()).casefold()
    said = SAID.fullmatch(text)
    if said and (not said[5] or DAYS.fullmatch(said[5])):
        return _written_plainly(*said.groups())
    alone, text = _months_alone(text)
    found, rest = set(), text
    for pattern, reader in ((ENDING, _ending), (DAYS, _days), (MONTHS_OF, _months), (None, _quarters)):
        spans, rest = reader(rest, found) if pattern is None else _all_of(pattern, reader, rest)
        if spans is None:
            return None
        found |= spans
    if len(found) != 1 or LEFT_OVER.sub("", rest):
        return None
    first, last = found.pop()
    agrees = alone is None or alone == (first.month, last.month)
    return Period(first, last) if agrees and _are_quarters(first, last) else None


def _months_alone(text):
    """((first month, last month) or None, the text without them): months beside a quarter that has its own year."""
    match = next((m for m in MONTHS_ALONE.finditer(text) if _month(m[1]) and _month(m[2])), None)
    if match is None or not QUARTER.search(text):
        return None, text
    return (_month(match[1]), _month(match[2])), text.replace(match.group(), " ", 1)


def _written_plainly(begins, ends, year, next_year, days):
    if (int(year) + 1) % 100 != int(next_year):
        return None
    first, last = quarter(int(begins), int(year))[0], quarter(int(ends or begins), int(year))[1]
    if first > last or (days and _days(DAYS.fullmatch(days)) != (first, last)):
        return None
    return Period(first, last, is_plain=True)


def _all_of(pattern, reader, text):
    """({(first, last)}, the text without them); None for the set where one of them is no days."""
    found = set()
    for match in pattern.finditer(text):
        span = reader(match)
        if span is None:
            if pattern is MONTHS_OF:  # two words that are no months are left for what follows
                continue
            return None, text
        found.add(span)
        text = text.replace(match.group(), " ", 1)
    return found, text


def _day(text):
    points = "/" if re.search(r"\d\.\d", text) else ""
    day, problem = read_date(re.sub(r"(\d)(st|nd|rd|th)\b", r"\1", text.replace(",", "").replace(".", points)))
    return None if problem else day


def _days(match):
    last = _day(match[3])
    first = _day(match[2] or f"{match[1]} {last.year}") if last else None
    return (first, last) if first and last and first < last else None


def _ending(match):
    last = _day(match[1])
    return (first_of_quarter(last), last) if last and last == last_of_quarter(last) else None


def _month(word):
    """1 to 12 of a month's name, whole or cut after three letters or more; None for another word."""
    number = MONTHS.get(word[:3])
    whole = date(2000, number, 1).strftime("%B").casefold() if number else ""
    return number if whole.startswith(word) or word == "sept" else None


def _months(match):
    begins, ends = _month(match[1]), _month(match[3])
    if not (begins and ends):
        return None
    last_year = int(match[4]) + (2000 if len(match[4]) == 2 else 0)
    first_year = (int(match[2]) + (2000 if len(match[2]) == 2 else 0)) if match[2] else last_year - (begins > ends)
    first = date(first_year, begins, 1)
    return first, month_end(date(last_year, ends, 1))


def _quarters(text, known):
    """({(first, last)}, the text without it) of quarters with a financial year of two parts: one part alone may be the
    calendar's, or either year. Beside days that are `known` a quarter needs no year.
    """
    numbers = [int(a or b or QUARTER_WORDS[c or d]) for a, b, c, d in QUARTER.findall(text)]
    if not numbers:
        return set(), text
    years, without = set(), QUARTER.sub(" ", text)
    for match in TWO_YEARS.finditer(without):
        begins, ends = (int(part) + (2000 if len(part) == 2 else 0) for part in match.groups())
        if ends != begins + 1:
            return None, text
        years.add(begins)
    if not years and len(known) == 1 and numbers == [number_of(next(iter(known))[0])[0]]:
        return set(), without
    if len(years) != 1 or len(numbers) > 2 or numbers != sorted(set(numbers)):
        return None, text
    year, rest = years.pop(), re.sub(r"\bto\b", " ", TWO_YEARS.sub(" ", without))
    return {(quarter(numbers[0], year)[0], quarter(numbers[-1], year)[1])}, rest


def _are_quarters(first, last):
    is_whole = first == first_of_quarter(first) and last == last_of_quarter(last)
    return is_whole and first < last and (last - first) < timedelta(days=366)

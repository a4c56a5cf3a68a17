"""Finds personal data typed where it should not stand, so that a page can warn. What was typed is kept nowhere.

Repetitions are bounded and looking around reaches a few dozen characters, so that time stays linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, TypeAlias

from stdnum import numdb
from stdnum.iso7064 import mod_97_10
from stdnum.nl import bsn

Kind: TypeAlias = Literal["bsn", "iban", "email", "phone", "address", "birth_date"]
Span: TypeAlias = tuple[int, int]

_NEAR: Final = 40  # how far before a number the word may stand that says what it is, characters
_SPACES: Final = dict.fromkeys([0xA0, 0x2007, 0x2009, 0x202F], " ")
_DASHES: Final = dict.fromkeys([*range(0x2010, 0x2016), 0x2212], "-")
_ONE_KIND: Final = _SPACES | _DASHES  # one character for one, so that places stay the same


@dataclass(frozen=True, slots=True)
class Finding:
    """Where something stands, as offsets in characters (`text[start:end]`), and of what kind; never what."""

    kind: Kind
    start: int
    end: int


def find_personal_data(text: str) -> list[Finding]:
    """Every place that looks like personal data, in order and without overlap, in time linear in the text."""
    plain = text.translate(_ONE_KIND)
    taken = bytearray(len(plain))
    found: list[Finding] = []
    for kind, find in _FINDERS:
        for start, end in find(plain):
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                if kind:
                    found.append(Finding(kind, start, end))
    return sorted(found, key=lambda finding: finding.start)


# --- What a number is, by the words before it.

_LABEL: Final = re.compile(
    r"(?P<bsn>\bbsn|burger[ -]?service|\bsofi|citizen service|social security)"
    r"|(?P<phone>\btel(?:efoon|\.?nr|\b)|\b06\b|mobiel|\bgsm\b|\bbel(?:t|len|d)?\b|whatsapp|\bfax|phone|mobile|\bcall)"
    r"|(?P<other>[^\W\d_]{2}-?(?:nummers?|nr)\b|kenmerk|\brsin\b|\bfiscaal|\bkvk\b|\bbtw\b|pseudoniem"
    r"|(?:case|client|customer|file|invoice|order|reference|serial|ticket) (?:number|no)\b"
    r"|(?:[€$£]|\b(?:euro?|id|key|case)|zaak|dossier|factuur|order|melding|ticket|vergunning|contract|project|polis"
    r"|object|sensor|hash|code|sleutel|token|besluit|beschikking|reference|invoice)(?=\W{0,3}\Z))",
    re.IGNORECASE,
)
_CUT: Final = re.compile(r"[0-9\n]+")  # a word before another number says nothing of this one
_INSIDE: Final = re.compile(r"(?:\w[-/.]|[0-9][,:])\Z")  # part of something longer: a path, a fraction, a case number
_COUNTED: Final = re.compile(  # what follows an amount
    r"(?: ?[%€]|[.,][0-9]| (?:euro?|procent|percent|keer|times|stuks|jaar|dagen|regels|rijen|records|bytes|rows|items"
    r"|woningen|adressen|huishoudens|panden|huizen|(?:in|be)woners|mensen|personen|kinderen|leerlingen|gezinnen"
    r"|meldingen|gevallen|dossiers|aanvragen|addresses|households|homes|houses|people|children|reports|cases)\b)",
    re.IGNORECASE,
)


def _said(text: str, start: int) -> str:
    """What the nearest word before a number calls it: bsn, phone, other, or "" when no word does."""
    before = _CUT.split(text[max(0, start - _NEAR) : start])[-1]
    if not before or before.isspace():
        return ""
    return next((label.lastgroup or "" for label in reversed(list(_LABEL.finditer(before)))), "")


def _is_inside(text: str, start: int) -> bool:
    return _INSIDE.search(text, max(0, start - 2), start) is not None


# --- One finder a kind.

_BSN: Final = re.compile(
    r"(?<!\w)(?:[0-9]{8,9}|[0-9]{4}([ .])[0-9]{2}\1[0-9]{3}|[0-9]{3}([ .])[0-9]{3}\2[0-9]{3})(?!\w)"
)
_GOES_ON: Final = re.compile(r"[-/.]\w|,[0-9]{1,2}\b")


def _find_bsns(text: str) -> Iterator[Span]:
    for match in _BSN.finditer(text):
        start, end = match.span()
        digits = re.sub(r"[ .]", "", match[0]).zfill(9)
        if bsn.checksum(digits) or digits == "000000000" or _GOES_ON.match(text, end):
            continue
        said = _said(text, start)
        alone = not said and end - start == 9 and match[0].isdigit()
        if said == "bsn" or (alone and not _is_inside(text, start) and not _COUNTED.match(text, end)):
            yield start, end


_IBAN: Final = re.compile(r"(?<!\w)([A-Za-z]{2})[ .-]?[0-9]{2}(?=[ .-]?[0-9A-Za-z])")


def _find_ibans(text: str) -> Iterator[Span]:
    for head in _IBAN.finditer(text):
        body = _iban_body(head[1].upper())
        match = body and body.match(text, head.start())
        if match:
            number = re.sub(r"[ .-]", "", match[0]).upper()
            if mod_97_10.checksum(number[4:] + number[:4]) == 1:
                yield match.span()


@cache
def _iban_body(country: str) -> re.Pattern[str] | None:
    """How account numbers of a country are built, from the registry that stdnum carries ("4!a10!n")."""
    _, registered = numdb.get("iban").info(country)[0]
    parts = re.findall(r"(\d+)!?([anc])", registered.get("bban", ""))
    signs = {"a": "[A-Z]", "n": "[0-9]", "c": "[0-9A-Z]"}
    body = "".join(f"(?:[ .-]?{signs[sign]}){{{length}}}" for length, sign in parts)
    return re.compile(rf"[A-Z]{{2}}[ .-]?[0-9]{{2}}{body}(?!\w)", re.IGNORECASE | re.ASCII) if body else None


_LOOKALIKE: Final = re.compile(
    r"\b(?:[A-Za-z]{2}[0-9]{2} ?[A-Za-z]{4}(?: ?[0-9]){10}\b"  # fails as an IBAN, and its end looks like a phone
    r"|[Ii][Ss][BbSs][Nn](?:-1[03])?:? ?[0-9X -]{8,17})"
)

_LOCAL: Final = re.compile(r"\w[\w.%+'-]{0,63}\Z")
_DOMAIN: Final = re.compile(
    r"@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]{2,24}(?![\w-])"
    r"(?!:[\w.-]{1,64}/)"  # git@host:owner/repository
)


def _find_emails(text: str) -> Iterator[Span]:
    for domain in _DOMAIN.finditer(text):
        local = _LOCAL.search(text, max(0, domain.start() - 64), domain.start())
        if local:
            yield local.start(), domain.end()


def _groups(*shapes: str) -> str:
    """Digits in groups, "34" being three and then four, with one kind of separator in a number."""
    return "|".join(sep.join(f"[0-9]{{{n}}}" for n in shape) for shape in shapes for sep in (" ", "[.]", "-"))


_AREA_3: Final = "(?:1[035]|2[0346]|3[03568]|4[03-6]|5[0358]|7[0-9]|8[2-58]|91)"
_GAP: Final = r"\)? ?[-/.]? ?"
_PHONE: Final = re.compile(
    r"(?<!\w)(?:"
    r"(?:(?:(?:\+|00) ?31[ -]?(?:\(0\) ?)?0?|31(?=6[0-9]{8})|\(0(?=[0-9]{1,3}\))|0)(?:"
    rf"6{_GAP}(?:{_groups('8', '44', '2222', '233', '323', '332', '422', '1322')})"
    rf"|{_AREA_3}{_GAP}(?:{_groups('7', '34', '43', '322', '232', '223')})"
    rf"|[1-5][1-9][0-9]{_GAP}(?:{_groups('6', '33', '24', '42', '222')})))"
    r"|\+(?!31)[1-9][0-9]{1,2}(?:[ -]?[0-9]){8,11}"
    r")(?!\w|[-.:][0-9])"
)


def _find_phones(text: str) -> Iterator[Span]:
    last = -1
    for match in _PHONE.finditer(text):
        start, end = match.span()
        said = _said(text, start)
        second = start == last + 1  # 020-1234567/06-12345678
        if said == "phone" or (said != "other" and (second or not _is_inside(text, start))):
            last = end
            yield start, end


_MONTH: Final = (
    r"(?:jan(?:uari|uary)?|feb(?:ruari|ruary)?|m(?:aart|rt|arch|ar)|apr(?:il)?|mei|may|jun[ie]?|jul[iy]?"
    r"|aug(?:ustus|ust)?|sep(?:t|tember)?|o[kc]t(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY, _MONTH_NUMBER, _YEAR = "(?:0?[1-9]|[12][0-9]|3[01])", "(?:0?[1-9]|1[0-2])", "(?:(?:19|20)[0-9]{2}|'?[0-9]{2})"
_DATE: Final = (
    "(?:"
    + "|".join(f"{_DAY}{s}{_MONTH_NUMBER}{s}{_YEAR}" for s in ("-", "/", "[.]", " "))
    + "|"
    + "|".join(f"(?:19|20)[0-9]{{2}}{s}{_MONTH_NUMBER}{s}{_DAY}" for s in ("-", "/", "[.]", ""))
    + rf"|{_DAY}(?:st|nd|rd|th|e)?(?: of)? ?{_MONTH},? ?{_YEAR}"
    + r"|[0-3][0-9][01][0-9](?:19|20)[0-9]{2})(?!\w|[-/.][0-9])"
)
_BORN: Final = re.compile(  # the first sign stands in front so that a search can leap to it
    r"[GgBbDdJjVv](?<!\w.)(?:(?<=[Gg])eb(?:oren|oorte(?:plaats en -)?[ -]?(?:datum|dat|dag)|\.? ?dat(?:um)?|d)?"
    r"|(?<=[Bb])(?:orn|irth[ -]?(?:date|day))|(?<=[Dd])(?:ate[ -]of[ -]birth|\.?o\.?b)"
    r"|(?<=[Jj])arig|(?<=[Vv])erjaardag)\b(?!-)",
    re.IGNORECASE,
)
_AFTER_BORN: Final = re.compile(
    r"(?P<between>[^0-9]{0,50}+(?:[0-9](?![0-9])[^0-9]{1,30}+)??)"
    rf"(?:(?P<first>{_DATE})|(?P<bare>{_DAY}(?:st|nd|rd|th)?,? (?:19|20)[0-9]{{2}}\b))"
    rf"(?! ?(?:t/m|tot|-|until|to) ?[0-9])(?:\s?(?:,|;|/|&|\ben|\band)\s?(?P<second>{_DATE}))?",
    re.IGNORECASE,
)
_BEFORE_BORN: Final = re.compile(rf"(?<!\w){_DATE} \(?\Z", re.IGNORECASE)
_MONTH_BEFORE: Final = re.compile(rf"\b{_MONTH} \Z", re.IGNORECASE)
_NOT_ONE_BIRTHDAY: Final = re.compile(  # a limit to a group, or what happens to the field
    r"\b(?:(?:na|voor|vóór|vanaf|sinds|tussen|tot|uiterlijk|after|before|since|from|between|until)\b"
    r"|wis|gewist|verwijder|vernietig|bewa|verwerk|nodig|gebruik|delet|remov|used)",
    re.IGNORECASE,
)


def _find_birth_dates(text: str) -> Iterator[Span]:
    for label in _BORN.finditer(text):
        start, end = label.span()
        if text[max(0, start - 3) : start].rstrip(" (")[-1:].isdigit():
            yield from _date_before(text, start)
        after = _AFTER_BORN.match(text, end)
        if after and not _NOT_ONE_BIRTHDAY.search(after["between"]):
            yield from _dates_in(text, after)


def _date_before(text: str, label: int) -> Iterator[Span]:
    """The date right before "geboren", unless it is a limit ("na 1-1-2015 geboren")."""
    date = _BEFORE_BORN.search(text, max(0, label - 25), label)
    if date and not _NOT_ONE_BIRTHDAY.search(text, max(0, date.start() - 9), date.start()):
        yield date.start(), date.start() + len(date[0].rstrip(" ("))


def _dates_in(text: str, after: re.Match[str]) -> Iterator[Span]:
    if after["bare"]:  # March 12, 1985
        start, end = after.span("bare")
        month = _MONTH_BEFORE.search(text, max(after.start(), start - 12), start)
        if month:
            yield month.start(), end
    yield from (after.span(name) for name in ("first", "second") if after[name])


_POSTCODE: Final = r"(?<!\w)[1-9][0-9]{3}(?: ?(?!S[ADS])[A-Z]{2}|(?!s[ads])[a-z]{2})(?![A-Za-z])"
_SUFFIX: Final = r"(?:(?: ?[-/] ?|-)(?:[0-9]{1,4}|[A-Za-z])|[ -]?(?:bis|hs|[A-Z]|[IV]{1,3})|[a-z])?"
_NUMBER: Final = rf"(?!(?:19|20)[0-9]{{2}}\b)[1-9][0-9]{{0,4}}{_SUFFIX}(?!\w)"
_NUMBERED: Final = r"(?:huis)?(?:nummer|nr\b|no\b|number)[.:]?\s?"
_TOWN_AND_STREET: Final = r"(?:[\s,]{1,2}[A-Z](?:[^\W\d_]|['.-]){1,30}){1,5} "
_HOUSE: Final = re.compile(
    rf"{_POSTCODE}(?:[\s,;:|/+_-]{{0,3}}|[\s,]{{1,2}}(?:en )?(?i:{_NUMBERED})|{_TOWN_AND_STREET})"
    rf"{_NUMBER}(?! ?[A-Z]|-[a-z])"
    rf"|(?P<before>(?<!\w){_NUMBER}[\s,;(|-]{{1,3}}(?:(?:en )?(?:postcode:? |te |NL-))?{_POSTCODE})"
)
_STREET: Final = re.compile(
    r"(?:\b[A-Z][\w'.-]{2,40}|(?:straat|weg|laan|plein|kade|hof|dijk|singel|gracht|pad|steeg|markt)"
    r"|(?i:\b(?:huis)?(?:nummer|nr)[.:]?))\s\Z"
)
_NO_STREET: Final = re.compile(
    r"\b(?:team|wijk|groep|fase|artikel|bijlage|tabel|vraag|stap|hoofdstuk|lokaal|kamer|postbus|buurt)\s\Z",
    re.IGNORECASE,
)


def _find_addresses(text: str) -> Iterator[Span]:
    for match in _HOUSE.finditer(text):
        start, end = match.span()
        if _ends_a_street(text, start) if match["before"] else not _COUNTED.match(text, end):
            yield start, end


def _ends_a_street(text: str, number: int) -> bool:
    near = (max(0, number - _NEAR), number)
    return _STREET.search(text, *near) is not None and not _NO_STREET.search(text, *near)


def _find_lookalikes(text: str) -> Iterator[Span]:
    return (match.span() for match in _LOOKALIKE.finditer(text))


_FINDERS: Final[
    tuple[tuple[Kind | None, Callable[[str], Iterator[Span]]], ...]
] = (  # the first to take a place keeps it
    ("email", _find_emails),
    ("iban", _find_ibans),
    (None, _find_lookalikes),
    ("birth_date", _find_birth_dates),
    ("phone", _find_phones),
    ("bsn", _find_bsns),
    ("address", _find_addresses),
)

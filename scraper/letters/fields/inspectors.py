"""Who inspected: everybody a letter's opening lists, or the lead inspectors of a report."""

import re
from collections.abc import Iterator, Sequence

from scraper.letters.text.layout import Sheet
from scraper.letters.text.lines import Line
from state import Kind

_VISIT = r"(?: for (?:this|the) (?:monitoring |focused )?visit)?"
_MADE_IT = r"(?:carried out|conducted|undertook) (?:this|the)\b"
_ANCHOR = re.compile(
    rf"(?:his|her) majesty.s inspectors?(?: \(hmis?\))?{_VISIT},? (?:were|was):?\s"
    rf"|\binspectors?{_VISIT} (?:were|was):?\s"
    r"|\b(?:carried out|conducted|undertaken|visit was led) by\s"
    rf"|(?:his|her) majesty.s inspectors(?: \(hmis?\))?,? (?=(?:[^.\n]|\b[a-z]\.){{5,200}} {_MADE_IT})",
    re.IGNORECASE,
)
_TITLES = re.compile(
    r"(?:,? ?\b(?:two|three|four|five|six|all|both) (?:of whom (?:are|were) |of )?)?"
    r"(?:senior |regional )?(?:his|her) majesty.s (?:senior )?inspectors?(?: \(?hmis?\)?)?(?!\w)"
    r"|\b(?:senior )?hmis?\b(?: \(?(?:schools?|social care|designate|education)\)?)?"
    r"|(?:\bthe )?"
    r"\b(?:ofsted |social care |regulatory |schools? |education |team |lead |designate |additional )+"
    r"inspectors?(?:\(s\))?(?: (?:was|were)\b)?"
    r"|\bas an? .*|\ball of whom\b.*|\(.*?\)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"\s*(?:[,;:/]|&|\b(?:(?:together |along )?with|and|alongside|(?:accompanied|supported|led) by)\b)\s*"
)
_WORD = r"(?:(?![a-zß-öø-ÿ])[^\W\d_]+(?:[’'‘-][^\W\d_]+)*\.?|(?:al|el)-[^\W\d_]+|de|van|von|der|la|Mc|O[’'])"
_POST = r"[\w ]*\b(?:Inspection|Inspectors?|Manager|Director|Officer|Adviser|Leader)\b"
_NAME = re.compile(rf"(?!The\b|His\b|Her\b|Social\b|Schools?\b|Ofsted\b|{_POST}){_WORD}(?: {_WORD}){{1,4}}")
_SENTENCE_END = re.compile(
    r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\b[A-Z])\.(?=\s|$)|\n"
    r"| (?=(?:The )?[Ii]nspectors (?:looked|considered|evaluated|reviewed|focused|also)\b)"
    rf"| (?={_MADE_IT})"
)
_MORE = re.compile(r"\W*(?:the )?(?:team|other|additional) inspectors? (?:were|was):?\s", re.IGNORECASE)
_LEAD = re.compile(r"(?:joint )?(?:lead|reporting) inspectors?(?: on site)?(?=\W|$)\s*:?\s*", re.IGNORECASE)
_TITLE_LINE = re.compile(r"(?:senior )?(?:his|her) majesty.s|and\b|hmi\b", re.IGNORECASE)


def find_visitors(opening: str) -> tuple[str, ...]:
    """Everybody the opening of a letter names as an inspector of the visit, in its order."""
    for anchor in _ANCHOR.finditer(opening):
        sentence, *behind = _SENTENCE_END.split(opening[anchor.end() :], maxsplit=1)
        names = tuple(_names(sentence))
        if names:
            more = _MORE.match(behind[0]) if behind else None
            return (*names, *find_visitors(behind[0])) if more else names
    return ()


def find_lead_inspectors(sheets: Sequence[Sheet], kind: Kind) -> tuple[str, ...]:
    """The lead inspectors of a report, from its cover or its last pages."""
    if kind is Kind.SEND:
        return _find_send_lead(sheets)
    for sheet in (*sheets[:2], *reversed(sheets[2:])):
        for index, line in enumerate(sheet.lines):
            label = _LEAD.match(line.text.strip())
            if label:
                names = tuple(_names(_value(sheet.lines, index, label.end())))
                if names:
                    return names
    return ()


def _value(lines: Sequence[Line], index: int, start: int) -> str:
    """What stands behind a label, on its line or on the next one where that goes on with it."""
    value = lines[index].text.strip()[start:]
    following = lines[index + 1].text.strip() if index + 1 < len(lines) else ""
    if not value.strip(" :") or value.rstrip().endswith((",", " and")) or _TITLE_LINE.match(following):
        value = f"{value} {following}"
    return value


def _find_send_lead(sheets: Sequence[Sheet]) -> tuple[str, ...]:
    for sheet in reversed(sheets):
        for line in sheet.lines:
            text = line.text.strip()
            found = re.match(rf"({_NAME.pattern}?)(?:,? HMI\b|,? Ofsted\b)", text)
            if found and re.search(r"ofsted.{0,12}lead inspector", text, re.IGNORECASE):
                return (found.group(1),)
    return ()


def _names(text: str) -> Iterator[str]:
    """The names in a list of names and titles."""
    for piece in _SEPARATOR.split(_TITLES.sub(",", text)):
        name = piece.strip(" .")
        if _NAME.fullmatch(name):
            yield name

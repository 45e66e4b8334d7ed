"""What was probably meant by a line that is not TOML: the slips of people who write it by hand."""

import re

_HINTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), hint)
    for pattern, hint in (
        ("[\u201c\u201d\u201e\u201f\u2018\u2019]", 'quotation marks must be straight ones: "'),
        (
            r"^(<{7}|={7}|>{7}|\|{7})",
            "the mark of an unfinished merge; keep one side, take the marks away",
        ),
        (r"^\s*\{", "this looks like JSON; write [section], and below it key = value"),
        (r"^\s*//", "a remark begins with #"),
        (r"=\s*$", "there is no value behind ="),
        (r"^\s*[\w.-]+\s*:", "write = instead of :"),
        (r"=\s*(True|False|yes|no|on|off|Yes|No)\b", "write true or false"),
        (r'"[^"]*\\[^"]*"', "write / instead of \\, or the whole text in single quotation marks"),
        (r"=\s*-?\d+,\d|=\s*-?0\d", "write a number without commas and without zeros before it"),
        (r"=\s*[^\W\d]", 'text stands in quotation marks: "…"'),
        (r'^[^"#]*"[^"]*("[^"]*"[^"]*)*$', "a closing quotation mark is missing"),
        (r"=\s*\[", 'see whether a comma or the closing ] is missing: ["…", "…"]'),
    )
)
_SAYINGS = {
    "Cannot overwrite a value": "this key or section stands in the file twice; keep one",
    "Cannot declare": "this section stands in the file twice; keep one",
}


def find_hint(message: str, line: str) -> str | None:
    """The mend for a line that the TOML reader refused with a message; None where nothing comes to mind."""
    said = next((hint for start, hint in _SAYINGS.items() if message.startswith(start)), None)
    return said or next((hint for pattern, hint in _HINTS if pattern.search(line)), None)

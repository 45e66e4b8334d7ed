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
        (r"=\s*\d+[wdhms]\b", 'a span of time stands in quotation marks: "10m"'),
        (r"=\s*\{[^}]*$", "a table in braces ends on the line on which it begins"),
        (r"^\s*\[\[[^\]]*\](?!\])", "the closing ]] is missing"),
        (r"^\s*\[[^\]]*$", "the closing ] is missing"),
        (r"^\s*\[[^\]\"']*\s[^\]\"']*\]", "a section's name has no spaces"),
        (r"=\s*[^\W\d]", 'text stands in quotation marks: "…"'),
        (r'^[^"#]*"[^"]*("[^"]*"[^"]*)*$', "a closing quotation mark is missing"),
        (r"=\s*\[", 'see whether a comma or the closing ] is missing: ["…", "…"]'),
        (r"""^[^"'#]*'[^']*$""", "a closing quotation mark is missing"),
        (
            r"""=\s*("[^"]*"|'[^']*'|true|false)\s*[^\s#]""",
            "a remark behind a value begins with #",
        ),
        (r"=\s*-?\d", 'text stands in quotation marks: "…"'),
    )
)


def find_hint(line: str) -> str | None:
    """The mend for a line that the TOML reader refused; None where nothing comes to mind."""
    return next((hint for pattern, hint in _HINTS if pattern.search(line)), None)

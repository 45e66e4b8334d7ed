"""What kind of document a title on an authority's page announces."""

import re

from state import Kind

# In this order: "Joint area … inspection" is a JTAI before it is an inspection.
_KINDS = (
    (Kind.MONITORING_VISIT, r"monitoring"),
    (Kind.FOCUSED_VISIT, r"focuss?ed visit|assurance visit"),
    (Kind.JTAI, r"\bjtai\b|joint (targeted )?(area|inspection)"),
    (Kind.SEND, r"\bsend\b|special educational needs"),
    (
        Kind.INSPECTION,
        r"\bilacs\b|single inspection|(children'?s|social care|safeguarding|looked after).*inspection"
        r"|inspection.*(children'?s (services|social)|social care|safeguarding|looked after)"
        r"|^(full |standard |short |re-?)?inspection( report)?$",
    ),
)
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
_APOSTROPHES = str.maketrans("’‘ʼ`´", "'''''")


def kind_of_title(title: str, hidden: str = "") -> Kind:
    """The kind, by a link's text and its hidden text; one that nobody foresaw is OTHER."""
    for text in (title, hidden):
        plain = " ".join(text.casefold().translate(_APOSTROPHES).split())
        for kind, pattern in _PATTERNS:
            if pattern.search(plain):
                return kind
    return Kind.OTHER

"""Long sentences cut at a clause: what is left out may add, never take back."""

import re

MARK = " …"
_BOUNDARY = re.compile(
    r"(?:[;:]|,(?= (?:and|which|with|including|such as|so that|leading|resulting|as well)\b)) "
)
_TAKES_BACK = re.compile(
    r"\b(?:but|however|although|though|while|whilst|despite|yet|except|unless|only|until|not|albeit|without|nor)\b",
    re.IGNORECASE,
)
_LEAST = 80


def shorten(sentence: str, longest: int) -> str | None:
    """The sentence, or its beginning up to a clause's end with "…"; None where no such cut is safe."""
    if len(sentence) <= longest:
        return sentence
    cuts = [match.start() for match in _BOUNDARY.finditer(sentence, _LEAST, longest)]
    for cut in reversed(cuts):
        if not _TAKES_BACK.search(sentence[cut:]) and sentence.count("(", 0, cut) == sentence.count(
            ")", 0, cut
        ):
            return sentence[:cut] + MARK
    return None

"""Whether a sentence leans on the one before it: "This", "They", "However" mean nothing by themselves."""

import re

_FLAGS = re.IGNORECASE | re.VERBOSE
# Openings that point back. "This inspection" and "those who" do not.
_POINTS_BACK = re.compile(
    r"""^(?:(?:and|but|also|often|too\ often|sometimes|usually|generally
      |typically|while|although|when|where|if|once|because|as|for|in|of|with|by|from|at|to|through
      |despite|since|following|among|unlike
      |(?:all|most|many|some|both|none|each|part)\ of|despite\ all
      |(?:all|most|many|some)(?=\ others?\b))\s+){0,2}
    (?:
      (?:this|that|these|those|such)\b
      (?!\s+(?:\w+\s+)?(?:inspection|visit|letter|report|year|time|who|whose|local\ authority)
        |(?<=those)\s+(?:\w+\s+)?(?:in|with|at)\b)
      |(?:they|them|their|it|its|he|she|him|his|her|hers|theirs|both|neither|others?|another|here|then
        |the\ (?:same|latter|former|remainder|rest))\b
    )""",
    _FLAGS,
)
_CONNECTS = re.compile(
    r"""^(?:however|but|and|or|yet|nevertheless|nonetheless|conversely|instead|otherwise|consequently|therefore
    |thus|hence|accordingly|similarly|likewise|equally|additionally|furthermore|moreover|further,|also
    |further\ to\ this|by\ contrast|in\ (?:addition|contrast|response|these|those|this|turn|part)
    |as\ a\ (?:result|consequence)|as\ such|so|for\ (?:example|instance)|subsequently|meanwhile
    |because\ of\ this
    |on\ the\ other\ hand|even\ so|that\ said|indeed|again|finally|lastly|firstly|secondly|thirdly
    |alongside\ this|elsewhere|since\ then|until\ then|at\ that\ (?:time|inspection|point)
    |to\ (?:address|support|achieve|do|mitigate)\ this)\b""",
    _FLAGS,
)
# "Some have weak analysis", "Many receive …": of whom?
_OF_WHOM = re.compile(
    r"""^(?:some|many|most|all|few|too\ many|too\ few|several|a\ few|a\ number
    |a\ minority|the\ majority|one|two|three|none)\s+
    (?:\w+ly\s+)?
    (?:have|has|are|is|were|was|had|do|does|did|can|need|receive|remain|lack|wait|still|also|now|feel|told|said
    |experience|continue|live|show|contain|include|benefit|report|say)\b""",
    _FLAGS,
)
# "Leaders know this"; "because of these weaknesses".
_INSIDE = re.compile(
    r"""\b(?:(?:this|these|those|such)\s+
      (?:and|but|or|is|are|was|were|has|have|means?|in\ turn|issues?|areas?|weaknesses|shortfalls|concerns
      |changes
      |improvements|developments|deficits|challenges|circumstances|cases|instances|examples|findings|arrangements
      |initiatives|plans|risks|actions|efforts|measures|children|families|young\ people|services|factors)\b
    |^(?:for|in|at|on|with|within|across|under|over|during|despite|after|before|following|throughout|without
      |through|by|since|from)\ [^,]{1,80},\ (?:this|these|those|they|it)\b
    |(?:address|tackl|resolv|mitigat|remed)\w*\ (?:this|these)\b
    |(?:exacerbat|compound)\w*\ (?:the|this|these)\ (?:pressures?|problems?|issues?|situation|difficulties)\b
    |(?:this|these)[.,;]|(?:the\ latter|the\ former)\b)""",
    re.VERBOSE,  # on lower case: much faster
)
# "Too many children, however, …", but not "Progress is steady, but there is nonetheless more to do".
_CONTRASTS = re.compile(r"\b(?:however|nevertheless|nonetheless|therefore|conversely)\b")
_OPENING_CONTRAST = re.compile(
    r"(?:there (?:is|are|remains?) )?(?:however|nevertheless|nonetheless|conversely|but|yet),? ",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"[,;]? (?:but|and|although|though|while|whilst|yet) |;", re.IGNORECASE)
_FAR_IN = 70  # characters; a contrast further in is one within the sentence
_TAKES_BACK = re.compile(
    r"""^(?:however|but|yet|nevertheless|nonetheless
    |there\ (?:is|are|remains?),?\ (?:however|nevertheless|nonetheless)
    |despite\ (?:this|these)|even\ so|that\ said|conversely
    |in\ contrast|by\ contrast|notwithstanding|th(?:is|ese)\ (?:is|are|does|do|has|have)\ not
    |[^.;:,]{0,50},\ however,)""",
    _FLAGS,
)
_ASIDE = re.compile(r", (?:which|who)\b[^,]*,\s*$")
_CLAUSE_END = re.compile(r"[,;:–—]\s*(?:and|but|which|so|or)?\s*$")


def leans(sentence: str) -> bool:
    """True where a reader would ask "what?" or "who?", and the sentence itself gives no answer."""
    text = sentence.lower()
    if _POINTS_BACK.match(text) or _CONNECTS.match(text) or _OF_WHOM.match(text):
        return True
    contrast = _CONTRASTS.search(text)
    if contrast and contrast.start() < _FAR_IN and not _WITHIN.search(text[: contrast.start()]):
        return True
    inside = _INSIDE.search(text)
    return inside is not None and not (inside.start() and _resolves(text[: inside.start()]))


def leans_beyond_contrast(sentence: str) -> bool:
    """True where a sentence leans on more than the contrast it opens with: "However, they …"."""
    opening = _OPENING_CONTRAST.match(sentence)
    return opening is None or leans(sentence[opening.end() :])


def takes_back(sentence: str) -> bool:
    """True for a sentence without which the one before it would mislead: "However, …"."""
    return _TAKES_BACK.match(sentence) is not None


def _resolves(before: str) -> bool:
    """True where a clause of its own stands before the reference: "Plans are weak, and this …"."""
    before = _ASIDE.sub(" ", before)
    end = _CLAUSE_END.search(before)
    return end is not None and len(before[: end.start()].split()) >= 4

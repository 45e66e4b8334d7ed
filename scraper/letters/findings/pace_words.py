"""The words of the pace of progress, and of what is none: wishes, the past, a child's own progress."""

import re
from collections.abc import Mapping

from state import PaceLabel


def _words(pattern: str) -> re.Pattern[str]:
    """A pattern at word borders, without regard to case; its line breaks are layout."""
    lines = "".join(line.strip("\n") for line in re.split(r"\n\s*", pattern))
    return re.compile(rf"\b(?:{lines})\b", re.IGNORECASE)


# What is paced. "Progress" as a verb ("to progress plans") is not the noun.
NOUN = _words(
    r"""(?<!to )(?P<progress>progress)(?! (?:their|its|the|his|her|these|those|through|children|reports?
    |reviews?|plans?)\b)
    |(?P<pace>pace|rate of|speed of|momentum)
    |(?<!for )(?P<improvement>improvements?)(?! (?:plan|board|partner|journey|programme|priorit|advis
    |notice|action|activit|work
    |service|agenda|cycle|strateg))"""
)  # fmt: skip
DEGREES: Mapping[PaceLabel, re.Pattern[str]] = {
    PaceLabel.POOR: _words(
        r"""too slow(?:ly)?|slow|slower|slowed|insufficient(?:ly)?|limited|little|minimal|inadequate|poor
    |stalled|no(?! longer)
        |lack(?:s|ed|ing)?(?: of)?|drift(?: and delay)?|deteriorated|declined|lost|faltered|disappointing
    |delayed
        |inconsistent|weak"""
    ),
    PaceLabel.EARLY: _words(
        r"""early|initial|beginning to|begun to|start(?:ing|ed) to|emerging|fragile|embryonic|tentative"""
    ),
    PaceLabel.STRONG: _words(
        r"""rapid(?:ly)?|significant(?:ly)?|substantial(?:ly)?|considerabl[ey]|strong(?:ly)?|sustained
    |swift(?:ly)?
        |accelerat(?:ed|ing)|quicken(?:ed|ing)|impressive|excellent|exceptional|very good|much|marked|fast
        |quick(?:er|ly)?|picked up|increased|stepped up|remarkable|outstanding"""
    ),
    PaceLabel.STEADY: _words(
        r"""steady|steadily|tangible|positive|good|some|satisfactory|reasonable|sound|solid|appropriate
    |sufficient
        |enough|evident|maintained|incremental|gradual|encouraging|demonstrable|adequate|consistent"""
    ),
}
# Said of improvements, only these tell how fast they come.
STEADY_IMPROVEMENT = _words(r"steady|steadily|tangible|gradual|incremental")
# Anywhere behind progress that no word of degree describes.
EARLY_SIGNS = _words(
    r"(?:\w+ )?low base|not yet (?:\w+ )?embedded|infancy|early (?:stages?|days)|too (?:early|soon)"
)
GOES_ON = _words(
    r"""(?:is|are|has|have|continues?|continued)(?: (?:been|to|now|also|all))* (?:making|made
    |make) (?=progress)
    |(?<=progress )(?:has been|is being) made"""
)
# A whole service that gets worse needs no word for pace.
DECLINE = _words(
    r"""(?:services?|(?:social work )?practice|standards|performance)(?: for children)? (?:has|have)
    [ ](?:\w+ )?(?:declined|deteriorated|worsened)"""
)
NEGATION = _words(
    r"""not|never|no longer|nor|neither|without|nowhere near|far from|yet to|unable to|fail\w*|cannot
    |(?:has|have|is|are|was|were|do|does|did|could|would)n[’']t"""
)
CONTRAST = _words(
    r"but|however|although|though|while|whilst|despite|nevertheless|nonetheless|whereas|albeit|yet"
)

PAST_VERB = _words(r"was|were|wasn[’']t|weren[’']t")
PAST_PERFECT = _words(r"had|hadn[’']t")
PAST_TIME = _words(
    r"""in (?:\w+ )?(?:19|20)\d\d|previously|previous|initially|at the (?:last|previous|first|time)|until
    |before
    |historically|in the past|at that (?:time|point)|prior to|early on|last (?:year|visit|inspection)
    |earlier
    |first (?:monitoring )?visit|at first"""
)
# Wishes, duties and what inspectors set out to look at: no finding about the pace.
UNREAL_BEFORE = _words(
    r"""need(?:s|ed)? to|must|should|will|would|could|may|might|if|to ensure|ensur\w+ that|in order to
    |aims? to
    |commit\w+ to|capacity to|plans? to|ambitio\w* (?:to|for)|determin\w+ to|expect(?:s|ed)? to|intend\w* to
    |to (?:make|achieve|sustain|drive|secure|accelerate|maintain)|for (?:making|further)
    |(?:looked|look) at|review(?:ed)?|considered|evaluat\w+|focus(?:ed)? on|monitor\w*|track\w*|measur\w*
    |scrutin\w*|report\w* on|understanding of|oversight of|assess\w*|self-\w+"""
)
# "Beginning to make progress" is no wish.
REAL = _words(r"(?:beginning|begun|start\w*|continu\w*|fail\w*|able|managed|unable|yet) to")
UNREAL_AFTER = _words(r"needs? to|must|should|will|would|could|may|might|required|needed")
# Somebody else's progress: a child's, a pupil's, a plan's.
OTHERS = _words(
    r"""(?:child(?:ren)?|young people|pupils?|students?|care leavers|they|who|plans?|cases?|families
    |siblings|babies
    |parents)(?:[’']s?)?(?: (?:who|in|at|with|are|is|now|also|care|have|has|been|can|often|usually
    |generally|all|make
    |making|made|mostly))*(?: \w+){0,2}? progress
    |progress (?:of|for|that|by) (?:\w+ ){0,2}(?:child|young|pupil|plan|case|famil|care)\w*
    |(?:educational?|academic|school|learning|developmental|individual|their) progress
    |progress (?:in|at|with) (?:their |the )?(?:education|school|learning|plans?|lives|reading|writing)
    |(?:child(?:ren)?|young people|famil(?:y|ies))[’']?s? (?:circumstances|lives|situations)
    |improvements? (?:in|for|to) (?:their|families|family)
    |(?:children|young people|care leavers|pupils) (?:are|have|who|receive|make|in care (?:are|have
    |make))"""
)
# A statement on the whole of the services says so, when it stands among the findings on single areas.
AT_LARGE = _words(
    r"""local authority|council|city|borough|county|trust|overall|children[’']s services|in summary
    |since (?:the |its |their )?(?:last |previous |first )?(?:monitoring )?(?:visit|inspection)
    |judged inadequate"""
)
SOME_AREAS = _words(
    r"""in (?:some|a few|one|this|that|these|those|certain|other|a number of|several) (?:\w+ ){0,2}?
    (?:areas?|aspects?|parts?|services?|teams?|elements?)|in others|in parts|in places|for some"""
)
# What the whole service is called, though a word of it is a theme's.
WHOLE = _words(
    r"""(?:children|young people|those|families)(?:(?: and| or) (?:young people
    |families))?(?: who)?(?: are)?(?: in)?
    [ ]needs?(?: of)? (?:help|protection)(?:(?: and|, | or) ?(?:help|protection|care
    |children looked after|care leavers))*
    |improvement (?:plans?|board|journey)|social work(?:ers)? practice|social care
    |(?:children looked after|children in care),? and care leavers"""
)

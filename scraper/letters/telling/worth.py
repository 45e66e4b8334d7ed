"""How likely a reporter is to choose a sentence: by where it stands, then by what it says.

The shares and the factors are rounded from what reporters chose and hold for every document alike;
`python -m benchmarks.summary` shows how well they do, on halves of the reports as well.
"""

import re

from scraper.letters.findings.roles import RoleVerdict
from scraper.letters.sentences.splitting import Sentence
from state import FindingRole, SectionRole

# Share of reporters by the sentence's place in its section, as (places below, share); and further down.
_Steps = tuple[tuple[int, float], ...]
_IN_HEADLINE: _Steps = ((3, 0.5), (6, 0.4), (10, 0.2), (15, 0.06), (1000, 0.02))
_IN_LEADERS: _Steps = ((3, 0.06), (10, 0.025))
_IN_BODY: _Steps = ((3, 0.03), (10, 0.01))
_STEPS = {SectionRole.HEADLINE: _IN_HEADLINE, SectionRole.LEADERS: _IN_LEADERS}
_FURTHER_DOWN = 0.005
# What makes a sentence likelier; all are looked for in lower case: twice as fast as ignoring case.
_GRAVE = re.compile(
    r"\b(?:serious|widespread|significant(?:ly)?|fail(?:ed|ings?|ures?)?|harm|transform\w+)\b"
)
_CHANGE = re.compile(
    r"\b(?:since (?:the|its|their|our|ofsted’s) (?:last|previous|first)|since (?:19|20)\d\d"
    r"|deteriorat\w+|declin\w+"
    r"|(?:much|significant|substantial|considerable) (?:progress|improvements?))\b"
)
_EXTENT = re.compile(r"\b(?:most|many|vast majority|too many|almost all|nearly all)\b")
_VOICE = re.compile(r"‘|\btold (?:us|inspectors|an inspector)\b")
_WARM = re.compile(r"\b(?:passion\w+|thriv\w+|love[ds]?|loving|happy|proud|committed|ambitio\w+|amazing)\b")
_LEADERS = re.compile(r"\b(?:leaders|leadership|director|managers?|council|local authority)\b")
_CHILDREN = re.compile(r"\b(?:children|young people|care leavers)\b")
# Procedure and history: how the inspection went, who appointed whom when, how a body is set up.
_PROCEDURE = re.compile(
    r"\b(?:inspectors? (?:returned|carried out|visited|met)|this inspection (?:took|was carried|included)"
    r"|section 1\d\d"
    r"|under its power|regulations|methodology|quality assurance processes and|secretary of state|went live"
    r"|last inspected|the last inspection,? in|framework|went into|delivered by|commissioned (?:a|an|by)"
    r"|responsible for the delivery|judged (?:to be )?(?:good|inadequate|outstanding|as requir\w+)"
    r"|has a population|unitary authority)\b"
)
_FIGURES = re.compile(r"\d(?<!\w\d)\d*(?:\.\d+)?%?")


def judge_worth(sentence: Sentence, at: int, verdict: RoleVerdict) -> float:
    """The share of reporters who would choose a sentence; `at` counts from the start of its section."""
    text = sentence.text.lower()
    change = bool(_CHANGE.search(text))
    doublings = 0.7 * bool(_GRAVE.search(text)) + 0.5 * change
    doublings += 0.5 * bool(_EXTENT.search(text)) + 0.3 * bool(_VOICE.search(text))
    doublings += 0.3 * bool(_WARM.search(text))
    doublings += 0.3 * bool(_LEADERS.search(text)) + 0.3 * bool(_CHILDREN.search(text))
    doublings += 0.4 * min(len(verdict.cues), 3)
    doublings -= 0.5 * (verdict.role is FindingRole.NEUTRAL)
    doublings -= 3.0 * (not change and bool(_PROCEDURE.search(text)))
    doublings -= 0.4 * min(len(_FIGURES.findall(text)), 3) + 0.6 * (len(text) < 45)
    return float(_share(sentence.role, at) * 2**doublings)


def _share(role: SectionRole, at: int) -> float:
    steps = _STEPS.get(role, _IN_BODY)
    return next((share for below, share in steps if at < below), _FURTHER_DOWN)

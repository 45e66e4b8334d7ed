"""How much a sentence tells a reporter: transparent points for where it stands and what it says.

The weights are rounded from what reporters chose; `python -m benchmarks.summary` shows how well they do.
"""

import re

from scraper.letters.findings.roles import RoleVerdict
from scraper.letters.sentences.splitting import Sentence
from state import FindingRole, SectionRole

# All of these are looked for in lower case: twice as fast as a pattern that ignores case.
_GRAVE = re.compile(
    r"\b(?:serious|widespread|significant(?:ly)?|fail(?:ed|ings?|ures?)?|harm|transform\w+)\b"
)
_CHANGE = re.compile(
    r"\b(?:since (?:the|its|their|our|ofsted’s) (?:last|previous|first)|since (?:19|20)\d\d"
    r"|deteriorat\w+|declin\w+"
    r"|(?:much|significant|substantial|considerable) (?:progress|improvements?))\b"
)
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
    """Points of a sentence, 0 for one not worth showing; `at` counts from the start of its section."""
    text = sentence.text.lower()
    points = _place(sentence, at)
    points += 0.3 * bool(_GRAVE.search(text)) + 0.3 * bool(_CHANGE.search(text))
    points += 0.2 * bool(_LEADERS.search(text)) + 0.1 * bool(_CHILDREN.search(text))
    points += 0.1 * min(len(verdict.cues), 3)
    points -= 0.3 * (verdict.role is FindingRole.NEUTRAL)
    points -= 0.7 * bool(_PROCEDURE.search(text)) + 0.2 * min(len(_FIGURES.findall(text)), 3)
    points -= 0.2 * (len(text) > 320) + 0.3 * (len(text) < 45)
    return points


def _place(sentence: Sentence, at: int) -> float:
    if sentence.role is SectionRole.HEADLINE:
        return 1.5 if at < 6 else 1.0 if at < 10 else 0.2
    return 0.1 if at < 4 else 0.0

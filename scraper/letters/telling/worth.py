"""How likely a reporter is to choose a sentence: by where it stands, then by what it says.

The shares and the factors are rounded from what reporters chose and hold for every document alike;
`python -m benchmarks.summary` shows how well they do, on halves of the reports as well.
"""

import re
from typing import NamedTuple

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
_NOT_IN_WORDS = str.maketrans(dict.fromkeys(".,;:!?()[]‘’'“”\"–—-/…", " "))


class _Signs(NamedTuple):
    """Words and phrases one of which is enough, told from a text by look-ups instead of a pattern."""

    words: frozenset[str]
    pieces: tuple[str, ...]  # phrases, and beginnings of words

    def stand_in(self, text: str, words: frozenset[str]) -> bool:
        """True where one of them stands in a text of plain words between single blanks."""
        if not self.words.isdisjoint(words):
            return True
        for piece in self.pieces:  # noqa: SIM110  twice as fast as any()
            if piece in text:
                return True
        return False


def _list_signs(line: str) -> _Signs:
    """Words and phrases parted by "|"; "*" is any ending."""
    plain = [" ".join(phrase.split()) for phrase in line.split("|")]
    words = frozenset(phrase for phrase in plain if " " not in phrase and "*" not in phrase)
    longer = (phrase for phrase in plain if phrase not in words)
    return _Signs(words, tuple(f" {phrase[:-1]}" if "*" in phrase else f" {phrase} " for phrase in longer))


# What makes a sentence likelier.
_GRAVE = _list_signs(
    """serious | widespread | significant | significantly | fail | failed | failing | failings | failure
    | failures | harm | transforme* | transforma* | transformi*"""
)
_CHANGE = _list_signs(
    " | ".join(
        [f"since {whose} {which}" for whose in ("the", "its", "their", "our", "ofsted s")
         for which in ("last", "previous", "first")]
        + [f"{much} {what}" for much in ("much", "significant", "substantial", "considerable")
           for what in ("progress", "improvement", "improvements")]
        + ["since 19*", "since 20*", "deteriorat*", "declin*"]
    )
)  # fmt: skip
_EXTENT = _list_signs("most | many | vast majority | too many | almost all | nearly all")
_VOICE = _list_signs("told us | told inspectors | told an inspector")
_WARM = _list_signs(
    """passion* | thriv* | love | loved | loves | loving | happy | proud | committed | ambitio*
    | amazing"""
)
_LEADERS = _list_signs("leaders | leadership | director | manager | managers | council | local authority")
_CHILDREN = _list_signs("children | young people | care leavers")
# Procedure and history: how the inspection went, who appointed whom when, how a body is set up.
_PROCEDURE = _list_signs(
    """inspector returned | inspectors returned | inspector carried out | inspectors carried out
    | inspector visited | inspectors visited | inspector met | inspectors met | this inspection took
    | this inspection was carried | this inspection included | section 1* | under its power | regulations
    | methodology | quality assurance processes and | secretary of state | went live | last inspected
    | the last inspection in | framework | went into | delivered by | commissioned a | commissioned an
    | commissioned by | responsible for the delivery | judged good | judged inadequate | judged outstanding
    | judged to be good | judged to be inadequate | judged to be outstanding | judged as requir*
    | judged to be as requir* | has a population | unitary authority
    | into a contract | the contract sets*"""
)
_FIGURES = re.compile(r"\d(?<!\w\d)\d*(?:\.\d+)?%?")


def judge_worth(sentence: Sentence, at: int, verdict: RoleVerdict) -> float:
    """The share of reporters who would choose a sentence; `at` counts from the start of its section."""
    lower = sentence.text.lower()
    words = lower.translate(_NOT_IN_WORDS).split()
    text, distinct = f" {' '.join(words)} ", frozenset(words)
    change = _CHANGE.stand_in(text, distinct)
    doublings = 0.7 * _GRAVE.stand_in(text, distinct) + 0.5 * change
    doublings += 0.5 * _EXTENT.stand_in(text, distinct)
    doublings += 0.3 * ("‘" in lower or _VOICE.stand_in(text, distinct))
    doublings += 0.3 * _WARM.stand_in(text, distinct)
    doublings += 0.3 * _LEADERS.stand_in(text, distinct) + 0.3 * _CHILDREN.stand_in(text, distinct)
    doublings += 0.4 * min(len(verdict.cues), 3)
    doublings -= 0.5 * (verdict.role is FindingRole.NEUTRAL)
    doublings -= 3.0 * (not change and _PROCEDURE.stand_in(text, distinct))
    doublings -= 0.4 * min(len(_FIGURES.findall(lower)), 3) + 0.6 * (len(lower) < 45)
    return float(_share(sentence.role, at) * 2**doublings)


def _share(role: SectionRole, at: int) -> float:
    steps = _STEPS.get(role, _IN_BODY)
    return next((share for below, share in steps if at < below), _FURTHER_DOWN)

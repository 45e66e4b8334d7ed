"""What moved between two letters of one authority, theme by theme, each with both quotations."""

from collections.abc import Iterable, Sequence
from itertools import product

from scraper.letters.findings.listing import find_findings
from scraper.letters.findings.themes import THEMES, find_themes
from scraper.letters.sentences.leaning import leans
from scraper.letters.sentences.likeness import list_content, measure_likeness
from scraper.letters.sentences.quotable import is_quotable
from state import (
    Carried,
    Comparison,
    Excerpt,
    Finding,
    FindingRole,
    Letter,
    LetterRef,
    Move,
    SectionRole,
    ThemeMove,
    compare_grades,
)

_DUTIES = (SectionRole.IMPROVE, SectionRole.PRIORITY)
_CLEAR = 0.75  # share of one tone among a theme's sentences from which the letter's tone on it is clear
_LEAST_NEW = 2  # sentences on a theme before its presence is news
_SAME_DUTY = 0.35  # likeness from which two recommendations are one
_NEAR = 0.25  # likeness from which the other letter may well speak of the same matter
_SAME_MATTER = 0.14  # likeness below which two sentences of a theme are about different matters
_SAME_TURN = 0.18  # likeness below which nothing is said to have turned
_TURNS = (Move.TO_STRENGTH, Move.TO_CONCERN)
# Every visit looks at how the work is led: silence on these is news whatever the visit's areas.
_ALWAYS_LOOKED_AT = frozenset(THEMES[THEMES.index("management oversight") :])
# Whom a letter names here is as often a board of that name: silence on it says nothing.
_NO_NEWS = frozenset({"commissioner and trust"})
_ORDER = tuple(Move)


def compare_letters(old: Letter, new: Letter) -> Comparison:
    """Themes repeated, turned, new or no longer mentioned; changed judgements; repeated recommendations."""
    before, after = find_findings(old.sections), find_findings(new.sections)
    moves: list[tuple[ThemeMove, float]] = []
    names = frozenset().union(
        *(list_content(letter.authority.name) for letter in (old, new) if letter.authority)
    )
    for theme in THEMES:
        olds = [finding for finding in before if theme in finding.themes]
        news = [finding for finding in after if theme in finding.themes]
        if olds and news:
            moves += _compare_theme(theme, olds, news, names)
        elif (
            old.kind is new.kind
            and theme not in _NO_NEWS
            and not _looked_elsewhere(old, new)
            and _was_looked_at(theme, new if olds else old)
        ):
            moves += _report_silence(theme, olds, news, after if olds else before)
    moves.sort(key=lambda item: (_ORDER.index(item[0].move), -item[1]))
    return Comparison(
        old=_refer(old),
        new=_refer(new),
        grade_changes=compare_grades(old.grades, new.grades),
        moves=tuple(_tell_once(move for move, _ in moves)),
        carried_over=tuple(_find_carried(before, after)),
        notes=tuple(_find_limits(old, new)),
    )


def _refer(letter: Letter) -> LetterRef:
    return LetterRef(
        kind=letter.kind,
        title=letter.title,
        authority=letter.authority,
        dated_on=letter.dated_on,
        visit_number=letter.visit_number,
        pace=letter.pace,
        areas=letter.areas,
    )


def _find_limits(old: Letter, new: Letter) -> Iterable[str]:
    """What a reader must know of the two documents before reading on."""
    if old.authority and new.authority and old.authority.name != new.authority.name:
        yield f"the letters are about two authorities: {old.authority.name} and {new.authority.name}"
    if old.kind is not new.kind:
        yield f"the documents differ in kind ({old.kind} and {new.kind}): only what both mention is compared"
    if _looked_elsewhere(old, new):
        yield "the visits looked at different areas"


def _tell_once(moves: Iterable[ThemeMove]) -> Iterable[ThemeMove]:
    """Each pair of quotations under its first theme only."""
    told: set[tuple[Excerpt | None, Excerpt | None]] = set()
    for move in moves:
        if (move.before, move.after) not in told:
            told.add((move.before, move.after))
            yield move


def _looked_elsewhere(old: Letter, new: Letter) -> bool:
    """True where two visits share no area: silence in one says nothing then."""
    areas, others = _list_areas(old), _list_areas(new)
    return bool(areas and others and not areas & others)


def _list_areas(letter: Letter) -> frozenset[str]:
    return frozenset(find_themes(" . ".join(letter.areas)))


def _was_looked_at(theme: str, letter: Letter) -> bool:
    """True where a letter's silence on a theme says something: an inspection looks at all of them."""
    areas = _list_areas(letter)
    return not letter.areas or theme in areas or theme in _ALWAYS_LOOKED_AT


def _compare_theme(
    theme: str, olds: Sequence[Finding], news: Sequence[Finding], names: frozenset[str]
) -> Iterable[tuple[ThemeMove, float]]:
    """What became of a theme that both letters mention, and how alike the two quotations are.

    The authority's name, which both may well hold, makes no two alike.
    """
    move = _judge_move(olds, news)
    pair = _find_pair(olds, news, move, names) if move else None
    if move and pair:
        likeness = measure_likeness(pair[0].quote, pair[1].quote, names)
        if likeness >= (_SAME_TURN if move in _TURNS else _SAME_MATTER):
            yield ThemeMove(theme=theme, move=move, before=pair[0], after=pair[1]), likeness


def _judge_move(olds: Sequence[Finding], news: Sequence[Finding]) -> Move | None:
    before, after = _judge_tone(olds), _judge_tone(news)
    turned = {
        (FindingRole.CONCERN, FindingRole.STRENGTH): Move.TO_STRENGTH,
        (FindingRole.STRENGTH, FindingRole.CONCERN): Move.TO_CONCERN,
        (FindingRole.STRENGTH, FindingRole.STRENGTH): Move.STRENGTH_REPEATED,
    }
    if before and after and (before, after) in turned:
        return turned[before, after]
    blamed = all(any(f.role is FindingRole.CONCERN for f in findings) for findings in (olds, news))
    return Move.CONCERN_REPEATED if blamed else None


def _judge_tone(findings: Sequence[Finding]) -> FindingRole | None:
    """Strength or concern where the sentences clearly lean one way."""
    told = [finding.role for finding in findings if finding.role is not FindingRole.NEUTRAL]
    for role in (FindingRole.STRENGTH, FindingRole.CONCERN):
        if told and told.count(role) >= _CLEAR * len(told):
            return role
    return None


def _find_pair(
    olds: Sequence[Finding], news: Sequence[Finding], move: Move, names: frozenset[str]
) -> tuple[Excerpt, Excerpt] | None:
    """The two sentences most alike that show the move; a recommendation alone shows no turn."""
    if move in _TURNS:
        olds, news = ([f for f in side if f.section not in _DUTIES] for side in (olds, news))
    roles = {
        Move.TO_STRENGTH: (FindingRole.CONCERN, FindingRole.STRENGTH),
        Move.TO_CONCERN: (FindingRole.STRENGTH, FindingRole.CONCERN),
        Move.STRENGTH_REPEATED: (FindingRole.STRENGTH, FindingRole.STRENGTH),
    }.get(move, (FindingRole.CONCERN, FindingRole.CONCERN))
    pairs = product(_list_shown(olds, roles[0]), _list_shown(news, roles[1]))
    best = max(pairs, key=lambda pair: measure_likeness(pair[0].text, pair[1].text, names), default=None)
    return (_excerpt(best[0]), _excerpt(best[1])) if best else None


def _report_silence(
    theme: str, olds: Sequence[Finding], news: Sequence[Finding], others: Sequence[Finding]
) -> Iterable[tuple[ThemeMove, float]]:
    """A theme of one letter only, and how often it stands there.

    A single mention is no news, nor is one that the other letter's sentences come near in other words.
    """
    role = _judge_tone(olds or news)
    shown = _list_shown(olds or news, role) if role else []
    if not shown or role is None or len(olds or news) < _LEAST_NEW:
        return
    apart = [f for f in shown if all(measure_likeness(f.text, o.text) < _NEAR for o in others)]
    if not apart:
        return
    excerpt = _excerpt(apart[0])
    if olds:
        yield ThemeMove(theme=theme, move=Move.NO_LONGER_MENTIONED, before=excerpt), len(olds)
    else:
        move = Move.CONCERN_NEW if role is FindingRole.CONCERN else Move.STRENGTH_NEW
        yield ThemeMove(theme=theme, move=move, after=excerpt), len(news)


def _list_shown(findings: Iterable[Finding], role: FindingRole) -> list[Finding]:
    """The findings of a role that stand on their own as quotations."""
    return [
        finding
        for finding in findings
        if finding.role is role
        and is_quotable(finding.text, item=finding.section in _DUTIES)
        and not leans(finding.text)
    ]


def _excerpt(finding: Finding) -> Excerpt:
    return Excerpt(quote=finding.text, page=finding.page, role=finding.role)


def _find_carried(before: Sequence[Finding], after: Sequence[Finding]) -> Iterable[Carried]:
    """Recommendations made again, each matched with the one most like it."""
    duties = [finding for finding in after if finding.section in _DUTIES]
    for finding in before:
        if finding.section in _DUTIES and duties:
            match = max(duties, key=lambda duty: measure_likeness(finding.text, duty.text))
            if measure_likeness(finding.text, match.text) >= _SAME_DUTY:
                yield Carried(before=_excerpt(finding), after=_excerpt(match))

"""Two letters: what turned, stayed, came or went. Two versions: the changed sentences."""

from scraper.letters import compare_letters, compare_versions, find_findings
from state import AuthorityRef, FindingRole, Grade, Grades, Kind, Letter, Move, SectionRole, SentenceChange
from tests.scraper.letters.making import make_letter, make_section

FINDINGS, IMPROVE = SectionRole.FINDINGS, SectionRole.IMPROVE


def list_moves(old: Letter, new: Letter) -> list[tuple[Move, str, str | None, str | None]]:
    moves = compare_letters(old, new).moves
    return [(m.move, m.theme, m.before and m.before.quote, m.after and m.after.quote) for m in moves]


def test_a_theme_that_turned_is_told_with_both_quotations() -> None:
    weak, strong = (
        "Supervision is irregular and of poor quality.",
        "Supervision is regular and of good quality.",
    )
    old, new = make_letter(make_section(FINDINGS, weak)), make_letter(make_section(FINDINGS, strong))
    assert list_moves(old, new) == [(Move.TO_STRENGTH, "supervision", weak, strong)]
    assert list_moves(new, old) == [(Move.TO_CONCERN, "supervision", strong, weak)]


def test_a_concern_that_stays_is_repeated() -> None:
    before, after = "Too many audits are superficial.", "Audits remain superficial in too many teams."
    moves = list_moves(
        make_letter(make_section(FINDINGS, before)), make_letter(make_section(FINDINGS, after))
    )
    assert moves == [(Move.CONCERN_REPEATED, "quality assurance", before, after)]


def test_new_and_gone_need_more_than_one_mention() -> None:
    one = "Domestic abuse is poorly understood."
    two = "Victims of domestic abuse wait too long for help."
    silent = make_letter(make_section(FINDINGS, "The team moved in March."))
    assert list_moves(silent, make_letter(make_section(FINDINGS, one))) == []
    talking = make_letter(make_section(FINDINGS, one, two))
    assert list_moves(silent, talking) == [(Move.CONCERN_NEW, "domestic abuse", None, one)]
    assert list_moves(talking, silent) == [(Move.NO_LONGER_MENTIONED, "domestic abuse", one, None)]


def test_silence_is_no_news_where_the_visit_did_not_look() -> None:
    talking = make_letter(
        make_section(FINDINGS, "Domestic abuse is poorly understood.", "Domestic abuse work is weak."),
        areas=("domestic abuse",),
    )
    elsewhere = make_letter(make_section(FINDINGS, "The team moved in March."), areas=("care leavers",))
    assert list_moves(talking, elsewhere) == []
    assert compare_letters(talking, elsewhere).notes == ("the visits looked at different areas",)


def test_silence_is_no_news_between_kinds() -> None:
    talking = make_letter(make_section(FINDINGS, "Neglect is poorly understood.", "Neglect work is weak."))
    silent = make_letter(make_section(FINDINGS, "The team moved in March."), kind=Kind.INSPECTION)
    assert list_moves(talking, silent) == []
    assert len(compare_letters(talking, silent).notes) == 1


def test_silence_is_no_news_where_other_words_say_it() -> None:
    old = make_letter(
        make_section(FINDINGS, "Neglect of young siblings is poorly understood.", "Neglect is a theme.")
    )
    new = make_letter(make_section(FINDINGS, "The harm to young siblings is poorly understood."))
    assert list_moves(old, new) == []


def test_one_pair_of_quotations_is_told_once() -> None:
    old = make_letter(make_section(FINDINGS, "Management oversight and supervision are weak."))
    new = make_letter(make_section(FINDINGS, "Management oversight and supervision are still weak."))
    assert len(compare_letters(old, new).moves) == 1


def test_nothing_turned_between_sentences_on_different_matters() -> None:
    old = make_letter(make_section(FINDINGS, "The majority of staff in every team benefit from supervision."))
    new = make_letter(make_section(FINDINGS, "Written records of supervision are not consistently detailed."))
    assert list_moves(old, new) == []


def test_an_authoritys_name_makes_no_two_sentences_alike() -> None:
    before = "Leaders in Nether Exampleton have failed at the most basic level to safeguard people."
    after = "Leaders in Nether Exampleton mostly know themselves well."
    old, new = make_letter(make_section(FINDINGS, before)), make_letter(make_section(FINDINGS, after))
    named = {"authority": AuthorityRef(urn=None, name="Nether Exampleton")}
    assert [move for move, *_ in list_moves(old, new)] == [Move.TO_STRENGTH]
    assert list_moves(old.model_copy(update=named), new.model_copy(update=named)) == []


def test_judgements_that_both_make_are_compared_in_their_order() -> None:
    old = make_letter(
        grades=Grades(
            overall_effectiveness=Grade.INADEQUATE,
            help_and_protection=Grade.INADEQUATE,
            in_care=Grade.NOT_READ,
        )
    )
    new = make_letter(
        grades=Grades(
            overall_effectiveness=Grade.GOOD, help_and_protection=Grade.INADEQUATE, in_care=Grade.GOOD
        )
    )
    changes = compare_letters(old, new).grade_changes
    assert [(c.judgement, c.before, c.after) for c in changes] == [
        ("overall_effectiveness", Grade.INADEQUATE, Grade.GOOD)
    ]


def test_recommendations_made_again_are_carried_over() -> None:
    before, after = (
        "The timeliness of visits to privately fostered children.",
        "Timeliness of visits to fostered children.",
    )
    old = make_letter(make_section(IMPROVE, before, "Access to dentists.", bullet=True))
    new = make_letter(make_section(IMPROVE, "The local offer.", after, bullet=True))
    carried = compare_letters(old, new).carried_over
    assert [(c.before.quote, c.after.quote) for c in carried] == [(before, after)]


def test_a_finding_has_place_themes_role_and_reason() -> None:
    [finding] = find_findings([make_section(FINDINGS, "Supervision is too irregular in most teams.")])
    assert (finding.page, finding.section, finding.themes, finding.role) == (
        1,
        FINDINGS,
        ("supervision",),
        FindingRole.CONCERN,
    )
    assert finding.because == "blame: too irregular"


def test_versions_differ_in_their_changed_sentences_only() -> None:
    old = make_letter(
        make_section(FINDINGS, "Plans are weak. Fifteen children wait for a plan. Audits are good.")
    )
    new = make_letter(
        make_section(FINDINGS, "Plans are weak. Fifty children wait for a plan. Audits are good. Staff stay.")
    )
    assert compare_versions(old, new) == (
        SentenceChange(
            before="Fifteen children wait for a plan.", after="Fifty children wait for a plan.", page=1
        ),
        SentenceChange(after="Staff stay.", page=1),
    )
    assert compare_versions(new, old)[1] == SentenceChange(before="Staff stay.", page=1)
    assert compare_versions(old, old) == ()


def test_a_new_line_break_is_no_change() -> None:
    old = make_letter(make_section(FINDINGS, "Plans are weak. Audits are good."))
    new = make_letter(make_section(FINDINGS, "Plans are weak.", "Audits are good."))
    assert compare_versions(old, new) == ()


def test_a_board_named_a_trust_that_is_gone_is_no_news() -> None:
    board = (
        "Young people influence the Children’s Trust Board well.",
        "The Children’s Trust Board is effective.",
    )
    old = make_letter(make_section(SectionRole.FINDINGS, *board), kind=Kind.INSPECTION)
    new = make_letter(make_section(SectionRole.FINDINGS, "Plans are weak."), kind=Kind.INSPECTION)
    themes = {move.theme for move in compare_letters(old, new).moves}
    assert "commissioner and trust" not in themes

"""Pace of progress: the label of the present, for the whole service; None when unsure."""

import pytest

from scraper.letters.findings.pace import find_pace
from state import PaceLabel, SectionRole
from tests.scraper.letters.making import make_section

STRONG, STEADY, EARLY, POOR = PaceLabel.STRONG, PaceLabel.STEADY, PaceLabel.EARLY, PaceLabel.POOR
TEMPLATE = (
    "The local authority is making steady progress in improving services for its children and young people."
)


@pytest.mark.parametrize(
    ("label", "text"),
    [
        (STEADY, TEMPLATE),
        (STEADY, "Progress is evident since the last visit."),
        (STEADY, "The local authority is making progress in improving services for its children."),
        (STEADY, "Senior leaders know what they need to do and are making steady progress."),
        (STEADY, "The council has made some progress, but there is nonetheless still a lot more to do."),
        (STEADY, "Tangible progress has been made, although too many children still wait too long."),
        (STEADY, "Although the pace of improvement was too slow at first, it is now steady."),
        (STRONG, "The local authority is making strong and sustained progress in improving services."),
        (STRONG, "Significant progress has been made, but there is nonetheless still a lot more to do."),
        (STRONG, "Leaders have accelerated the pace of change since the last visit."),
        (
            STRONG,
            "The pace of change was too slow in 2024 but has accelerated since the new director arrived.",
        ),
        (STRONG, "The pace of change, which was too slow in 2024, has accelerated."),
        (STRONG, "Following a slow start, the local authority is now making significant progress."),
        (EARLY, "The local authority is beginning to make progress from a low base."),
        (EARLY, "Early progress has been made in improving services for children."),
        (POOR, "The pace wasn’t swift enough."),
        (POOR, "Inspectors found that the pace of improvement was not swift enough."),
        (POOR, "Since the inspection in 2024, progress has been too slow."),
        (POOR, "Some progress has been made, but the pace of improvement has been too slow."),
        (POOR, "Leaders have failed to make sufficient progress since the inspection."),
        (POOR, "Progress had been steady until the autumn, but has stalled since."),
        (POOR, "The quality of social work practice has declined since the last monitoring visit."),
    ],
)
def test_the_pace_is_labelled_by_the_present(label: PaceLabel, text: str) -> None:
    pace = find_pace([make_section(SectionRole.HEADLINE, text)])
    assert pace is not None
    assert (pace.label, pace.quote, pace.page) == (label, text, 1)


@pytest.mark.parametrize(
    "text",
    [
        "Progress in the multi-agency safeguarding hub has been rapid.",
        "The local authority has made significant progress in improving its fostering service.",
        "Progress in improving services for children looked after in one area is good.",
        "Progress has been made in some areas but not in others.",
        "Children in care are making good progress at school.",
        "Children’s plans do not progress quickly enough.",
        "Leaders need to make rapid progress in improving services.",
        "The local authority is ambitious to make rapid progress.",
        "Inspectors reviewed the progress made in the areas of planning.",
        "At the last monitoring visit, progress was too slow.",
        "The pace of change is no longer too slow.",
        "This has brought much needed pace to improvement.",
    ],
)
def test_what_is_not_the_pace_of_the_whole_present_service_is_none(text: str) -> None:
    assert find_pace([make_section(SectionRole.HEADLINE, text)]) is None


def test_the_past_is_quoted_with_the_present_that_follows() -> None:
    text = "The pace of change was too slow in 2024. It has accelerated since the new director arrived."
    pace = find_pace([make_section(SectionRole.HEADLINE, text + " Audits are regular.")])
    assert pace is not None
    assert (pace.label, pace.quote) == (STRONG, text)


def test_the_whole_counts_before_the_areas() -> None:
    area = "Progress in the multi-agency safeguarding hub has been too slow."
    pace = find_pace([make_section(SectionRole.HEADLINE, area, TEMPLATE)])
    assert pace is not None
    assert (pace.label, pace.quote) == (STEADY, TEMPLATE)


def test_findings_count_only_where_they_speak_of_the_whole() -> None:
    assert (
        find_pace([make_section(SectionRole.FINDINGS, "Some progress is evident, and audits are good.")])
        is None
    )
    pace = find_pace([make_section(SectionRole.FINDINGS, "In summary, progress overall has been too slow.")])
    assert pace is not None
    assert pace.label is POOR

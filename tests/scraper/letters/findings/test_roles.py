"""Roles: praise, blame, both or neither; negations, remedies, wishes, occasions; and the explanation."""

import pytest

from scraper.letters.findings.roles import judge_role
from state import FindingRole, SectionRole

STRENGTH, CONCERN = FindingRole.STRENGTH, FindingRole.CONCERN
MIXED, NEUTRAL = FindingRole.MIXED, FindingRole.NEUTRAL


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        (STRENGTH, "Case recording has significantly improved."),
        (STRENGTH, "Children are seen regularly."),
        (STRENGTH, "Children’s plans progress without unnecessary delay."),
        (STRENGTH, "Leaders have tackled drift and delay."),
        (STRENGTH, "When children go missing for too long, the response is swift."),
        (STRENGTH, "Case recording, identified as a weakness at the inspection, has improved."),
        (
            STRENGTH,
            "Early help ensures a good service, and families are not in receipt of help unnecessarily.",
        ),
        (STRENGTH, "The reforms have not been adversely impacted by the pandemic."),
        (STRENGTH, "Children who need to be cared for live in stable homes."),
        (STRENGTH, "The director has quickly identified the areas that need to improve."),
        (STRENGTH, "Caseloads are lower."),
        (STRENGTH, "The new framework is improving practice from a very low base."),
        (NEUTRAL, "A few of the care leavers have gone on to apprenticeships."),
        (STRENGTH, "The workforce is stable, with few vacancies and no reliance on agency staff."),
        (STRENGTH, "Practice follows a well-embedded ethos of ‘not working to but with’ families."),
        (NEUTRAL, "Inspectors did not identify any children at immediate risk during the visit."),
        (NEUTRAL, "Senior managers believe that the new teams, once set up, will be stable and effective."),
        (NEUTRAL, "The findings mirror the areas of improvement that the audits named."),
        (NEUTRAL, "The impact of the pandemic has been exceptionally severe."),
        (CONCERN, "Staff turnover is high, which makes it harder to visit in a timely way."),
        (NEUTRAL, "Staff identify when their work is not having a positive impact."),
        (CONCERN, "Children live in teams where caseloads are too high."),
        (CONCERN, "Supervision is irregular, and managers do not challenge drift and delay."),
        (CONCERN, "Plans are not always clear."),
        (CONCERN, "Caseloads are excessively high, which prevents workers from doing effective work."),
        (CONCERN, "Scrutiny and challenge by senior leaders are ineffective."),
        (CONCERN, "While the council has challenged the police, these challenges have been ineffective."),
        (STRENGTH, "The service prevents children from coming into care unnecessarily."),
        (CONCERN, "Performance data is unreliable."),
        (CONCERN, "Leaders know that they need to accelerate progress."),
        (CONCERN, "Nor have they been able to reduce risk through prompt and good support."),
        (CONCERN, "The availability of suitable housing is a major issue."),
        (CONCERN, "Strategic partnerships have not addressed key weaknesses."),
        (CONCERN, "Plans have been closed too quickly."),
        (CONCERN, "Poor planning leads to fewer good outcomes."),
        (CONCERN, "Care plans are not shared with parents."),
        (CONCERN, "Improvements are needed in the number of care leavers in training."),
        (CONCERN, "The majority of practice is less than good."),
        (CONCERN, "The quality of plans varies across teams."),
        (CONCERN, "Recruiting skilled and committed staff is a challenge."),
        (CONCERN, "Challenges in recruiting social workers delayed the new service."),
        (CONCERN, "High workloads are impacting on their capacity."),
        (CONCERN, "Children have had frequent changes of social worker, which affects good relationships."),
        (CONCERN, "For a few children, action should have been taken more swiftly."),
        (NEUTRAL, "The self-evaluation says where further improvement is required."),
        (STRENGTH, "This has reduced the number of changes of social worker."),
        (STRENGTH, "Children are having fewer unplanned changes of social worker."),
        (STRENGTH, "Flexibilities were used well to vary visits."),
        (NEUTRAL, "They made clear that they believed that services were good."),
        (STRENGTH, "For most, when risks increase, responses are swift."),
        (CONCERN, "When children return, as they do, interviews are not consistently offered."),
        (
            CONCERN,
            "Since the last inspection, when services were judged to be good, practice was not sustained.",
        ),
        (
            CONCERN,
            "Drift when children are exploited, and delay when they go to court, were not understood.",
        ),
        (MIXED, "Inspectors identified some strengths and areas where practice is not strong enough."),
        (MIXED, "While leaders are ambitious, multi-agency work varies across the partnership."),
        (MIXED, "Progress is evident, but there remain some challenges."),
        (MIXED, "Although core groups are timely, plans are weak."),
        (MIXED, "Most plans are timely, but records are inconsistent."),
        (NEUTRAL, "The service has three locality teams."),
        (NEUTRAL, "They help children who, although not the subject of a plan, are vulnerable."),
        (STRENGTH, "Chairs give appropriate challenge in relation to practice shortfalls."),
        (NEUTRAL, "Leaders plan to recruit staff so that plans are timely."),
        (NEUTRAL, "Children’s well-being is discussed."),
    ],
)
def test_a_role_follows_from_the_words(role: FindingRole, sentence: str) -> None:
    verdict = judge_role(sentence, SectionRole.FINDINGS)
    assert verdict.role is role, verdict.explanation


def test_what_must_improve_is_a_concern_by_its_place() -> None:
    verdict = judge_role("The quality of plans.", SectionRole.IMPROVE)
    assert (verdict.role, verdict.explanation) == (CONCERN, "stands under what must improve")


def test_the_explanation_names_the_words() -> None:
    verdict = judge_role("Recording is timely, but plans are not yet clear.", SectionRole.FINDINGS)
    assert verdict.explanation == "praise: timely; blame: not yet, not yet … clear"


@pytest.mark.parametrize(
    "sentence",
    [
        "Leaders have created a culture where staff feel valued and believe that they can get"
        " the support they need to do good social work.",
        "Workers make strong efforts to stay in touch with care leavers, some of whom do not want contact.",
    ],
)
def test_what_staff_need_and_what_young_people_do_not_want_is_no_blame(sentence: str) -> None:
    assert judge_role(sentence, SectionRole.FINDINGS).role is FindingRole.STRENGTH

"""What sort of document a title names, and whose."""

import pytest

from scraper.letters.fields.authority import find_authority
from scraper.letters.fields.kinds import Front, find_front
from state import Framework, Kind
from tests.scraper.letters.lines import blocks


@pytest.mark.parametrize(
    ("title", "kind", "framework"),
    [
        ("Monitoring visit of Wakefield children’s services", Kind.MONITORING_VISIT, Framework.ILACS),
        ("Monitoring visit to Tower Hamlets local authority children’s services.", Kind.MONITORING_VISIT,
         Framework.ILACS),
        ("Focused visit to Kent county council children’s services", Kind.FOCUSED_VISIT, Framework.ILACS),
        ("Joint targeted area inspection of the multi-agency response in York", Kind.JTAI, Framework.JTAI),
        ("Joint local area SEND inspection in Wakefield", Kind.SEND, Framework.SEND),
        ("A letter about something else", Kind.OTHER, Framework.OTHER),
    ],
)  # fmt: skip
def test_the_kind_of_a_letter(title: str, kind: Kind, framework: Framework) -> None:
    front = find_front(
        blocks(
            "Dear Ada", f"**{title}", "During this visit we spoke of the inspection of services in May 2019."
        )
    )
    assert (front.kind, front.framework, front.title) == (
        kind,
        framework,
        title.rstrip(".") if kind != "other" else front.title,
    )
    assert front.is_letter
    assert kind is Kind.OTHER or front.title == title.rstrip(".")


@pytest.mark.parametrize(
    ("title", "kind", "framework"),
    [
        ("Inspection of children’s social care services", Kind.INSPECTION, Framework.ILACS),
        ("Inspection of local authority children’s services", Kind.INSPECTION, Framework.ILACS),
        ("Inspection of Wakefield local authority children's services", Kind.INSPECTION, Framework.ILACS),
        (
            "Inspection of services for children in need of help and protection",
            Kind.INSPECTION,
            Framework.SIF,
        ),
        (
            "Re-inspection of services for children in need of help and protection",
            Kind.INSPECTION,
            Framework.SIF,
        ),
        (
            "Reinspection of services for children in need of help and protection",
            Kind.INSPECTION,
            Framework.SIF,
        ),
        ("Inspection of looked after children services", Kind.INSPECTION, Framework.OTHER),
        ("Area SEND inspection of Wakefield Local Area Partnership", Kind.SEND, Framework.SEND),
        (
            "Inspection of progress made in the provision of safeguarding services",
            Kind.OTHER,
            Framework.OTHER,
        ),
    ],
)
def test_the_kind_of_a_report(title: str, kind: Kind, framework: Framework) -> None:
    prose = (
        "An Ofsted focused visit and a monitoring visit in 2018 found that much had to improve for children."
    )
    front = find_front(blocks("**Wakefield Council", f"**{title}", prose))
    assert (front.kind, front.framework, front.is_letter) == (kind, framework, False)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Focused visit to the London Borough of Harrow local authority children’s services", "Harrow"),
        ("Monitoring visit of Hull children’s services", "Kingston upon Hull"),
        ("Focused visit to Tameside metropolitan borough children's services", "Tameside"),
        ("Joint targeted area inspection of the multi-agency response to domestic abuse in Medway", "Medway"),
        ("Joint targeted area inspection of Sunderland", "Sunderland"),
        ("Area SEND inspection of Dorset Local Area Partnership", "Dorset"),
        ("Inspection of East Riding local authority children’s services", "East Riding of Yorkshire"),
        ("Monitoring visit to Bradford Children and Families Trust", "Bradford"),
    ],
)
def test_the_authority_a_title_names(title: str, name: str) -> None:
    authority = find_authority(Front(title, Kind.OTHER, Framework.OTHER, is_letter=True, body_starts=0), ())
    assert authority is not None
    assert (authority.name, authority.urn is None) == (name, False)

"""Titles as the site has written them over the years."""

import pytest

from scraper.pages import kind_of_title
from state import Kind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Monitoring visit", Kind.MONITORING_VISIT),
        ("MONITORING  VISIT", Kind.MONITORING_VISIT),
        ("Children's services monitoring visit", Kind.MONITORING_VISIT),
        ("Children’s services focused visit", Kind.FOCUSED_VISIT),
        ("Focussed visit", Kind.FOCUSED_VISIT),
        ("Children's services inspection", Kind.INSPECTION),
        ("Childrens  Services Inspection", Kind.INSPECTION),
        ("Children`s services re-inspection", Kind.INSPECTION),
        ("Single inspection of LA children's services", Kind.INSPECTION),
        ("Inspection of local authority children\u2019s services", Kind.INSPECTION),
        ("Inspection of safeguarding and looked after children services", Kind.INSPECTION),
        ("Inspection", Kind.INSPECTION),
        ("Joint area child protection inspection", Kind.JTAI),
        ("Joint area review", Kind.JTAI),
        ("Joint targeted area inspection of children's services", Kind.JTAI),
        ("Area SEND full inspection", Kind.SEND),
        ("Local area SEND revisit", Kind.SEND),
        ("Inspection of special educational needs and children's services", Kind.SEND),
        ("Assurance visit", Kind.FOCUSED_VISIT),
        ("Sending letters home", Kind.OTHER),
        ("Inspection of arrangements for supporting school improvement", Kind.OTHER),
        ("Annual conversation", Kind.OTHER),
        ("", Kind.OTHER),
    ],
)
def test_the_kind_of_a_title(title: str, kind: Kind) -> None:
    assert kind_of_title(title) is kind


def test_hidden_text_helps_where_the_title_says_nothing() -> None:
    assert kind_of_title("Report", "Monitoring visit, PDF - 01 November 2019") is Kind.MONITORING_VISIT
    assert kind_of_title("Children's services inspection", "monitoring") is Kind.INSPECTION

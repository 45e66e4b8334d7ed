"""An authority's page in its template and in the variations that other scrapers have met."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.pages import PageBroken, parse_provider_page
from state import Kind

URL = "https://reports.ofsted.gov.uk/provider/44/80451"
DAY = """<li class="timeline__day"><div class="event">
   <p class="timeline__date"><time>10 October 2019</time></p>
   <span class="event__title heading--sub">
    <a class="publication-link" target="_blank" href="https://files.ofsted.gov.uk/v1/file/50121234">
      Monitoring visit
      <span class="nonvisual">Monitoring visit, PDF - 01 November 2019</span></a></span>
   <div class="event__metadata">Published <time pubdate>01 November 2019</time></div>
  </div></li>"""
OPENED = '<li class="timeline__day timeline__day--opened"><div class="event">Opened</div></li>'


def page(*days: str, heading: str = '<h1 class="heading--title">Wakefield</h1>') -> bytes:
    return f'<html><body>{heading}<ol class="timeline">{"".join(days)}</ol></body></html>'.encode()


def link(title: str, hidden: str, href: str = "/v1/file/1", metadata: str = "") -> str:
    return f"""<li class="timeline__day"><div class="event"><a class="publication-link" href="{href}">{title}
      <span class="nonvisual">{hidden}</span></a>{metadata}</div></li>"""


def test_an_entry_has_its_title_dates_kind_and_id() -> None:
    found = parse_provider_page(page(DAY, OPENED), URL)
    assert (found.urn, found.name) == ("80451", "Wakefield")
    [entry] = found.entries
    assert entry.key == ("80451", "50121234")
    assert (entry.title, entry.kind) == ("Monitoring visit", Kind.MONITORING_VISIT)
    assert entry.url == "https://files.ofsted.gov.uk/v1/file/50121234"
    assert entry.page_url == URL
    assert (entry.visited_on, entry.published_on) == (date(2019, 10, 10), date(2019, 11, 1))


@pytest.mark.parametrize(
    ("title", "hidden", "kind", "published_on"),
    [
        ("Focused visit", "Focused visit, pdf - 22 March 2018", Kind.FOCUSED_VISIT, date(2018, 3, 22)),
        (
            "Focused  visit",
            "Focused visit  ,  PDF  -  22  March  2018",
            Kind.FOCUSED_VISIT,
            date(2018, 3, 22),
        ),
        ("Inspection", "Inspection as pdf - 17 July 2018", Kind.INSPECTION, date(2018, 7, 17)),
        ("Report", "Children's services monitoring visit, PDF", Kind.MONITORING_VISIT, None),
        ("Report", "Report, PDF - 31 February 2018", Kind.OTHER, None),
        ("Report", "Report, PDF - 1 Wakefield 2018", Kind.OTHER, None),
    ],
)
def test_hidden_text_varies(title: str, hidden: str, kind: Kind, published_on: date | None) -> None:
    [entry] = parse_provider_page(page(link(title, hidden)), URL).entries
    assert (entry.kind, entry.published_on) == (kind, published_on)
    assert entry.title == " ".join(title.split())


def test_the_date_below_the_link_helps_where_the_hidden_text_has_none() -> None:
    metadata = '<div class="event__metadata">Published <time pubdate>01 November 2019</time></div>'
    [entry] = parse_provider_page(page(link("Monitoring visit", "PDF", metadata=metadata)), URL).entries
    assert entry.published_on == date(2019, 11, 1)


def test_a_title_may_stand_in_the_hidden_text_alone() -> None:
    [entry] = parse_provider_page(page(link("", "Monitoring visit, PDF - 01 November 2019")), URL).entries
    assert entry.title == "Monitoring visit"


def test_several_links_share_a_day_and_its_visit() -> None:
    day = DAY.replace(
        "</div></li>",
        "</div>"
        + link("Inspection", "Inspection, PDF", "/v1/file/2").removeprefix('<li class="timeline__day">'),
        1,
    )
    entries = parse_provider_page(page(day), URL).entries
    assert [entry.file_id for entry in entries] == ["50121234", "2"]
    assert [entry.visited_on for entry in entries] == [date(2019, 10, 10)] * 2
    assert [entry.published_on for entry in entries] == [date(2019, 11, 1), None]


def test_the_same_file_twice_is_one_entry() -> None:
    assert len(parse_provider_page(page(DAY, DAY), URL).entries) == 1


def test_a_renamed_class_or_an_unknown_address_drops_no_publication() -> None:
    renamed = DAY.replace("publication-link", "file-link")
    strange = DAY.replace("https://files.ofsted.gov.uk/v1/file/50121234", "http://[oops")
    found = parse_provider_page(page(renamed, strange), URL).entries
    assert [entry.title for entry in found] == ["Monitoring visit", "Monitoring visit"]
    assert found[1].file_id.startswith("url-")


def test_a_new_authority_has_no_reports_yet() -> None:
    assert parse_provider_page(page(), URL).entries == ()
    assert parse_provider_page(page(OPENED), URL).entries == ()


@pytest.mark.parametrize(
    ("body", "url", "cause"),
    [
        (b'<h1 class="heading--title">Wakefield</h1><p>No reports', URL, "no timeline"),
        (page(DAY, heading=""), URL, "no heading"),
        (page(DAY, heading="<h1> </h1>"), URL, "no heading"),
        (page('<li class="timeline__day"><a href="/help">Help</a></li>'), URL, "no link to a report"),
        (page('<li class="day">Monitoring visit</li>'), URL, "no link to a report"),
        (page(DAY), "https://reports.ofsted.gov.uk/provider/2/SC80451", "not that of a local authority"),
    ],
)
def test_anything_else_is_broken_and_never_without_reports(body: bytes, url: str, cause: str) -> None:
    with pytest.raises(PageBroken, match=cause):
        parse_provider_page(body, url)


def test_a_title_has_no_characters_that_act_unseen() -> None:
    hostile = DAY.replace("Monitoring visit\n", "Monitoring\x1b[2J &#x202e;tisiv&#x2069;\u200e\n")
    [entry] = parse_provider_page(page(hostile), URL).entries
    assert entry.title == "Monitoring[2J tisiv"
    hostile = DAY.replace(
        "Monitoring visit\n", "Focused\U0010ffff&#x61c; &#xad;&#x200b; vis&#xe0041;it&#xfff9;\n"
    )
    [entry] = parse_provider_page(page(hostile), URL).entries
    assert entry.title == "Focused visit"


def test_windows_bytes_entities_and_null_bytes_are_read() -> None:
    hostile = DAY.replace("Monitoring visit\n", "Children&#039;s\x00 services  monitoring\xa0visit ").encode(
        "cp1252"
    )
    [entry] = parse_provider_page(b"<h1>W\xe9</h1><ol class='timeline'>" + hostile + b"</ol>", URL).entries
    assert entry.title == "Children's services monitoring visit"


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_but_a_broken_page(noise: bytes) -> None:
    half = page(DAY)
    for body in (noise, half[:200] + noise + half[200:]):
        with suppress(PageBroken):
            assert parse_provider_page(body, URL).urn == "80451"

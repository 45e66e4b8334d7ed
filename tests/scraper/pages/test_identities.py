"""One story, many addresses: each must come to the same identity, and two stories never to one."""

import pytest

from scraper.pages.identities import canonicalise, find_identity, is_same_family

SAME = {
    "bbc": (
        "https://www.bbc.co.uk/news/articles/cz0r4rvv54ko",
        "https://www.bbc.com/news/articles/cz0r4rvv54ko?at_medium=RSS&at_campaign=rss",
        "https://bbc.com/news/articles/cz0r4rvv54ko.amp",
    ),
    "bbc, before 2024": (
        "https://www.bbc.com/news/uk-england-manchester-57756928",
        "http://www.bbc.co.uk/news/amp/uk-england-manchester-57756928",
        "https://feeds.bbci.co.uk/news/uk-england-manchester-57756928#comments",
    ),
    "reach": (
        "https://www.examplelive.co.uk/news/example-news/children-not-safe-9115705",
        "https://www.examplelive.co.uk/news/example-news/children-not-safe-9115705.amp",
        "https://www.examplelive.co.uk/news/example-news/another-headline-9115705?utm_source=feed",
    ),
    "newsquest": (
        "https://www.yorkpress.co.uk/news/24012345.ofsted-praises/",
        "https://www.yorkpress.co.uk/news/24012345.ofsted-praises/?ref=rss",
        "https://yorkpress.co.uk/news/24012345.ofsted-praises-council",
        "https://www.yorkpress.co.uk/news/local/24012345.another-headline/",
    ),
    "national world": (
        "https://www.wakefieldexpress.co.uk/news/politics/council/ofsted-return-to-inspect-3470393",
        "https://www.wakefieldexpress.co.uk/news/politics/council/ofsted-are-back-3470393?itm_source=parsely-api",
    ),
    "iliffe": (
        "https://www.stamfordmercury.co.uk/news/report-says-children-left-unsafe-9078000/",
        "https://www.stamfordmercury.co.uk/news/report-children-unsafe-9078000",
    ),
    "jadu": (
        "https://www.medway.gov.uk/news/article/1531/good_news_for_medway",
        "https://medway.gov.uk/news/article/1531/good_news_for_medway_council",
    ),
    "wordpress": (
        "https://leveller.live/2022/09/21/good-for-childrens-services/",
        "https://www.leveller.live/2022/09/21/good-for-childrens-services?fbclid=1",
    ),
    "committee paper": (
        "https://democracy.example.gov.uk/documents/s12345/Letter.pdf",
        "https://democracy.example.gov.uk/documents/s12345/Appendix%20A.pdf?txtonly=1",
    ),
}  # fmt: skip


@pytest.mark.parametrize("group", SAME)
def test_every_address_of_a_story_is_one_identity(group: str) -> None:
    assert len({find_identity(url) for url in SAME[group]}) == 1


def test_no_two_stories_are_one() -> None:
    assert len({find_identity(urls[0]) for urls in SAME.values()}) == len(SAME)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/news/council-meets-20231104", "https://a.example/news/road-closed-20231104"),
        ("https://a.example/news/covid-2021", "https://a.example/sport/cup-2021"),
        ("https://c.gov.uk/mgAi.aspx?ID=1", "https://c.gov.uk/mgAi.aspx?ID=2"),
        ("https://citizen.wakefield.gov.uk/pr9216/", "https://citizen.wakefield.gov.uk/pr9217/"),
        ("https://a-today.co.uk/news/x-793945", "https://b-today.co.uk/news/x-793945"),
    ],
)
def test_stories_that_look_alike_stay_apart(one: str, other: str) -> None:
    assert find_identity(one) != find_identity(other)


def test_a_reach_id_that_looks_like_a_day_is_an_id() -> None:
    urls = ("https://a.example/news/area-news/one-20191104", "https://a.example/news/area-news/two-20191104")
    assert len(set(map(find_identity, urls))) == 1


def test_a_canonical_address_keeps_what_the_page_needs() -> None:
    url = "HTTPS://WWW.Example.co.uk:8443/mgAi.aspx?ID=4&utm_medium=x&ref=rss#top"
    assert canonicalise(url) == "https://www.example.co.uk:8443/mgAi.aspx?ID=4"


@pytest.mark.parametrize("bad", ["", "news/1", "https://", "https://[::1", "mailto:x@y.example"])
def test_what_is_no_address_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        find_identity(bad)


def test_families() -> None:
    assert is_same_family("https://www.bbc.com/a", "https://feeds.bbci.co.uk/b")
    assert is_same_family("https://amp.example.co.uk/a", "https://www.example.co.uk/")
    assert not is_same_family("https://example.co.uk.evil.example/", "https://example.co.uk/")
    assert not is_same_family("http://127.0.0.1:1/", "http://127.0.0.1:2/")

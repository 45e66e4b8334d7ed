"""Well-formed pages that list nothing, too little, too much, or what they listed long ago."""

import re
from collections.abc import Callable
from dataclasses import replace

from tests.letterwatch.faults.front import Spoil
from tests.letterwatch.faults.how import RELEASE, How
from tests.letterwatch.faults.town import House
from tests.letterwatch.watching.mutations import DAY, ROW, age, count_nothing, double, drop, recount, swap
from tests.servers.web import Answer, Ask

Change = Callable[[bytes], bytes]


def change(how: Change) -> Spoil:
    """The good answer with another body."""
    return lambda _ask, good: replace(good, body=how(good.payload()))


def empty_feed(body: bytes) -> bytes:
    """A feed without a story."""
    start, _, rest = body.partition(b"<item>")
    return start + rest.rpartition(b"</item>")[2]


def list_nothing(ask: Ask, good: Answer) -> Answer:
    """A good answer of GOV.UK's search or feed without any announcement."""
    if "atom" in ask.path:
        return replace(good, body=b'<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title></feed>')
    return replace(good, body=b'{"results": []}')


SEARCH: dict[str, Spoil] = {
    "no authority on it, and counted so": change(count_nothing),
    "a third of its rows gone, and counted so": change(recount),
    "every row twice": change(double(ROW)),
    "the reports known not on it: dates of ten years before": change(age),
}
PROVIDER: dict[str, Spoil] = {
    "no report on it": change(drop(DAY)),
    "a third of its reports": change(drop(DAY, lambda count: count // 3)),
    "every report twice": change(double(DAY)),
    "the reports known not on it: other numbers": change(swap(b"/v1/file/5", b"/v1/file/9")),
    "dates of ten years before": change(age),
    "the page of another authority": change(swap(b"Wakefield", b"Barnsley")),
}
FEED: dict[str, Spoil] = {
    "no story in it": change(empty_feed),
    "stories of long ago alone": change(swap(b"2019", b"2017")),
}
LISTING: dict[str, Spoil] = {
    "no story on it": change(lambda body: re.sub(rb"<article.*</article>", b"", body)),
}
NOTICES: dict[str, Spoil] = {"no announcement in it": list_nothing}


def allow_three(house: House) -> None:
    """More letters at once than three are a flood."""
    house.rewrite("[ofsted]", "[ofsted]\nflood = 3", for_good=True)


def flood(house: House) -> None:
    """Three more letters appear with the first."""
    site = house.town.web.site
    others = [each for each in site.replica.authorities if each.urn != site.letter.urn][:3]
    for number, authority in enumerate(others):
        last = site.replica.latest(authority.urn)
        letter = replace(
            last,
            file_id=f"5012990{number}",
            published_on=site.letter.published_on,
            visited_on=site.letter.visited_on,
        )
        house.town.publish_letter(letter)


def expect_more_often(house: House) -> None:
    """Twenty days without a report are more than is likely."""
    house.rewrite('stale = "366d"', 'stale = "20d"', for_good=True)


def freeze(house: House) -> None:
    """The site shows what it showed on the eve, whatever is published."""
    site = house.town.web.site
    site.begin_anew()
    house.fault.callback(site.publish, site.letter)


JUDGE: dict[str, How] = {
    "a flood: four letters at once, three allowed": How(flood, furnish=allow_three, remedy=RELEASE),
    "every page an old copy, for weeks": How(
        freeze,
        run=lambda house: house.check("2019-11-21T10:00Z"),
        furnish=expect_more_often,
        after="2019-11-21T12:00Z",
    ),
}

"""What may befall the way to a site before it answers: names, addresses, certificates."""

from datetime import timedelta

from tests.letterwatch.faults.how import Befall
from tests.letterwatch.faults.town import House
from tests.servers.tls import self_signed_context
from tests.servers.web import WebServer


def name_not_found(house: House) -> None:
    _move_site(house, "https://reports.invalid")


def nothing_listens(house: House) -> None:
    _move_site(house, "http://127.0.0.1:1")


def certificate_expired(house: House) -> None:
    folder = house.folder / "tls"
    folder.mkdir()
    context = self_signed_context(folder, ends_in=timedelta(days=-1))
    web = house.fault.enter_context(WebServer(tls=context))
    _move_site(house, web.url())


def feed_name_not_found(house: House) -> None:
    house.rewrite(house.town.web.paper.feed, "https://paper.invalid/rss")


def office_name_not_found(house: House) -> None:
    house.rewrite(house.town.web.office.url(), "https://www.gov.invalid")


def _move_site(house: House, url: str) -> None:
    house.rewrite(f'reports_url = "{house.town.web.site.url}"', f'reports_url = "{url}"')


LOOK_UP: dict[str, Befall] = {
    "the site's name is not found": name_not_found,
    "nothing answers at the site's address": nothing_listens,
    "the site's certificate has expired": certificate_expired,
    "the paper's name is not found": feed_name_not_found,
    "GOV.UK's name is not found": office_name_not_found,
}

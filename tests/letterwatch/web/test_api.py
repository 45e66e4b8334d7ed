"""The JSON API over the demo's story, asked over a real socket."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests

from letterwatch.demo.story import LETTER
from letterwatch.logs import find_secrets
from letterwatch.web.api.openapi import describe_api
from letterwatch.web.api.operations import OPERATIONS, PARTS
from tests.letterwatch.web.conftest import Told, opened

WAKEFIELD = "80451"
DESCRIPTION = describe_api()


def ask(page: str, path: str, /, **query: str) -> Any:
    answer = requests.get(f"{page}api{path}", params=query, timeout=20)
    assert answer.status_code == 200, answer.text
    return answer.json()


def refuse(page: str, path: str, /, **query: str) -> Any:
    answer = requests.get(f"{page}api{path}", params=query, timeout=20)
    assert answer.headers["content-type"] == "application/json"
    refusal = answer.json()["error"]
    assert refusal["status"] == answer.status_code
    return refusal


def every_page(page: str, /, **query: str) -> list[Any]:
    """All items of a list, by following its links."""
    answer = ask(page, "/publications", **query)
    items = list(answer["items"])
    while answer["links"]["next"]:
        answer = requests.get(page.rstrip("/") + answer["links"]["next"], timeout=20).json()
        items += answer["items"]
    return items


def test_lists_are_paged_by_links_without_loss(page: str, told: Told) -> None:
    with opened(told.config) as app:
        stored = app.store.publications()
    found = every_page(page, size="3")
    assert sorted(each["id"] for each in found) == sorted(row.id for row in stored)
    days = [each["published_on"] for each in found]
    assert days == sorted(days, reverse=True)
    assert ask(page, "/publications", size="3")["total"] == len(stored)


@pytest.mark.parametrize("name", ["80451", "384", "wakefield", "Wakefield Metropolitan District Council"])
def test_an_authority_goes_by_any_of_its_names(page: str, name: str) -> None:
    found = every_page(page, authority=name)
    assert found
    assert {each["urn"] for each in found} == {WAKEFIELD}


def test_filters_narrow_the_list(page: str) -> None:
    everything = every_page(page)
    for name, value in (("kind", "monitoring_visit"), ("region", "Yorkshire and the Humber")):
        assert every_page(page, **{name: value}) == [each for each in everything if each[name] == value]
    steady = every_page(page, pace="steady")
    assert steady
    assert all(each["pace"]["label"] == "steady" for each in steady)
    day = steady[0]["published_on"]
    assert steady[0] in every_page(page, since=day, until=day)
    assert {each["published_on"] for each in every_page(page, since=day, until=day)} == {day}


def test_a_search_finds_the_letter_s_own_words(page: str) -> None:
    found = every_page(page, q='"steady progress"', authority=WAKEFIELD)
    assert found
    assert all("steady" in each["snippet"] for each in found)
    assert "\x02" not in json.dumps(found)
    assert every_page(page, q="zyxwvut") == []


def test_a_letter_is_as_read_prints_it(page: str, told: Told) -> None:
    detail = ask(page, f"/publications/{WAKEFIELD}/{LETTER}")
    with opened(told.config) as app:
        digest = detail["publication"]["sha256"]
        document = told.folder / "letter.pdf"
        document.write_bytes(app.archive.get(digest))
    command = [sys.executable, "-m", "letterwatch", "read", "--json", str(document)]
    printed = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert list(detail["letter"].items()) == list(printed.items())
    assert [version["sha256"] for version in detail["versions"]] == [digest]
    assert detail["version"] == 1
    assert detail["publication"]["link"] == f"/api/publications/{WAKEFIELD}/{LETTER}"


def test_an_authority_has_its_judgements_over_time(page: str) -> None:
    detail = ask(page, f"/authorities/{WAKEFIELD}")
    assert detail["authority"]["la_code"] == "384"
    days = [each["published_on"] for each in detail["judgements"]]
    assert days == sorted(days)
    assert len(days) > 1
    assert detail["authority"]["standing"]["publication"] == detail["judgements"][-1]["publication"]
    assert {each["urn"] for each in detail["publications"]} == {WAKEFIELD}
    listed = {each["urn"]: each for each in ask(page, "/authorities")["items"]}
    assert listed[WAKEFIELD] == detail["authority"]
    assert len(detail["neighbours"]) == 10


def test_the_watch_tells_how_it_fares(page: str) -> None:
    (source,) = ask(page, "/sources")["items"]
    assert (source["name"], source["verdict"]) == ("ofsted", "ok")
    runs = ask(page, "/runs", source="ofsted", limit="2")["items"]
    assert [run["id"] for run in runs] == sorted((run["id"] for run in runs), reverse=True)
    assert len(runs) == 2
    assert ask(page, "/runs", source="nobody")["items"] == []
    about = ask(page, "")
    assert about["publications"] == ask(page, "/publications")["total"]


@pytest.mark.parametrize(
    ("path", "query", "refused"),
    [
        ("/publications", {"since": "1 May 2019"}, (400, "since", "write one like 2019-11-01")),
        ("/publications", {"since": "2019-02-30"}, (400, "since", "not a day that exists")),
        ("/publications", {"kind": "letter"}, (400, "kind", "monitoring_visit")),
        ("/publications", {"pace": "brisk"}, (400, "pace", "steady")),
        ("/publications", {"region": "Yorks"}, (400, "region", "Yorkshire and the Humber")),
        ("/publications", {"page": "0"}, (400, "page", "at least 1")),
        ("/publications", {"page": "two"}, (400, "page", "in digits")),
        ("/publications", {"size": "1000"}, (400, "size", "at most 200")),
        ("/publications", {"q": "x" * 101}, (400, "q", "at most 100")),
        ("/publications", {"colour": "red"}, (400, "colour", "q, authority")),
        ("/publications", {"page": "999"}, (404, "page", "last page is")),
        ("/publications", {"authority": "Wakefeild"}, (404, "authority", 'did you mean "Wakefield"')),
        ("/publications", {"authority": "all"}, (404, "authority", "not one authority")),
        ("/sources", {"colour": "red"}, (400, "colour", "omit it")),
        ("/publications/80451/1", {}, (404, None, "/api/publications lists")),
        (f"/publications/80451/{LETTER}", {"version": "9"}, (404, None, "no version 9")),
        ("/publications/nobody/1", {}, (404, "urn", "like 80451")),
        ("/authorities/1", {}, (404, "urn", "/api/authorities lists")),
        ("/nothing", {}, (404, None, "openapi.json")),
    ],
)
def test_a_refusal_names_the_parameter_and_the_mend(
    page: str, path: str, query: dict[str, str], refused: tuple[int, str | None, str]
) -> None:
    refusal = refuse(page, path, **query)
    assert (refusal["status"], refusal.get("parameter")) == refused[:2]
    assert refused[2] in refusal["message"]


def test_a_parameter_given_twice_is_refused(page: str) -> None:
    answer = requests.get(f"{page}api/publications?page=1&page=2", timeout=20)
    assert answer.status_code == 400
    assert answer.json()["error"]["parameter"] == "page"


def test_the_api_can_only_be_read_and_says_so_in_json(page: str) -> None:
    answer = requests.post(f"{page}api/publications", timeout=20)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    assert answer.json()["error"]["status"] == 405


def test_what_did_not_change_costs_no_body(page: str) -> None:
    url = f"{page}api/publications"
    first = requests.get(url, timeout=20)
    for name, value in (
        ("If-None-Match", first.headers["etag"]),
        ("If-None-Match", f'"other", W/{first.headers["etag"]}'),
        ("If-Modified-Since", first.headers["last-modified"]),
    ):
        again = requests.get(url, headers={name: value}, timeout=20)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
    stale = {"If-None-Match": '"other"', "If-Modified-Since": first.headers["last-modified"]}
    assert requests.get(url, headers=stale, timeout=20).status_code == 200


def test_every_route_and_field_is_described() -> None:
    described = DESCRIPTION["paths"]
    assert set(described) == {f"/api{operation.path}" for operation in OPERATIONS}
    for operation in OPERATIONS:
        told = described[f"/api{operation.path}"]["get"]
        assert told["summary"].endswith(".")
        names = {parameter["name"]: parameter for parameter in told["parameters"]}
        assert set(names) == {*operation.parts, *operation.query.model_fields}
        assert all(parameter["description"] for parameter in names.values())
    assert {name for operation in OPERATIONS for name in operation.parts} == set(PARTS)


def test_a_page_lists_the_api_for_people(page: str) -> None:
    text = requests.get(f"{page}programs", timeout=20).text
    assert all(f"<code>{path}</code>" in text for path in DESCRIPTION["paths"])
    assert 'href="/programs"' in text


def every_answer(page: str) -> dict[str, str]:
    """What each address of the API answers, addresses of one letter or authority for those of the story."""
    known = {"urn": WAKEFIELD, "file_id": LETTER}
    paths = [each.path.format_map(known) for each in OPERATIONS]
    return {path: json.dumps(ask(page, path), ensure_ascii=False) for path in paths}


def test_nothing_of_deliveries_or_secrets_is_in_the_api(page: str, told: Told) -> None:
    with opened(told.config) as app:
        config = app.config
        sent = app.store.deliveries()
        secrets = {*find_secrets(config), config.state.url, config.state.archive, str(told.folder)}
    secrets |= {part for each in sent for part in (each.id, each.recipient) if part}
    secrets |= {each.channel for each in sent}
    secrets |= {address for each in config.channels.values() for address in getattr(each, "to", ())}
    assert {each.channel for each in sent} == {"newsdesk", "office"}
    assert "improvement@example.org" in secrets
    answers = every_answer(page)
    assert len(answers) == len(OPERATIONS)
    for path, answer in answers.items():
        assert [secret for secret in secrets if secret in answer] == [], path
    description = json.dumps(DESCRIPTION).casefold()
    words = ("delivery", "deliveries", "recipient", "subscription", "webhook", "token")
    assert [word for word in words if word in description] == []


def test_the_description_is_served_as_it_is_made(page: str) -> None:
    assert requests.get(f"{page}api/openapi.json", timeout=20).json() == DESCRIPTION


def test_the_reference_tells_of_every_route_parameter_and_field() -> None:
    reference = (Path(__file__).parents[3] / "docs" / "reference" / "api.md").read_text("utf-8")
    sections = {each.partition("\n")[0]: each for each in reference.split("\n## ")}
    for path, item in DESCRIPTION["paths"].items():
        for parameter in item["get"]["parameters"]:
            assert f"| `{parameter['name']}` |" in sections[f"GET {path}"], (path, parameter["name"])

import csv
import json
from pathlib import Path

import pytest

from state import Register, RegisterError

REGISTER = Register.load()


def test_all_153_current_authorities_are_known_with_codes_and_ten_neighbours():
    current = [authority for authority in REGISTER if authority.current]
    urns = {authority.urn for authority in current}
    assert len(current) == len(urns) == 153
    assert len({authority.la_code for authority in REGISTER}) == len(REGISTER)
    assert len({authority.gss_code for authority in REGISTER}) == len(REGISTER)
    for authority in current:
        assert authority.urn
        assert authority.urn.isdecimal()
        assert len(set(authority.neighbours)) == 10
        assert authority.urn not in authority.neighbours
        assert set(authority.neighbours) <= urns
        assert not authority.successors


def test_abolished_authorities_name_current_successors():
    abolished = [authority for authority in REGISTER if not authority.current]
    successors = {
        authority.name: [REGISTER.get(urn).name for urn in authority.successors] for authority in abolished
    }
    assert successors == {
        "Bournemouth": ["Bournemouth, Christchurch and Poole"],
        "Cumbria": ["Cumberland", "Westmorland and Furness"],
        "Northamptonshire": ["North Northamptonshire", "West Northamptonshire"],
        "Poole": ["Bournemouth, Christchurch and Poole"],
    }


def test_regions_are_the_nine_of_england():
    assert len(REGISTER.regions()) == 9


@pytest.mark.parametrize("authority", list(REGISTER), ids=lambda authority: authority.name)
def test_every_authority_is_found_by_its_names_its_slug_and_its_council(authority):
    slug = authority.name.lower().replace(",", "").replace(" ", "-")
    for name in (authority.name, authority.name.upper(), slug, *authority.aliases):
        assert REGISTER.find(name) is authority
        assert REGISTER.find(f"{name} Council") is authority
        assert REGISTER.find(f"{name}’s children’s services") is authority


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Wakefield Metropolitan District Council", "Wakefield"),
        ("Bolton MBC", "Bolton"),
        ("London Borough of Barking & Dagenham", "Barking and Dagenham"),
        ("LB Barnet", "Barnet"),
        ("the Royal Borough of Kingston upon Thames", "Kingston upon Thames"),
        ("Royal Borough of Windsor & Maidenhead", "Windsor and Maidenhead"),
        ("Royal Borough of Greenwich", "Greenwich"),
        ("City of York Council", "York"),
        ("City of Doncaster Council", "Doncaster"),
        ("City of London Corporation", "City of London"),
        ("city of london", "City of London"),
        ("Hull City Council", "Kingston upon Hull"),
        ("kingston-upon-hull", "Kingston upon Hull"),
        ("Kingston Upon Hull, City of", "Kingston upon Hull"),
        ("BCP Council", "Bournemouth, Christchurch and Poole"),
        ("bournemouth, christchurch & poole", "Bournemouth, Christchurch and Poole"),
        ("Durham County Council", "Durham"),
        ("County Durham", "Durham"),
        ("Bristol City Council", "Bristol"),
        ("Bristol, City of", "Bristol"),
        ("St. Helens", "St Helens"),
        ("st-helens", "St Helens"),
        ("St Helens’ children’s services", "St Helens"),
        ("Tameside metropolitan borough", "Tameside"),
        ("Medway Children’s Services", "Medway"),
        ("Medway Children's Services", "Medway"),
        ("Telford & Wrekin", "Telford and Wrekin"),
        ("Hammersmith & Fulham", "Hammersmith and Fulham"),
        ("Southend", "Southend-on-Sea"),
        ("East Riding", "East Riding of Yorkshire"),
        ("Newcastle", "Newcastle upon Tyne"),
        ("Widnes and Runcorn", "Halton"),
        ("Council of the Isles of Scilly", "Isles of Scilly"),
        ("Herefordshire Council", "Herefordshire"),
        ("Rutland County Council", "Rutland"),
        ("Notts County Council", "Nottinghamshire"),
        ("Nottingham City Council", "Nottingham"),
        ("Nottinghamshire County Council", "Nottinghamshire"),
        ("Derby City", "Derby"),
        ("Derbyshire County Council", "Derbyshire"),
        ("Bedford Borough Council", "Bedford"),
        ("Central Bedfordshire", "Central Bedfordshire"),
        ("Leicester", "Leicester"),
        ("Leicestershire", "Leicestershire"),
        ("Northamptonshire", "Northamptonshire"),
        ("Cumbria County Council", "Cumbria"),
        ("Together for Children", "Sunderland"),
        ("Birmingham Children’s Trust", "Birmingham"),
        ("Sandwell Children's Trust", "Sandwell"),
        ("Bradford Children and Families Trust", "Bradford"),
        ("Doncaster Children's Services Trust", "Doncaster"),
        ("Slough Children First", "Slough"),
        ("Worcestershire Children First", "Worcestershire"),
        ("Brighter Futures for Children", "Reading"),
    ],
)
def test_a_name_in_use_finds_its_authority(name, expected):
    found = REGISTER.find(name)
    assert found is not None
    assert found.name == expected


@pytest.mark.parametrize(
    "name",
    [
        "",
        "council",
        "the",
        "London",
        "Yorkshire",
        "Cheshire",
        "Bedfordshire",
        "Greater Manchester",
        "Newcastle-under-Lyme Borough Council",
        "Bury St Edmunds",
        "Nottingham County Council",
        "Derby County",
        "Leicestershire City Council",
        "Achieving for Children",
        "Northamptonshire Children's Trust",
        "Ofsted",
        "Borsetshire",
        "Wakefield and Leeds",
        "Wakefield " + "council " * 10_000,
    ],
)
def test_an_unknown_or_ambiguous_name_finds_nobody(name):
    assert REGISTER.find(name) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Monitoring visit of Wakefield children's services", "Wakefield"),
        ("Hull’s children’s services ‘inadequate’", "Kingston upon Hull"),
        ("Kingston upon Hull local authority", "Kingston upon Hull"),
        ("North Northamptonshire Council criticised", "North Northamptonshire"),
        ("Trust: Northamptonshire Children's Trust, council: West Northamptonshire", "West Northamptonshire"),
        ("Achieving for Children praised in Richmond", "Richmond upon Thames"),
        ("Inspection of Bournemouth, Christchurch and Poole", "Bournemouth, Christchurch and Poole"),
        ("BURY COUNCIL TOLD TO IMPROVE", "Bury"),
        ("children reading in Slough", "Slough"),
        ("Bury St Edmunds school in Suffolk", "Suffolk"),
        ("Nottingham and Nottinghamshire to share a director", None),
        ("Achieving for Children praised", None),
        ("Greater Manchester mayor speaks", None),
        ("A letter about nobody", None),
        ("", None),
    ],
)
def test_a_text_mentions_one_authority_or_none(text, expected):
    found = REGISTER.find_in(text)
    assert (found.name if found else None) == expected


def names(spec: str) -> list[str]:
    return [authority.name for authority in REGISTER.select(spec)]


def test_a_setting_selects_by_name_urn_region_and_neighbourhood():
    assert names("Hull") == names("80477") == ["Kingston upon Hull"]
    assert names("Northamptonshire") == [
        "Northamptonshire",
        "North Northamptonshire",
        "West Northamptonshire",
    ]
    assert len(names("region:Yorkshire and The Humber")) == 15
    assert names("neighbours: Wakefield")[:2] == ["Dudley", "Barnsley"]
    assert len(names("all")) == len(REGISTER)


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("Wakefeild", 'unknown authority "Wakefeild"; did you mean "Wakefield"?'),
        ("neighbours:Wakefeild", 'unknown authority "Wakefeild"; did you mean "Wakefield"?'),
        ("qqqq", 'unknown authority "qqqq"'),
        ("region:North Wset", 'unknown region "North Wset"; did you mean "North West"?'),
        (
            "Northamptonshire Children's Trust",
            '"Northamptonshire Children\'s Trust" may mean any of North Northamptonshire, '
            "West Northamptonshire; name the one you mean",
        ),
        ("county:Kent", '"county:Kent" is not understood; use a name, "all", "region:…" or "neighbours:…"'),
    ],
)
def test_a_wrong_setting_says_what_is_wrong(spec, message):
    with pytest.raises(RegisterError) as raised:
        REGISTER.select(spec)
    assert str(raised.value) == message


def test_an_unknown_urn_is_refused():
    with pytest.raises(RegisterError, match="no authority has the URN 1"):
        REGISTER.get("1")


def test_every_authority_of_the_real_documents_is_found(corpus: Path):
    with (corpus / "truth.csv").open(encoding="utf-8", newline="") as rows:
        pairs = {(row["authority"], row["urn"]) for row in csv.DictReader(rows) if row["authority"]}
    wrong = [(name, urn) for name, urn in pairs if (REGISTER.find(name) or REGISTER.get("80451")).urn != urn]
    assert len(pairs) > 100
    assert wrong == []


def test_every_authority_that_articles_are_about_is_found(corpus: Path):
    articles = corpus.parent / "gold" / "articles.jsonl"
    if not articles.exists():
        pytest.skip(f"no {articles}")
    lines = [json.loads(line) for line in articles.read_text(encoding="utf-8").splitlines()]
    pairs = {(line["la"], line["la_urn"]) for line in lines if line["la"]}
    found = {(name, urn): REGISTER.find(name) for name, urn in pairs}
    wrong = [
        pair
        for pair, authority in found.items()
        if authority is None or (authority.urn if authority.current else None) != pair[1]
    ]
    assert len(pairs) > 50
    assert wrong == []


def test_two_authorities_that_share_the_end_of_their_names_are_two() -> None:
    register = Register.load()
    assert register.find_in("Monitoring visit to North and West Northamptonshire children’s services") is None
    west = register.find_in("Monitoring visit to West Northamptonshire children’s services")
    assert west
    assert west.name == "West Northamptonshire"

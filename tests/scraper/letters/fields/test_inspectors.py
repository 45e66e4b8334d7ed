import pytest

from scraper.letters.fields.inspectors import find_visitors

HMI = "Her Majesty’s Inspector"
A, B, C = "Ada Example", "Paula Sample-Jones", "Máire Mockett"


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        (f"His Majesty’s Inspectors for this visit were {A} and {B}.", (A, B)),
        (f"His Majesty’s Inspectors for the visit were {A} and {B}.", (A, B)),
        (f"His Majesty’s inspectors for this visit were {A} and {B}", (A, B)),
        (f"{HMI}s (HMI) for this visit were {A} and {B}.", (A, B)),
        (f"{HMI}s (HMI) for this visit were {A} and {B}, with {C}, HMI designate.", (A, B, C)),
        (f"The inspectors were {A}, {HMI}, and {B}, {HMI}.", (A, B)),
        (f"The inspectors were {A}, Her Majesty's Inspector and {B}, Senior Her Majesty's Inspector.",
         (A, B)),
        (f"The inspectors were {A}, HMI, and {B}, HMI.", (A, B)),
        (f"The inspectors were {A} HMI and {B} HMI.", (A, B)),
        (f"The visit was carried out by {HMI}s, {A} and {B}.", (A, B)),
        (f"This visit was carried out by {HMI}s {A} and {B}", (A, B)),
        (f"The visit was carried out by {HMI}, {A} and {HMI}, {B}.", (A, B)),
        (f"{HMI}s were {A}, {B} and {C}.", (A, B, C)),
        (f"The inspectors were {A} and {B}, {HMI}s.", (A, B)),
        (f"The inspectors were {A} and {B}, two of Her Majesty’s inspectors.", (A, B)),
        (f"The inspectors were {A} and {B}, both {HMI}s.", (A, B)),
        (f"The inspectors were {A}, {B} and {C}, all of whom are {HMI}s.", (A, B, C)),
        (
            "This letter summarises the findings of a focused visit to Exampleshire on 11 "
        "and 12 September 2018, "
            f"carried out by {A} and {B}, {HMI}s.",
            (A, B),
        ),
        (f"The visit on 3 and 4 March 2021 which was carried out by {A} and {B}, {HMI}s.", (A, B)),
        (f"The visit was conducted by {A} and {B}, two of {HMI}s.", (A, B)),
        (f"The visit was carried out by {A}, {B}, and {C}, {HMI}s.", (A, B, C)),
        (f"The inspectors were {HMI}s (HMIs) {A}, {B} and {C}.", (A, B, C)),
        (f"His Majesty’s Inspectors for this visit were lead inspector {A} and team inspectors {B} and {C}.",
         (A, B, C)),
        (f"His Majesty’s Inspectors for this visit were {A}, lead inspector, and {B}, team inspector.",
         (A, B)),
        (f"The inspection was undertaken by {A} and {B}.", (A, B)),
        (f"The inspectors for this visit were {A}, His Majesty’s Inspector, and {B}, Ofsted Inspector.",
         (A, B)),
        (f"The inspectors were {A} and {B}, {HMI}s (HMI) Social Care, and {C}, HMI Schools.",
         (A, B, C)),
        (f"The inspectors were {A}, {HMI}, and {C}, {HMI} (designate), "
         "as a supernumerary inspector.", (A, C)),
        (f"The inspectors were Kate Malleson and Mark Hall {HMI}s.", ("Kate Malleson", "Mark Hall")),
        (f"The inspectors were Mr Owen O’Example, {A} and Jenny-ellen Sample.",
         ("Mr Owen O’Example", A, "Jenny-ellen Sample")),
        (f"The inspectors were {A} HMI and Mary Jane Sample HMI. {C} was the quality assurance manager.",
         (A, "Mary Jane Sample")),
        (f"The inspectors for this visit were: {A} and {B}.", (A, B)),
        (f"This monitoring visit was carried out by one of His Majesty’s Inspectors, {A}.", (A,)),
        (f"The inspector was {A}, {HMI}.", (A,)),
        (f"The visit was carried out by {A}, {HMI} (HMI), and {B}, Regulatory Inspector.", (A, B)),
        (f"The inspectors were {A}, {HMI}, and {B}, social care regulatory inspector.", (A, B)),
        (f"The inspectors were {A} and {B}, accompanied by {C}, Senior HMI.", (A, B, C)),
        (f"{HMI}s A. J. Example and {B} carried out the visit.", ("A. J. Example", B)),
        (f"The lead inspector was {A}. The team inspectors were {B} and {C}.", (A, B, C)),
        (f"The inspectors were Łukasz Example and Amina al-Sample, {HMI}s.",
         ("Łukasz Example", "Amina al-Sample")),
    ],
)  # fmt: skip
def test_every_phrasing_names_all_inspectors_in_order(sentence: str, names: tuple[str, ...]) -> None:
    opening = f"{sentence} Inspectors looked at the authority’s arrangements for Care Leavers."
    assert find_visitors(opening) == names


@pytest.mark.parametrize(
    "opening",
    [
        "",
        "Her Majesty’s Chief Inspector of Education, Children’s Services and Skills is "
        "leading Ofsted’s work.",
        "Inspectors were impressed by what they saw. The visit was carried out in line with the framework.",
    ],
)
def test_an_opening_without_names_gives_none(opening: str) -> None:
    assert find_visitors(opening) == ()

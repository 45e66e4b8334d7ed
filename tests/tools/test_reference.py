"""The reference is what the code says: every page as it would be made now, every link to something there."""

import pytest

from tools.reference.meaning import UndocumentedError, find_meanings, get_meaning
from tools.reference.pages import FOLDER, render_pages

ROOT = FOLDER.parents[1]


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return render_pages()


def test_every_page_is_as_the_code_says(pages: dict[str, str]) -> None:
    kept = {file.name: file.read_text("utf-8") for file in FOLDER.glob("*.md")}
    late = sorted(name for name in pages.keys() | kept.keys() if pages.get(name) != kept.get(name))
    assert late == [], f"run `make reference`: {', '.join(late)} of docs/reference are not as the code says"


class Told:
    plain: int  #: behind the member
    #: above the member,
    #: on two lines
    long: int
    silent: int  # a comment for programmers


class Heir(Told):
    own: int  #: its own


def test_a_member_is_told_by_the_comment_above_or_behind_it() -> None:
    assert find_meanings(Heir) == {
        "plain": "behind the member",
        "long": "above the member, on two lines",
        "own": "its own",
    }


def test_a_member_of_which_nothing_is_said_is_named_with_its_file() -> None:
    with pytest.raises(UndocumentedError, match=r"test_reference\.py: nothing is said of Told\.silent"):
        get_meaning(Told, "silent")

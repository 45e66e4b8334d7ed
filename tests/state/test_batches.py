"""Long lists go to the database in pieces: a state may hold more pages than a statement takes values."""

from contextlib import closing
from pathlib import Path

from state import Outcome, PageLook, Store, Validators
from state.settling.bookkeeping import begin_baseline, commit_validators, record_authorities
from state.storage.batches import in_batches
from state.storage.database import Database, parse_url
from tests.state.takes import START, page_url

PAGES = 33_000  # more than SQLite takes values in one statement


def test_batches_hold_all_values_in_their_order() -> None:
    assert list(in_batches("abcdefg", 3)) == [["a", "b", "c"], ["d", "e", "f"], ["g"]]
    assert list(in_batches({}, 3)) == []
    assert list(in_batches("abc", 3)) == [["a", "b", "c"]]


def test_more_pages_than_a_statement_takes_values_are_settled(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/state.db"
    urls = [page_url(str(number)) for number in range(PAGES)]
    held = Validators('"1"', None, "0" * 64, 1)
    with closing(Store.open(url, rehearsal=False)) as store, closing(Database(parse_url(url))) as database:
        with database.writing() as connection:
            looks = (
                PageLook(each, "provider", Outcome.NOT_MODIFIED, START, validators=held) for each in urls
            )
            commit_validators(connection, looks)
            record_authorities(connection, [], settled=set(urls), now=START)
            begin_baseline(connection, urls, START)
        assert store.validators_of(urls) == dict.fromkeys(urls, held)

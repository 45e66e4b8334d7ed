"""`prune` says what it would forget, what it forgot, and how large the database is."""

from tests.letterwatch.conftest import Workplace


def test_prune_counts_forgets_and_shows_the_size(workplace: Workplace) -> None:
    workplace.check()
    before = workplace.publications()
    trial = workplace.run("prune", "--dry-run")
    assert trial.stdout.splitlines()[0] == "would be pruned: nothing"
    done = workplace.run("prune", "--vacuum")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == "pruned: nothing"
    assert "the database has" in done.stdout
    assert workplace.publications() == before

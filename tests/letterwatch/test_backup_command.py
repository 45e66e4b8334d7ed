"""Backup and restore as an operator runs them: byte for byte the same publications, nothing told twice."""

from tests.letterwatch.conftest import Workplace
from tests.states import lose_state


def move_the_state_away(workplace: Workplace) -> None:
    """What an empty machine has: the configuration alone."""
    lose_state(workplace.folder)
    (workplace.folder / "archive").rename(workplace.folder / "lost-archive")


def test_a_lost_state_comes_back_and_tells_nothing_again(workplace: Workplace) -> None:
    workplace.check()
    early = workplace.run("backup", "early.tar")
    assert (early.returncode, early.stderr) == (0, "")
    assert early.stdout.startswith("early.tar: ")
    assert early.stdout.endswith("bytes, verified\n")
    before = workplace.run("publications", "--json").stdout

    workplace.site.publish_letter()
    workplace.check()
    assert workplace.arrived() == (1, 1)
    refused = workplace.run("restore", "early.tar")
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "onto an empty place" in refused.stderr

    move_the_state_away(workplace)
    restored = workplace.run("restore", "early.tar")
    assert (restored.returncode, restored.stderr) == (0, "")
    database, _, archive = restored.stdout.splitlines()[1].partition(", the archive into ")
    assert database.startswith("the database into ")
    assert "://" in database or (workplace.folder / "letterwatch.db").samefile(database.split()[-1])
    assert (workplace.folder / "archive").samefile(archive)
    assert workplace.run("publications", "--json").stdout == before
    code, figures = workplace.check()  # finds the letter that was told after the backup
    assert (code, figures["unsent"]) == (0, {"held": 2})
    assert "held back after a restore" in str(workplace.inbox.slack[1].payload)
    assert len(workplace.inbox.slack) == 2


def test_no_secret_is_in_a_backup(workplace: Workplace) -> None:
    workplace.check()
    workplace.site.publish_letter()
    workplace.check()
    workplace.run("backup", "b.tar")
    body = (workplace.folder / "b.tar").read_bytes()
    assert b"50121234" in body
    assert workplace.inbox.webhook_url.encode() not in body
    assert workplace.inbox.smtp_url.encode() not in body


def test_a_backup_that_was_cut_short_is_one_clear_line(workplace: Workplace) -> None:
    workplace.check()
    workplace.run("backup", "b.tar")
    path = workplace.folder / "b.tar"
    path.write_bytes(path.read_bytes()[:-20_000])
    move_the_state_away(workplace)
    done = workplace.run("restore", "b.tar")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("letterwatch: the backup b.tar is refused: ")
    assert not (workplace.folder / "letterwatch.db").exists()


def test_a_backup_goes_into_a_folder_under_its_time_and_never_over_another(workplace: Workplace) -> None:
    workplace.check()
    (workplace.folder / "backups").mkdir()
    assert workplace.run("backup", "backups").returncode == 0
    lost = workplace.run("backup", "backup/")
    assert lost.returncode == 1
    assert (
        lost.stderr.strip()
        == "letterwatch: there is no folder backup: make it, or name a file, as in backup.tar"
    )
    assert not (workplace.folder / "backup").exists()
    (path,) = (workplace.folder / "backups").iterdir()
    again = workplace.run("backup", str(path))
    assert (again.returncode, again.stdout) == (1, "")
    assert "overwrites nothing" in again.stderr

"""Backups that were taken and spoilt, and letters that are held or were told."""

import gzip
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from unittest.mock import patch

from state import DeliveryState, Store
from state.storage.schema import SCHEMA_VERSIONS
from tests.letterwatch.slips.bench import Bench
from tests.letterwatch.slips.preparations.registry import prepared
from tests.letterwatch.slips.preparations.state import fold_in, remove_state


@prepared
def back_up(bench: Bench) -> None:
    bench.run("backup", "monday.tar")


@prepared
def remove_all_but_a_copy(bench: Bench) -> None:
    fold_in(bench)
    shutil.copy(bench.database, bench.folder / "copy.db")
    remove_state(bench)


@prepared
def cut_backup(bench: Bench) -> None:
    _spoil_backup(bench, lambda body: body[: len(body) // 2])


@prepared
def damage_backup(bench: Bench) -> None:
    _spoil_backup(bench, lambda body: body.replace(b"%PDF-", b"%PDX-", 1))


@prepared
def compress_backup(bench: Bench) -> None:
    _spoil_backup(bench, gzip.compress)
    (bench.folder / "monday.tar").rename(bench.folder / "monday.tar.gz")


@prepared
def back_up_what_is_newer(bench: Bench) -> None:
    back_up(bench)
    bench.stack.enter_context(patch("state.keeping.restoring.SCHEMA_VERSIONS", SCHEMA_VERSIONS[:-1]))
    remove_state(bench)


@prepared
def make_a_closed_folder(bench: Bench) -> None:
    (bench.folder / "closed").mkdir(mode=0o555)


@prepared
def hold_a_flood(bench: Bench) -> None:
    bench.rewrite(lambda text: text.replace("[ofsted]", "[ofsted]\nflood = 1"))
    site = bench.street.site
    whole = site.replica
    bench.stack.callback(setattr, site, "replica", whole)
    for number in range(2):
        site.publish(
            replace(
                site.letter,
                file_id=f"5990{number:04}",
                visited_on=date(2019, 10, 1) + timedelta(days=number),
                published_on=date(2019, 11, 2),
            )
        )
    bench.run("check")
    _name_delivery(bench, DeliveryState.HELD)


@prepared
def release_once(bench: Bench) -> None:
    hold_a_flood(bench)
    bench.run("release", "flood-2")


@prepared
def tell_the_letter(bench: Bench) -> None:
    bench.street.site.publish_letter()
    bench.run("check")
    _name_delivery(bench, DeliveryState.SENT)


def _spoil_backup(bench: Bench, change: Callable[[bytes], bytes]) -> None:
    back_up(bench)
    file = bench.folder / "monday.tar"
    file.write_bytes(change(file.read_bytes()))
    remove_state(bench)


def _name_delivery(bench: Bench, state: DeliveryState) -> None:
    with closing(Store.open(f"sqlite:///{bench.database}", rehearsal=False)) as store:
        bench.words["{delivery}"] = store.deliveries(state)[0].id

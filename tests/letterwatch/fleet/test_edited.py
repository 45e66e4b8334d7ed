"""A configuration edited under a fleet: its members outlive a wrong one and use a good one."""

import signal

import pytest

from tests.letterwatch.fleet.conftest import Fleet
from tests.letterwatch.fleet.test_fleet import count_runs, swept
from tests.letterwatch.test_edited_config import ANOTHER

pytestmark = pytest.mark.timeout(400)


def test_sighup_uses_a_good_edit_and_outlives_a_bad_one(fleet: Fleet) -> None:
    members = [fleet.clock(), fleet.worker()]
    fleet.wait_for(lambda: swept(fleet), "the first sweep was not made")
    good = fleet.place.config.read_text("utf-8")
    fleet.place.config.write_text(f"{good}[nonsense]\n", "utf-8")
    for member in members:
        member.send_signal(signal.SIGHUP)
        fleet.wait_for(lambda member=member: "nonsense" in fleet.log(member), "the edit is not refused")
    polls = count_runs(fleet)
    fleet.wait_for(lambda: count_runs(fleet) > polls, "polls do not go on after a wrong edit")
    fleet.place.config.write_text(good + ANOTHER, "utf-8")
    for member in members:
        member.send_signal(signal.SIGHUP)
        fleet.wait_for(lambda member=member: "beginning anew" in fleet.log(member), "it does not begin anew")
    fleet.wait_for(lambda: len(fleet.store.workers()) == 2, "they did not come back")
    fleet.place.site.publish_letter()
    fleet.wait_for(lambda: fleet.place.arrived() == (2, 1), "the new subscription was not told")
    for member in members:
        assert member.poll() is None, "its supervisor saw an end"
        fleet.end(member)
        assert member.returncode == 0
        assert "Traceback" not in fleet.log(member)

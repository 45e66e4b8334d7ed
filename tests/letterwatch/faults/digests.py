"""What may befall a digest between the news of a day and its hour."""

from subprocess import CompletedProcess

from tests.letterwatch.faults.how import ITSELF, RETRY, Befall, How, Remedy, Run, nothing
from tests.letterwatch.faults.machines import A_YEAR_AHEAD
from tests.letterwatch.faults.processes import kill_once_the_mail_is_taken
from tests.letterwatch.faults.receivers import mail_answers
from tests.letterwatch.faults.spoiling import STATUSES
from tests.letterwatch.faults.town import DAY_AFTER, DIGEST_RECIPIENT, MORNING, NEXT_DAY, House
from tests.servers.mail import HANG_UP

SUBSCRIPTION = """[channels.summary]
type = "email"
smtp = "{smtp}"
from = "letterwatch@example.org"
to = ["{recipient}"]

[[subscriptions]]
name = "summary"
channel = "summary"
events = ["publication.*"]
delivery = "daily 07:30"

[web]"""


def subscribe(house: House) -> None:
    """Somebody gets a digest each morning, too."""
    text = SUBSCRIPTION.format(smtp=house.town.mail.url, recipient=DIGEST_RECIPIENT)
    house.rewrite("[web]", text, for_good=True)
    house.town.awaited["digest"] = ()


def at_its_hour(befall: Befall, remedy: Remedy = ITSELF, run: Run | None = None) -> How:
    """A fault that begins between the news and the digest's hour, and ends a day later."""

    def live(house: House) -> CompletedProcess[str]:
        first = house.check(MORNING)
        assert first.returncode == 0, first.stdout + first.stderr
        befall(house)
        return run(house) if run else house.check(NEXT_DAY)

    return How(run=live, furnish=subscribe, remedy=remedy, after=DAY_AFTER)


def break_search(house: House) -> None:
    house.town.web.front.disturb(("/search",), STATUSES["503"])


def take_channel_out(house: House) -> None:
    """The channel has another name by then."""
    house.rewrite("[channels.summary]", "[channels.newsletter]")
    house.rewrite('channel = "summary"', 'channel = "newsletter"')


FAULTS: dict[str, How] = {
    "nothing runs at its hour": How(furnish=subscribe, after=DAY_AFTER),
    "the site is broken at its hour": at_its_hour(break_search),
    "the mail server refuses it for now": at_its_hour(mail_answers("450 4.2.1 try later")),
    "the mail server refuses it for good (550)": at_its_hour(mail_answers("550 5.1.1 no such user"), RETRY),
    "its channel is no longer in the configuration": at_its_hour(take_channel_out, RETRY),
    "it is taken, and the connection ends": at_its_hour(mail_answers(HANG_UP, "DATA")),
    "killed once the mail server had it": at_its_hour(
        nothing, run=lambda house: kill_once_the_mail_is_taken(house, NEXT_DAY, "summary")
    ),
    "the clock a year ahead when its news came": How(
        run=lambda house: house.check(A_YEAR_AHEAD), furnish=subscribe, after=DAY_AFTER
    ),
}

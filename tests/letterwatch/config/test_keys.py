import pytest

from letterwatch.config import Config
from letterwatch.config.keys import OTHER_WORDS, find_other_words, keys_of
from letterwatch.config.variables import guess_variables


def test_other_words_are_no_keys_and_lead_to_keys():
    for section, words in OTHER_WORDS.items():
        known = keys_of(Config, section)
        assert {key for meant in words.values() for key in meant} <= set(known)
        assert section == "channels" or not set(words) & set(known)


@pytest.mark.parametrize(
    ("kind", "meant"),
    [("slack", ["webhook_url"]), ("email", ["smtp"]), ("console", []), ("webhook", ["url"])],
)
def test_a_word_means_what_a_channel_of_that_type_has(kind, meant):
    tree = {"channels": {"desk": {"type": kind}}}
    assert find_other_words(Config, ("channels", "desk", "url"), tree) == meant


@pytest.mark.parametrize(
    ("path", "variables"),
    [
        (("state_url",), ["STATE__URL"]),
        (("poll",), ["OFSTED__POLL", "FEEDS__POLL", "GOVUK__POLL"]),
        (("channels_the_desk_smtp",), ["CHANNELS__THE_DESK__SMTP"]),
        (("channels", "the_desk_smtp"), ["CHANNELS__THE_DESK__SMTP"]),
        (("newsdesk_bot_token",), ["CHANNELS__NAME__BOT_TOKEN"]),
        (("office_to",), ["CHANNELS__OFFICE__TO"]),
        (("office_url",), ["CHANNELS__OFFICE__URL"]),
        (("elsewhere_url",), []),
        (("nothing_like_it",), []),
        (("news_feed",), []),
        (("ofsted", "pol"), []),
    ],
)
def test_a_variable_without_its_double_underscores_is_guessed(path, variables):
    tree = {"channels": {"office": {"type": "email"}}}
    assert guess_variables(Config, path, tree) == [f"LETTERWATCH_{name}" for name in variables]

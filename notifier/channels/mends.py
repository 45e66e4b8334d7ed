"""What an operator does about a channel that refuses: the receivers' codes, and the mend for each."""

from collections.abc import Mapping

SLACK: Mapping[str, str] = {
    "no_service": "the webhook was revoked; make a new one in Slack and set webhook_url",
    "no_team": "the workspace is gone; make a new webhook and set webhook_url",
    "invalid_token": "webhook_url is not whole; copy it anew from Slack",
    "action_prohibited": "the workspace's administrators forbid the webhook; ask them",
    "channel_is_archived": "the channel was archived; restore it, or make a webhook for another",
    "is_archived": "the channel was archived; restore it, or name another",
    "channel_not_found": "no such channel, or a private one; correct channel, or invite the bot into it",
    "not_in_channel": "invite the bot into the channel: /invite in Slack",
    "invalid_auth": "the token is wrong; copy bot_token anew from the app",
    "not_authed": "the token is missing; copy bot_token anew from the app",
    "token_revoked": "the token was revoked; install the app again and set bot_token",
    "token_expired": "the token has expired; install the app again and set bot_token",
    "account_inactive": "the app was removed; install it again and set bot_token",
    "missing_scope": "give the app the scopes that docs/channels.md names, and install it again",
    "restricted_action": "the channel lets only some people write; let the app, too",
}
WEBHOOK: Mapping[int, str] = {
    301: "it leads elsewhere; set url to where it leads",
    302: "it leads elsewhere; set url to where it leads",
    307: "it leads elsewhere; set url to where it leads",
    308: "it leads elsewhere; set url to where it leads",
    401: "the receiver does not know us; see whether url and secret are right",
    403: "the receiver does not let us in; see whether url and secret are right",
    404: "nothing is there; correct url",
    405: "it takes no POST; correct url",
    413: "the message is larger than the receiver takes; raise its limit",
}


def with_mend(said: str, mends: Mapping[str, str]) -> str:
    """A receiver's code, with its mend in brackets where there is one."""
    return f"{said} ({mends[said]})" if said in mends else said

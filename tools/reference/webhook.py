"""The webhook: what is posted, with which headers, and what an answer means."""

from notifier.channels.webhook import WebhookBody
from tools.reference.kinds import page_of
from tools.reference.records import list_records, render_record

_HEAD = """\
# The webhook

A channel of `type = "webhook"` posts one delivery as JSON to its `url`. How to set it up and to check the
signature: [how-to/webhook.md](../how-to/webhook.md). As JSON Schema:
[webhook.schema.json](../webhook.schema.json).

| header | what |
|---|---|
| `Letterwatch-Signature` | `t=<unix seconds>,v1=<hex HMAC-SHA256 of "<t>.<body>">`, made with `secret` |
| `Idempotency-Key` | the delivery's id, the same in every repeat |
| `Content-Type` | `application/json` |

| answer | means |
|---|---|
| 2xx | taken |
| 410 | the receiver wants nothing more: the channel is parked |
| 429, 503 | tried again, after `Retry-After` where it is given |
| anything else, a redirect too | tried again, ever later, for days |
"""


def render_webhook() -> str:
    """The whole page."""
    told = [each for each in list_records([WebhookBody]) if page_of(each) == "webhook.md"]
    return "\n".join([_HEAD, *map(render_record, told)])

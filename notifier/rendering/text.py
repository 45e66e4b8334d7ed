"""A message as plain text, for mails, the console and files. Pure."""

from jinja2 import Environment

from notifier.composing.parts import Message
from notifier.rendering.templating import open_templates

BUILT_IN = open_templates()


def render_text(message: Message, templates: Environment = BUILT_IN) -> str:
    """Plain text, one fact or quotation a line, ending in a newline; safe for a terminal."""
    return templates.get_template("message.txt").render(message=message)

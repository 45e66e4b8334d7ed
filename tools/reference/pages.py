"""The pages of the reference: what each is about, and what makes it."""

from collections.abc import Callable, Mapping
from pathlib import Path

from tools.reference.api import render_api
from tools.reference.commands import render_commands
from tools.reference.configuration import render_configuration
from tools.reference.dictionary import render_data_dictionary
from tools.reference.events import render_events
from tools.reference.exit_codes import render_exit_codes
from tools.reference.metrics import render_metrics
from tools.reference.records import render_json
from tools.reference.vocabulary import render_vocabulary
from tools.reference.webhook import render_webhook

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"
_MADE = "<!-- Made from the code by `make reference`; a change here is lost. -->\n"
_PAGES: Mapping[str, tuple[str, Callable[[], str]]] = {
    "commands.md": ("every command with its options and examples", render_commands),
    "configuration.md": ("every key of letterwatch.toml, with its variable", render_configuration),
    "events.md": ("what can be told", render_events),
    "exit-codes.md": ("what a command's end tells a script", render_exit_codes),
    "json.md": ("what `--json` and the last line of `check` print, field by field", render_json),
    "webhook.md": ("what a webhook receives", render_webhook),
    "api.md": ("every address of the API, its parameters and fields", render_api),
    "metrics.md": ("every figure of `/metrics`", render_metrics),
    "data-dictionary.md": ("every table and column of an export", render_data_dictionary),
    "vocabulary.md": ("the words in all of these: kinds, grades, verdicts, states", render_vocabulary),
}


def render_pages() -> dict[str, str]:
    """Every page by its file's name, the index among them; raises UndocumentedError."""
    pages = {
        name: f"{_MADE}\n{render().rstrip()}\n".replace(f"]({name}#", "](#")
        for name, (_, render) in _PAGES.items()
    }
    return {"README.md": f"{_MADE}\n{_render_index()}", **pages}


def _render_index() -> str:
    lines = "\n".join(
        f"- [{name.removesuffix('.md')}]({name}): {about}" for name, (about, _) in _PAGES.items()
    )
    return f"# Reference\n\nMade from the code, so that it says what the code does.\n\n{lines}\n"

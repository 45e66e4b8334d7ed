"""What has happened to an operator's folder, or on the street, before a slip's command is run."""

from tests.letterwatch.slips.preparations import backups, files, state, street
from tests.letterwatch.slips.preparations.registry import PREPARATIONS

__all__ = ["PREPARATIONS", "backups", "files", "state", "street"]

"""What sort of value a field has, in words, from its type."""

import types
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, MinLen
from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from letterwatch.config import values
from letterwatch.doctor import Finding as DoctorFinding
from notifier import settings
from tools.reference.markdown import slug

_NAMED = (
    (values.Duration, "duration"),
    (values.Host, "host"),
    (values.Listen, "host and port"),
    (values.WebAddress, "web address"),
    (values.Contact, "web or e-mail address"),
    (values.DaySpan, "span of days"),
    (values.HeaderName, "name of a header"),
    (values.IpAddress, "IP address"),
    (settings.MailAddress, "mail address"),
    (settings.Secret, "text, secret"),
    (settings.SecretUrl, "web address, secret"),
)
_PAGES = {"letterwatch.web.api": "api.md", "notifier.channels.webhook": "webhook.md"}
_TITLES: Mapping[type, str] = {DoctorFinding: "Finding of the doctor"}
_PLAIN = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    date: "date",
    datetime: "time",
    timedelta: "duration",
    Path: "path",
    SecretStr: "text, secret",
    object: "anything",
    Any: "anything",
    type(None): "null",
}


def in_words(hint: Any, *, null: bool = True) -> str:
    """A type in words; enums and records are links to where they are told.

    Without `null`, what may be left out is not marked as such: a configuration's defaults say it.
    """
    if get_origin(hint) is Annotated:
        plain, *limits = get_args(hint)
        named = next((words for each, words in _NAMED if _begins_with(hint, each)), None)
        return (named or in_words(plain, null=null)) + _tell_limits(limits)
    if get_origin(hint) in (types.UnionType, Union):
        parts = [part for part in get_args(hint) if null or part is not type(None)]
        return " or ".join(in_words(part, null=null) for part in parts)
    if get_origin(hint) is Literal:
        return " or ".join(f'`"{value}"`' for value in get_args(hint))
    if get_origin(hint) is tuple:
        return f"list of {in_words(get_args(hint)[0], null=null)}"
    if get_origin(hint) in (dict, Mapping):
        return "object"
    return _PLAIN[hint] if hint in _PLAIN else _link(hint)


def _link(hint: type) -> str:
    """An enum's values stand in the vocabulary, a record's fields among the records."""
    if issubclass(hint, Enum):
        return f"[{hint.__name__}](vocabulary.md#{slug(hint.__name__)})"
    return f"[{title_of(hint)}]({page_of(hint)}#{slug(title_of(hint))})"


def page_of(record: type) -> str:
    """The page on which a record is told of."""
    return next((page for room, page in _PAGES.items() if record.__module__.startswith(room)), "json.md")


def title_of(record: type) -> str:
    """The heading under which a record stands: its name, but where two bear it."""
    return _TITLES.get(record, record.__name__)


def find_parts(hint: Any) -> list[type]:
    """The enums and records that a type is made of, in order."""
    if isinstance(hint, type) and not get_args(hint):
        told = issubclass(hint, (Enum, BaseModel)) or hasattr(hint, "__dataclass_fields__")
        return [hint] if told else []
    return [part for each in get_args(hint) for part in find_parts(each)]


def _begins_with(hint: Any, named: Any) -> bool:
    """A type of our own name may have been narrowed further: Python keeps both in one list."""
    wanted = get_args(named)
    return get_args(hint)[: len(wanted)] == wanted


def _tell_limits(metadata: Sequence[Any]) -> str:
    """What pydantic holds a value to, as far as it is numbers."""
    told = []
    for each in metadata:
        for limit in each.metadata if isinstance(each, FieldInfo) else [each]:
            match limit:
                case Ge(ge=least):
                    told.append(f"at least {least}")
                case Gt(gt=least):
                    told.append(f"over {least}")
                case Le(le=most):
                    told.append(f"at most {most}")
                case MinLen(min_length=least) if least > 1:
                    told.append(f"at least {least} characters")
    return "".join(f", {words}" for words in told)

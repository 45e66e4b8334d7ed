"""Damaged bodies, the same for the same seed: bytes flipped, cut out, doubled, numbers made absurd."""

import random
import re
from collections.abc import Callable, Sequence

_NUMBER = re.compile(rb"\d+")
_NAME = re.compile(rb"/[A-Za-z]+")
_ABSURD = (b"0", b"-1", b"65536", b"2147483647", b"99999999999999999999", b"1e308")


def mutate(bodies: Sequence[bytes], seed: int) -> bytes:
    """One damaged PDF, made of one or two sound ones; it keeps an end marker, so that it is opened at all."""
    return damage(bodies, random.Random(seed)) + b"\n%%EOF\n"


def damage(bodies: Sequence[bytes], dice: random.Random, planted: Sequence[bytes] = ()) -> bytes:
    """A body made of one or two sound ones; `planted` are pieces that may turn up anywhere in it."""
    body = bytearray(dice.choice(bodies))
    for _ in range(dice.choice((1, 1, 2, 4, 16, 64))):
        if planted and dice.random() < 0.3:
            at = dice.randrange(len(body) + 1)
            body[at:at] = dice.choice(planted)
        else:
            dice.choice(_DAMAGES)(body, dice, bodies)
    return bytes(body)


def _flip(body: bytearray, dice: random.Random, _: Sequence[bytes]) -> None:
    if body:
        body[dice.randrange(len(body))] = dice.randrange(256)


def _cut_out(body: bytearray, dice: random.Random, _: Sequence[bytes]) -> None:
    start = dice.randrange(len(body) + 1)
    del body[start : start + dice.choice((1, 16, 400, 5000))]


def _double(body: bytearray, dice: random.Random, _: Sequence[bytes]) -> None:
    start = dice.randrange(len(body) + 1)
    body[start:start] = body[start : start + dice.choice((1, 16, 400, 5000))]


def _graft(body: bytearray, dice: random.Random, bodies: Sequence[bytes]) -> None:
    donor = dice.choice(bodies)
    start, at = dice.randrange(len(donor)), dice.randrange(len(body) + 1)
    length = dice.choice((16, 400, 5000))
    body[at : at + length] = donor[start : start + length]


def _make_absurd(body: bytearray, dice: random.Random, _: Sequence[bytes]) -> None:
    numbers = list(_NUMBER.finditer(body))
    if numbers:
        body[slice(*dice.choice(numbers).span())] = dice.choice(_ABSURD)


def _rename(body: bytearray, dice: random.Random, _: Sequence[bytes]) -> None:
    names = list(_NAME.finditer(body))
    if names:
        body[slice(*dice.choice(names).span())] = dice.choice(names).group()


_DAMAGES: tuple[Callable[[bytearray, random.Random, Sequence[bytes]], None], ...] = (
    _flip,
    _cut_out,
    _double,
    _graft,
    _make_absurd,
    _rename,
)

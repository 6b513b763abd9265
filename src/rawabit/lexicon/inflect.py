"""Inflected forms of a listed word, by the rules of `inflection.yml`. Knows no language: a rule is a pattern, a form and a feature."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`match` must match the whole base, `past` the whole past tense, `masdar` one of the verbal nouns; `to` is the form."""

    match: str
    to: str
    feature: str = ""
    past: str = ""
    masdar: str = ""


class Paradigms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rule lists of `inflection.yml`."""

    present: list[Rule]
    past: list[Rule]
    nonpast: list[Rule]
    participle: list[Rule]
    agent: list[Rule]
    masdar: list[Rule]
    plural: list[Rule]
    noun: list[Rule]
    adjective: list[Rule]


@lru_cache(maxsize=1024)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def inflect(rules: list[Rule], base: str, past: str = "", masdar: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """(form, feature) of every rule that applies to `base`."""
    for rule in rules:
        if rule.past and not _pattern(rule.past).fullmatch(past):
            continue
        if rule.masdar and not any(_pattern(rule.masdar).fullmatch(noun) for noun in masdar):
            continue
        found = _pattern(rule.match).fullmatch(base)
        if found:
            yield found.expand(rule.to), rule.feature


def conjugate(paradigms: Paradigms, past: str, present: str | None, masdar: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """All finite forms and active participles of a verb of which past and present (third person masculine singular) are given."""
    present = present or next(inflect(paradigms.present, past))[0]
    yield from inflect(paradigms.past, past)
    yield from inflect(paradigms.nonpast, present, past)
    yield from inflect(paradigms.participle, present, past, masdar)
    yield from inflect(paradigms.agent, past)

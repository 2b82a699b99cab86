"""Which publishers there are: every module of this package that declares one.

A new publisher is one new module here and nothing else.
"""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType, ModuleType

import spiders
from aggregator.urls import host_of, owns
from spiders.publisher import PublisherSpider


@cache
def publishers() -> Mapping[str, type[PublisherSpider]]:
    """Publishers' spiders by name, in alphabetical order."""
    found = {spider.name: spider for module in _modules() for spider in _declared(module)}
    return MappingProxyType(dict(sorted(found.items())))


def publisher_for(url: str) -> type[PublisherSpider] | None:
    """The publisher whose page an address is; ``None`` where it is nobody's that we read."""
    host = host_of(url.strip())
    return next((p for p in publishers().values() if owns(host, p.url_rules)), None)


def _modules() -> Iterator[ModuleType]:
    for info in pkgutil.iter_modules(spiders.__path__):
        if not info.ispkg:
            yield import_module(f"{spiders.__name__}.{info.name}")


def _declared(module: ModuleType) -> Iterator[type[PublisherSpider]]:
    for _, member in inspect.getmembers(module, inspect.isclass):
        if member.__module__ != module.__name__ or member is PublisherSpider:
            continue
        if issubclass(member, PublisherSpider) and member.name:
            yield member

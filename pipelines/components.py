"""Thin Scrapy item pipelines around the pure functions."""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler

from aggregator.config import config_of
from aggregator.errors import AttributionError
from aggregator.model import Article, AttributedArticle, Publisher
from pipelines.attribute import attribute
from pipelines.classify import classify
from pipelines.drops import Unattributable
from pipelines.normalise import normalise
from pipelines.rulebook import Rulebook, load_rules


class _PublisherPipeline:
    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    @property
    def publisher(self) -> Publisher:
        spider: Any = self.crawler.spider
        found: Publisher = spider.publisher
        return found


class NormalisePipeline(_PublisherPipeline):
    """Parsed values and clean text, by the bundled tables and the school's own."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.own = load_rules(config_of(crawler).rules).own

    def process_item(self, item: Article) -> Article:
        return normalise(item, self.publisher, self.own)


class ClassifyPipeline:
    """Topics and flags by the bundled rules and the school's own."""

    def __init__(self, rules: Rulebook) -> None:
        self.rules = rules

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(load_rules(config_of(crawler).rules))

    def process_item(self, item: Article) -> Article:
        return classify(item, self.rules)


class AttributePipeline(_PublisherPipeline):
    def process_item(self, item: Article) -> AttributedArticle:
        try:
            return attribute(item, self.publisher)
        except AttributionError as error:
            raise Unattributable(error.url) from error

"""Thin Scrapy item pipelines around the pure functions."""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler

from aggregator.errors import AttributionError
from aggregator.model import Article, AttributedArticle, Publisher
from pipelines.attribute import attribute
from pipelines.drops import Unattributable
from pipelines.normalise import normalise


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
    def process_item(self, item: Article) -> Article:
        return normalise(item, self.publisher)


class AttributePipeline(_PublisherPipeline):
    def process_item(self, item: Article) -> AttributedArticle:
        try:
            return attribute(item, self.publisher)
        except AttributionError as error:
            raise Unattributable(error.url) from error

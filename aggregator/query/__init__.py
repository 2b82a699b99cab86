"""The read side: a filter in, pages of article views and numbers out. Never imports Scrapy.

ArticleFilter --reading--> conditions and a search --paging, ranking--> ArticlePage
                                                   --searching--> SearchPage with marks
                                                   --counting, timeline--> numbers
"""

from aggregator.query.counting import (
    CAP,
    FACETS,
    Facets,
    Total,
    count_articles,
    count_facets,
    count_with_facets,
)
from aggregator.query.filter import MAX_LIMIT, ArticleFilter, Sort, parse_day
from aggregator.query.lookup import articles_by_id, get_article, history
from aggregator.query.paging import STREAM_BATCH, find_articles, iter_articles
from aggregator.query.params import PARAMETERS, filter_from_params
from aggregator.query.reading import matching
from aggregator.query.searching import Hit, SearchPage, search_articles
from aggregator.query.stats import PublisherStats, Stats, stats
from aggregator.query.timeline import Bucket, Interval, count_over_time
from aggregator.query.views import ArticlePage, ArticleView

__all__ = [
    "CAP",
    "FACETS",
    "MAX_LIMIT",
    "PARAMETERS",
    "STREAM_BATCH",
    "ArticleFilter",
    "ArticlePage",
    "ArticleView",
    "Bucket",
    "Facets",
    "Hit",
    "Interval",
    "PublisherStats",
    "SearchPage",
    "Sort",
    "Stats",
    "Total",
    "articles_by_id",
    "count_articles",
    "count_facets",
    "count_over_time",
    "count_with_facets",
    "filter_from_params",
    "find_articles",
    "get_article",
    "history",
    "iter_articles",
    "matching",
    "parse_day",
    "search_articles",
    "stats",
]

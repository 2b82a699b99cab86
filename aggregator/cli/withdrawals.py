"""Re-checks and withdrawals in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aggregator.cli.app import Session, opened
from aggregator.model import Withdrawal

if TYPE_CHECKING:
    from aggregator.crawl import CrawlResult
    from pipelines.report import Report


def reason_words(session: Session, withdrawal: Withdrawal) -> str:
    """A person's reason as it was given; the crawl's in the operator's language."""
    return withdrawal.reason if withdrawal.by_hand else session.say(withdrawal.reason)


def show_watch(session: Session, result: CrawlResult) -> None:
    """What a crawl found out about articles that are held."""
    for report in result.reports:
        _show_looks(session, report)
        _show_missing(session, report)


def _show_looks(session: Session, report: Report) -> None:
    say, out = session.say, session.out
    if report.read_anew:
        out.line(
            say(
                "{publisher}: {n} articles are read otherwise by today's parsers; their pages say "
                "what they said.",
                publisher=report.publisher,
                n=len(report.read_anew),
            )
        )
    if report.rechecked or report.due_later:
        out.line(
            say(
                "{publisher}: {n} articles were looked at again, {later} more are left for the "
                "next crawl.",
                publisher=report.publisher,
                n=report.rechecked,
                later=report.due_later,
            )
        )


def _show_missing(session: Session, report: Report) -> None:
    say, out = session.say, session.out
    for host in sorted(report.sites_in_trouble):
        out.line(
            say(
                "{host}: most articles seem to be gone at once. Not believed: the site is in "
                "trouble or has moved. Please look.",
                host=host,
            )
        )
    for article_id, reason in report.suspected.items():
        out.line(
            say(
                "Article {id} may have been withdrawn ({reason}); it will be looked at again.",
                id=article_id,
                reason=say(reason),
            )
        )
    for article_id, reason in report.withdrawn.items():
        out.line(
            say(
                "Article {id} was withdrawn by its publisher ({reason}).",
                id=article_id,
                reason=say(reason),
            )
        )
    show_portals(session, list(report.withdrawn))


def show_portals(session: Session, article_ids: list[int]) -> None:
    """Where articles that may no longer be shown still are."""
    from aggregator.query import articles_by_id

    if not article_ids:
        return
    with opened(session) as db:
        views = articles_by_id(db, article_ids)
    for view in views:
        for post in view.holding.published_in:
            session.out.line(
                session.say(
                    "Article {id} is still on the portal {portal}: {url}",
                    id=view.id,
                    portal=post.portal,
                    url=post.url or view.article.headline,
                )
            )


def watch_json(report: Report) -> dict[str, Any]:
    """For programs; keys are in ``docs/reference/cli.md``."""
    return {
        "read_anew": {str(id_): list(changed) for id_, changed in report.read_anew.items()},
        "rechecks": {"asked": report.rechecked, "left": report.due_later},
        "suspected": {str(id_): reason for id_, reason in report.suspected.items()},
        "withdrawn": {str(id_): reason for id_, reason in report.withdrawn.items()},
        "sites_in_trouble": sorted(report.sites_in_trouble),
    }

"""Whether a portal's post is an article: what would be proposed to its editor a second time.

In order of their strength: the post names an address with the publisher's own identifier (in any
spelling, on any of its hosts); it names an address of the article; its text has the same words; or
the text, as far as it was seen, is how the article begins. A headline alone is no evidence: yearly
announcements repeat it word for word.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from aggregator.model import MatchReason
from pipelines.beginning import begins_alike, opening_words
from pipelines.wording import as_said
from storage import portal
from storage.portal import ArticleSketch, PostSketch


def match(post: PostSketch, article: ArticleSketch) -> MatchReason | None:
    """How the article is recognised in the post; ``None``: it is not."""
    own = [source for source in post.sources if source.publisher == article.publisher]
    named = {source.external_id for source in own} - {None}
    if article.external_id in named:
        return MatchReason.IDENTITY
    if any(source.url in article.urls for source in own):
        return MatchReason.ADDRESS
    if post.text_fingerprint is not None and post.text_fingerprint == article.text_fingerprint:
        return MatchReason.TEXT
    same_headline = as_said(post.headline).casefold() == as_said(article.headline).casefold()
    words = opening_words(article.body)
    if begins_alike(post.opening, words, same_headline=same_headline):
        return MatchReason.OPENING
    return None


def recognise(session: Session, article_id: int, now: datetime) -> None:
    """Note in which posts an article that arrived is published already."""
    article = portal.article_sketch(session, article_id)
    for post in portal.posts_like(session, article):
        reason = match(post, article)
        if reason is not None:
            portal.note_match(session, post.id, article_id, reason, now)


def recognise_post(session: Session, post_id: int, now: datetime) -> int:
    """Note which articles a post is; returns how many."""
    post = portal.post_sketch(session, post_id)
    found = 0
    for article in portal.articles_like(session, post):
        reason = match(post, article)
        if reason is not None:
            portal.note_match(session, post_id, article.id, reason, now)
            found += 1
    return found

"""Everything that can go wrong, in one tree.

    AggregatorError
    ├── UsageError                 what the operator gave cannot be used (exit code 2)
    │   ├── ConfigError            configuration file or environment
    │   ├── UnknownPublisherError
    │   ├── UnknownChannelError
    │   ├── ContactMissingError    live crawl without a contact address
    │   ├── QueryError             filter, query, date or cursor
    │   │   ├── QueryChoiceError   none of the words that are possible there
    │   │   └── QueryRangeError    a number out of range
    │   ├── ArticleNotFoundError
    │   ├── ArticleWithdrawnError  it may no longer be shown
    │   ├── ReviewError            a decision of an editor's that cannot be made
    │   │   ├── NotPublishableError    its source is not named completely
    │   │   ├── ChangedMeanwhileError  another revision than was looked at
    │   │   └── ReviewValueError
    │   ├── AccountError           who may work at the desk cannot be changed so
    │   │   ├── UserNotFoundError
    │   │   ├── UserExistsError
    │   │   ├── UserNameError
    │   │   ├── PasswordError      one that is guessed too easily
    │   │   └── LastAdminError     nobody would be left to let others in
    │   ├── SignInError            name or password is wrong
    │   │   └── TooManyAttemptsError
    │   ├── RunNotFoundError
    │   ├── UnknownPortalError     no portal of that name is configured
    │   ├── NotPublishedError      an article that is in no portal's outbox
    │   ├── NotWithdrawnError      nothing to undo
    │   ├── MixedDatabaseError     invented demo articles beside real ones
    │   └── RoleError              a role of the database server that cannot be a reader
    ├── PublisherBusyError         another process is crawling the publisher (exit code 3)
    ├── PortalBusyError            another process is publishing to the portal (exit code 3)
    ├── InvalidURLError            an address that is none
    ├── ArchiveError               WARC file unreadable or unwritable
    │   └── NotArchivedError       the archive does not hold this request
    ├── PortalError                the school's own portal cannot be read or written
    │   ├── PortalFormatError      a file or page in no form that we know
    │   ├── PortalUnavailableError it passes: no answer, too busy, under repair
    │   ├── PortalRefusedError     it lasts: sign-in, rights, tables; nothing can be published
    │   └── PostRefusedError       this one post is not taken; others may be
    ├── StorageError               the database said no
    │   ├── DatabaseUnusableError  no database, no driver, no answer
    │   ├── DatabaseMissingError
    │   ├── DatabaseTooNewError
    │   ├── DatabaseTooOldError
    │   ├── DatabaseFullError      no room on the disk
    │   ├── DatabaseReadOnlyError
    │   ├── DatabaseNotEmptyError  a copy would mix with what is there
    │   └── CopyError              what was written is not what was read
    ├── BackupError                a copy of the database cannot be made, read or brought back
    ├── AlertError                 a transport did not take an alert
    ├── APIError                   another aggregator's API refused, or could not be asked
    ├── ChannelError               a channel as a whole is unusable
    ├── ArticleParseError          a page lacks a field that an article cannot be without
    ├── UnfitPageError             a page that is no article (photo, video, listing, …)
    ├── BlockedError               the publisher refuses us
    └── AttributionError           an article that may not leave without its source
        └── PostUnfitError         an article that no portal may be given

Each carries its identifiers as attributes. ``template`` is the English message with the
attributes' names in braces; the command line translates the template, then fills it in.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import ClassVar


class AggregatorError(Exception):
    """Root of all errors that this program raises on purpose."""

    template: ClassVar[str] = "{detail}"
    exit_code: ClassVar[int] = 1

    def __init__(self, **fields: object) -> None:
        super().__init__()
        self.fields = fields
        for name, value in fields.items():
            setattr(self, name, value)

    def __str__(self) -> str:
        return self.template.format(**self.fields)


class UsageError(AggregatorError):
    exit_code = 2

    def __init__(self, detail: str = "", **fields: object) -> None:
        super().__init__(detail=detail, **fields)


class ConfigError(UsageError):
    template = "configuration: {field}: {detail}"


class UnknownPublisherError(UsageError):
    template = "unknown publisher {name!r}; known are: {known}"


class UnknownChannelError(UsageError):
    template = "unknown channel {name!r}; known are: {known}"


class ContactMissingError(UsageError):
    template = (
        "a live crawl needs a contact address, so that publishers can reach you: "
        "set AGGREGATOR_CONTACT or 'contact' in {config_file}"
    )


class QueryError(UsageError):
    template = "{field}: cannot use {value!r}: {detail}"


class QueryChoiceError(QueryError):
    template = "{field}: cannot use {value!r}; possible are: {known}"


class QueryRangeError(QueryError):
    template = "{field}: cannot use {value!r}; it must be from {least} to {most}"


class ArticleNotFoundError(UsageError):
    template = "no article {key!r} in the database"


class ArticleWithdrawnError(UsageError):
    """``withdrawal``: an ``aggregator.model.Withdrawal``."""

    template = "article {key!r} was withdrawn on {day}: {reason}"


class ReviewError(UsageError):
    """An editor's decision that cannot be made."""


class NotPublishableError(ReviewError):
    template = "article {key!r} cannot be shown: its source is not named completely"


class ChangedMeanwhileError(ReviewError):
    template = "article {key!r} was changed meanwhile: look at it again"


class ReviewValueError(ReviewError):
    template = "{field}: {detail}"


class AccountError(UsageError):
    """Who may work at the editor's desk cannot be changed so."""


class UserNotFoundError(AccountError):
    template = "there is no user {name!r}"


class UserExistsError(AccountError):
    template = "there is a user {name!r} already"


class UserNameError(AccountError):
    template = "{name!r} is no name for a user: letters, digits, spaces and . , ' - only"


class PasswordError(AccountError):
    pass


class LastAdminError(AccountError):
    template = "{name!r} is the only one who can let others in"


class SignInError(UsageError):
    """Does not say whether the name or the password was wrong."""

    template = "the name or the password is wrong"


class TooManyAttemptsError(SignInError):
    template = "too many wrong passwords: try again in {minutes} minutes"


class RunNotFoundError(UsageError):
    template = "no run {number} in the database"


class UnknownPortalError(UsageError):
    template = "unknown portal {name!r}; configured under [[publish.portals]] are: {known}"


class NotPublishedError(UsageError):
    template = "article {key!r} is not in the outbox of portal {portal}"


class NotWithdrawnError(UsageError):
    template = "{key!r} is not withdrawn"


class MixedDatabaseError(UsageError):
    template = (
        "database {url} holds {found} articles; {wanted} ones need a database of their own: "
        "name one with --database"
    )


class RoleError(UsageError):
    template = "role {role!r}: {detail}"


class PublisherBusyError(AggregatorError):
    template = "{publisher} is being crawled by process {pid} on {host} since {since}"
    exit_code = 3


class PortalBusyError(AggregatorError):
    template = "portal {portal} is being published to by another process"
    exit_code = 3


class InvalidURLError(AggregatorError, ValueError):
    template = "not a web address: {url!r}"
    exit_code = 2

    def __init__(self, url: str) -> None:
        super().__init__(url=url)


class ArchiveError(AggregatorError):
    template = "archive {path}: {detail}"
    exit_code = 2

    def __init__(self, path: object, detail: str) -> None:
        super().__init__(path=str(path), detail=detail)


class NotArchivedError(ArchiveError):
    template = "archive {path} holds no answer for {detail}"


class PortalError(AggregatorError):
    """``url``: the portal's address, or its name in the configuration.

    ``facts``: what the braces in ``detail`` stand for.
    """

    template = "portal {url}: {detail}"

    def __init__(self, url: str, detail: str, **facts: object) -> None:
        super().__init__(url=url, detail=detail)
        self.facts = facts

    def __str__(self) -> str:
        return self.template.format(**{**self.fields, "detail": self.said})

    @property
    def said(self) -> str:
        """What is wrong, in English."""
        detail = str(self.fields["detail"])
        return detail.format(**self.facts) if self.facts else detail


class PortalFormatError(PortalError):
    template = "cannot be read as a portal's posts: {detail}"
    exit_code = 2

    def __init__(self, detail: str) -> None:
        super().__init__(url="", detail=detail)


class PortalUnavailableError(PortalError):
    """Trouble that passes. ``retry_after``: how long the portal asks us to stay away."""

    def __init__(
        self, url: str, detail: str, retry_after: timedelta | None = None, **facts: object
    ) -> None:
        super().__init__(url, detail, **facts)
        self.retry_after = retry_after


class PortalRefusedError(PortalError):
    """A person must act before anything can be published; ``detail`` says what to do."""


class PostRefusedError(PortalError):
    template = "portal {url} does not take this post: {detail}"


class StorageError(AggregatorError):
    template = "database {url}: {detail}"

    def __init__(self, url: str, detail: str = "", **fields: object) -> None:
        super().__init__(url=url, detail=detail, **fields)


class DatabaseUnusableError(StorageError):
    template = "database {url} cannot be used: {detail}"
    exit_code = 2


class DatabaseMissingError(StorageError):
    template = "database {url} does not exist yet; 'aggregator crawl' makes it"
    exit_code = 2


class DatabaseTooNewError(StorageError):
    template = (
        "database {url} was written by a newer version of this program "
        "(schema {found}); upgrade the program"
    )
    exit_code = 2


class DatabaseTooOldError(StorageError):
    template = "database {url} has an older schema ({found}); run 'aggregator db upgrade'"
    exit_code = 2


class DatabaseReadOnlyError(StorageError):
    template = "database {url} cannot be written here: {detail}"
    exit_code = 2


class DatabaseFullError(StorageError):
    template = "database {url}: the disk is full ({detail}); free some space and crawl again"


class DatabaseNotEmptyError(StorageError):
    template = "database {url} holds rows already (table {table}); a copy needs an empty one"
    exit_code = 2


class CopyError(StorageError):
    template = (
        "database {url}: table {table} is not what was copied "
        "({expected} rows read, {found} written)"
    )


class APIError(AggregatorError):
    """What ``aggregator.client`` raises; the attributes are those of the problem document."""

    template = "{url}: {title}"

    def __init__(
        self,
        *,
        url: str,
        title: str,
        status: int | None = None,
        type: str = "about:blank",
        detail: str = "",
        parameters: Mapping[str, str] | None = None,
        retry_after: int | None = None,
        withdrawn: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(url=url, title=title)
        self.url, self.title, self.detail = url, title, detail
        self.status = status
        """``None``: there was no answer, or none that could be read."""
        self.type = type
        self.parameters: Mapping[str, str] = parameters or {}
        """What is wrong with each parameter."""
        self.retry_after = retry_after
        """Seconds to wait before the next request. ``None``: not said."""
        self.withdrawn = withdrawn
        """Since when an article is not shown any more (``at``), why and by whom. ``None``: the
        error is another one."""


class BackupError(AggregatorError):
    template = "backup {path}: {detail}"
    exit_code = 2

    def __init__(self, path: object, detail: str) -> None:
        super().__init__(path=str(path), detail=detail)


class AlertError(AggregatorError):
    """``detail`` never holds a secret."""

    template = "alerts by {transport}: {detail}"

    def __init__(self, transport: str, detail: str) -> None:
        super().__init__(transport=transport, detail=detail)


class ChannelError(AggregatorError):
    """``reason`` is a short constant that statistics count (``html instead of feed``)."""

    template = "channel {channel}: {reason}: {detail}"

    def __init__(self, channel: str, reason: str, detail: str = "") -> None:
        super().__init__(channel=channel, reason=reason, detail=detail)
        self.channel = channel
        self.reason = reason
        self.detail = detail


class ArticleParseError(AggregatorError):
    template = "{url}: no {field} found"
    exit_code = 2

    def __init__(self, url: str, field: str) -> None:
        super().__init__(url=url, field=field)
        self.url = url
        self.field = field


class UnfitReason(StrEnum):
    """Why a page is no article. Statistics count these words."""

    PHOTO = "photo page"
    VIDEO = "video page"
    LIVE = "live blog"
    """Its text changes by the minute and has no end."""
    LISTING = "listing page"
    CONTINUATION = "continuation page"
    """A later page of an article whose first page is elsewhere."""
    EMPTY = "empty page"
    NOT_HTML = "not html"
    TOO_LARGE = "page too large"
    """More markup than any article has: reading it would take longer than it is worth."""


class UnfitPageError(AggregatorError):
    """The page was read and is none of our business; the crawl drops it with its reason."""

    template = "{url}: no article: {reason}"
    exit_code = 2

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url=url, reason=reason)
        self.url = url
        self.reason = reason


class BlockedError(AggregatorError):
    template = "{url}: blocked by the publisher ({reason})"

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url=url, reason=reason)
        self.url = url
        self.reason = reason


class AttributionError(AggregatorError):
    template = "{url}: cannot be attributed: {missing} is missing"

    def __init__(self, url: str, missing: str) -> None:
        super().__init__(url=url, missing=missing)
        self.url = url
        self.missing = missing


class PostUnfitError(AttributionError):
    template = "{url}: cannot be published: {missing} is missing"

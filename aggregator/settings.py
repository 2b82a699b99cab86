"""Scrapy settings: only what differs from Scrapy's defaults, each with its reason.

Every line is in ``docs/reference/settings.md``. ``scrapy list`` and ``scrapy crawl republika -O
out.jsonl`` use them as they are; ``aggregator crawl`` adds what its options say.
"""

from aggregator import identity

BOT_NAME = identity.PRODUCT
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"

# --- identity and manners -------------------------------------------------------------------
# Our own name, never a browser's: publishers must be able to recognise and refuse us. The word
# "Scrapy" must not be in it, since Republika's robots.txt bars that name. The contact is added
# from the configuration.
USER_AGENT = identity.AGENT
# The token that robots.txt files are matched against: the product, without version or contact.
ROBOTSTXT_USER_AGENT = BOT_NAME
# Off by default in Scrapy itself (only its project template turns it on).
ROBOTSTXT_OBEY = True
# One request at a time per host, a second apart: we are a guest, and news can wait a second.
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
# Scrapy varies the delay by half, so that every second pause would be shorter than promised.
DOWNLOAD_DELAY_JITTER = 0.0
# The publishers need no session from us; a cookie would make us trackable and pages personal.
COOKIES_ENABLED = False
# Pages of an Indonesian publisher in Indonesian.
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "id",
}

# --- limits -----------------------------------------------------------------------------------
# Scrapy waits 180 s; a school's line is slow, but a page that takes a minute is not coming.
DOWNLOAD_TIMEOUT = 60
# Scrapy takes 1 GiB; the largest real article page known to us is 260 KB, sitemaps reach a few MB.
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024
DOWNLOAD_WARNSIZE = 2 * 1024 * 1024
# Scrapy follows 20; http -> https -> www -> canonical is four.
REDIRECT_MAX_TIMES = 5
# 429 is not here: it means "later", and is answered by leaving the host alone, not by asking again.
RETRY_HTTP_CODES = [500, 502, 503, 504, 522, 524, 408]
# Two more tries, as in Scrapy, are written down because the loopback tests count them.
RETRY_TIMES = 2
# The publishers' certificates are checked; Scrapy's default accepts any.
DOWNLOAD_VERIFY_CERTIFICATES = True
# Off: a page that says "refresh to …" is shown as it is; CMS soft 404s use it.
METAREFRESH_ENABLED = False

# Scrapy starts a hundred workers for the items of each response; a page of ours is one article.
CONCURRENT_ITEMS = 1

# --- nothing that listens -----------------------------------------------------------------------
# Both are on by default and let whoever reaches the port run Python in the crawl.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# --- every answer is judged by us ----------------------------------------------------------------
SPIDER_MIDDLEWARES = {
    # Hides error responses from the spider; each must end in a named state of ours.
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    # Counts a depth that nothing here reads.
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
}
# Which page led us to another is nobody's business but ours.
REFERRER_POLICY = "no-referrer"

DOWNLOADER_MIDDLEWARES = {
    # Knows no ports, and drops what it refuses without a word; ours is DeclaredHosts.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    # Takes every failure for permission; ours is RobotsTxt.
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    # Before everything: a strange host or a private address is not even asked for its robots.txt.
    "spiders.guards.DeclaredHosts": 5,
    "spiders.guards.PrivateNetworkGuard": 10,
    # What the host's rules bar, for us by name.
    "spiders.robots.RobotsTxt": 100,
    # Below retry (550), so that a host which says "wait" is not asked twice more.
    "spiders.middlewares.RestingHosts": 560,
    # Below retry too: a name that leads inside leads there again.
    "spiders.guards.NamesThatLeadInside": 570,
    # Below redirect (600), to name what redirects into nothing.
    "spiders.guards.RedirectGuard": 610,
    # Below redirect (600) and compression (590), so that what is archived is what was sent.
    "spiders.middlewares.FetchedAt": 860,
    "spiders.middlewares.ArchiveMiddleware": 870,
    # Close to the network, so that what waited for a robots.txt is stopped as well.
    "spiders.halt.Halt": 940,
    # Last before the network: answers from the archive, so all others behave as in a live crawl.
    "spiders.middlewares.ReplayMiddleware": 950,
}
EXTENSIONS = {
    # Every discovered URL's end state, the run's report and what the database remembers.
    "pipelines.ledger.RunLedger": 200,
    # Held articles by our own schedule, once everything new has been taken.
    "spiders.rechecks.Rechecks": 300,
}
ITEM_PIPELINES = {
    "pipelines.components.NormalisePipeline": 100,
    "pipelines.components.ClassifyPipeline": 150,
    "pipelines.components.AttributePipeline": 200,
    # Deduplicates inside the transaction that stores, so that two crawls cannot both insert.
    "pipelines.store.StorePipeline": 300,
}
# Names resolve through a guard: an address that points into the private network is refused.
TWISTED_DNS_RESOLVER = "spiders.guards.GuardedResolver"
# Scrapy's own handler, with a bound on headers that do not end.
DOWNLOAD_HANDLERS = {
    "http": "spiders.download.BoundedHandler",
    "https": "spiders.download.BoundedHandler",
}

# --- output ---------------------------------------------------------------------------------------
FEED_EXPORT_ENCODING = "utf-8"
# Scrapy's DEBUG log prints each item whole; articles are in the database.
LOG_LEVEL = "INFO"

# --- ours -----------------------------------------------------------------------------------------
# Answer every request from this WARC file; nothing reaches the network.
AGGREGATOR_REPLAY = None
# Append every exchange to this WARC file.
AGGREGATOR_ARCHIVE = None
# Look again at articles that we hold, whether or not they are due.
AGGREGATOR_RECHECK = False
# Take at most so many articles per publisher; 0 means no limit.
AGGREGATOR_LIMIT = 0
# The run that this crawl is part of; made by the crawl itself when not given.
AGGREGATOR_RUN_ID = None
# "channel" or "reparse": what brings about the revisions that this run finds.
AGGREGATOR_CAUSE = "channel"
# Poll only these channels of the publisher, by name; empty means all.
AGGREGATOR_CHANNELS: list[str] = []
# What says the time, for simulations; the system's clock when not given.
AGGREGATOR_CLOCK = None
# A loaded aggregator.config.Config; read from file and environment when not given.
AGGREGATOR_CONFIG = None

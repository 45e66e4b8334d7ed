"""Scrapy settings that hold for every crawl; the app overlays those marked as its own."""

BOT_NAME = "letterwatch"
SPIDER_MODULES = ["scraper.spiders"]

# Overlaid from the configuration by the app.
LETTERWATCH_REPORTS_URL = "https://reports.ofsted.gov.uk"
LETTERWATCH_REQUESTS_PER_DAY = 5000  # to one host
LETTERWATCH_FILES_HOSTS = ["files.ofsted.gov.uk", "files.api.ofsted.gov.uk", "reports.ofsted.gov.uk"]
LETTERWATCH_GOVUK_URL = "https://www.gov.uk"
USER_AGENT = "Letterwatch (no contact configured)"
DOWNLOAD_DELAY = 1.0  # seconds between two requests to a host
LETTERWATCH_PACE = 0  # the same where other workers ask, too; then the state keeps it, and the delay is none

# Politeness. One request at a time: a pause that one host asks for is a pause of the crawl.
DOWNLOAD_DELAY_JITTER = 0
CONCURRENT_REQUESTS = 1
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_ITEMS = 1  # of one answer; Scrapy starts as many tasks for each, 100 unless told
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Letterwatch"
LETTERWATCH_BACKOFF = 2.0  # seconds before the first retry, doubled for the next
LETTERWATCH_PATIENCE = 120.0  # seconds; a host that asks for more is not asked again in this crawl
RETRY_TIMES = 2
RETRY_PRIORITY_ADJUST = 100  # at once, after the pause; not behind all other pages
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # the look says it
COOKIES_ENABLED = False

# Limits against hostile or broken servers.
DOWNLOAD_TIMEOUT = 30  # seconds for a whole answer
DOWNLOAD_MAXSIZE = 30_000_000  # bytes, received and decompressed
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_VERIFY_CERTIFICATES = True
DNS_TIMEOUT = 20
REDIRECT_MAX_TIMES = 3
METAREFRESH_ENABLED = False

# Nothing may vanish on the way: every request ends in a look.
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
HTTPERROR_ALLOW_ALL = True
URLLENGTH_LIMIT = 0
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"

# The web alone: no files, no FTP, no buckets, no data: addresses.
DOWNLOAD_HANDLERS = {
    "http": "scraper.downloading.GuardedDownloadHandler",
    "https": "scraper.downloading.GuardedDownloadHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}

DOWNLOADER_MIDDLEWARES = {
    "scraper.middlewares.hosts.HostMiddleware": 60,
    "scraper.middlewares.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scraper.middlewares.conditional.ConditionalMiddleware": 540,
    "scraper.middlewares.patience.PatienceMiddleware": 550,
    "scraper.middlewares.budget.BudgetMiddleware": 950,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    # A proxy would look names up, and connect, in our place: none of our judgements of addresses would hold.
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
    # Without use here, yet asked for every request and answer.
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # HostMiddleware is stricter
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
}
ITEM_PIPELINES = {
    "scraper.pipelines.ReadingPipeline": 300,
    "scraper.pipelines.ExportPipeline": 900,
}
EXTENSIONS = {
    "scraper.extensions.FaultStop": 0,
    "scrapy.extensions.remote_control.RemoteControl": None,
    "scrapy.extensions.telnet.TelnetConsole": None,
}
FEED_EXPORTERS = {"csv": "scraper.exports.SafeCsvExporter"}
FEED_EXPORT_ENCODING = "utf-8"

# Doors that Scrapy opens by default.
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False

LOG_LEVEL = "WARNING"
STATS_DUMP = False  # at a level that nobody sees, and written out all the same
LOGSTATS_INTERVAL = 0
MEMUSAGE_ENABLED = False

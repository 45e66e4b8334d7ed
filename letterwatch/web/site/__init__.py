"""A static copy: the page's own answers as files for any web host, or to open from a folder."""

from letterwatch.web.site.copying import SiteFigures, copy_site
from letterwatch.web.site.files import SiteError

__all__ = ["SiteError", "SiteFigures", "copy_site"]

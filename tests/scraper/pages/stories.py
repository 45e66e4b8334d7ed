"""Stories in a publisher's markup, made from their paragraphs."""

import json
from html import escape

_FURNITURE = '<div class="ad-slot"><span>Advertisement</span><button>Hide Ad</button></div>'


def national_world_page(title: str, paragraphs: list[str], url: str, *, published: str) -> str:
    """A National World page: JSON-LD without a body, the text in `p` tags, advertisements in between."""
    text = "".join(
        f"<p>{escape(paragraph)}</p>{_FURNITURE if number % 4 == 3 else ''}"
        for number, paragraph in enumerate(paragraphs)
    )
    story = json.dumps(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "datePublished": published,
            "publisher": {"@type": "Organization", "name": "Wakefield Express"},
        }
    )
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>{escape(title)} | Wakefield Express</title><link rel="canonical" href="{url}">
<script type="application/ld+json">{story}</script></head>
<body><nav><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<main><article><h1>{escape(title)}</h1>
<p class="byline">By <a rel="author" href="/author/the-newsroom">The Newsroom</a></p>
<div class="article-content">{text}</div>
<aside><h2>Read more</h2><a href="/news/other-1234567">Another story, of no interest</a></aside>
</article></main><footer><p>All rights reserved. We use cookies.</p></footer></body></html>"""

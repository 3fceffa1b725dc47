"""Small WordPress exports for the tests, one line per element that matters."""

import io

from blog.wordpress.records import ExportComment, ExportHeader, ExportItem, Notice, Record
from blog.wordpress.wxr import WxrReader

START = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
"""
HEAD = """<title>Strategie &amp; praktijk</title><link>https://strategie.example</link>
<language>nl-NL</language><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>https://strategie.example/blog</wp:base_blog_url>
<wp:author><wp:author_id>2</wp:author_id><wp:author_login>noor</wp:author_login>
<wp:author_email>noor@strategie.example</wp:author_email>
<wp:author_display_name><![CDATA[Noor &amp; Co]]></wp:author_display_name></wp:author>
"""
END = "</channel></rss>\n"
ITEM = {
    "title": "Hub en spoke",
    "link": "https://strategie.example/2011/12/13/hub",
    "pubDate": "Tue, 13 Dec 2011 08:15:00 +0000",
    "dc:creator": "noor",
    "guid": "https://strategie.example/?p=4",
    "content:encoded": "<p>Tekst.</p>",
    "wp:post_id": "4",
    "wp:post_date": "2011-12-13 09:15:00",
    "wp:post_date_gmt": "2011-12-13 08:15:00",
    "wp:comment_status": "open",
    "wp:ping_status": "closed",
    "wp:post_name": "hub",
    "wp:status": "publish",
    "wp:post_type": "post",
    "wp:post_password": "",
    "wp:is_sticky": "0",
}
COMMENT = {
    "wp:comment_id": "1",
    "wp:comment_author": "Jeroen",
    "wp:comment_author_email": "jeroen@voorbeeld.example",
    "wp:comment_author_url": "http://kuipers.example",
    "wp:comment_author_IP": "198.51.100.7",
    "wp:comment_date": "2011-12-13 10:02:11",
    "wp:comment_date_gmt": "2011-12-13 09:02:11",
    "wp:comment_content": "Helder stuk.",
    "wp:comment_approved": "1",
    "wp:comment_type": "comment",
    "wp:comment_parent": "0",
    "wp:comment_user_id": "0",
}


def item(*inside: str, **changed: str) -> str:
    """Names as keywords: `wp_post_id`, `content_encoded`; what stands inside comes last."""
    return f"<item>{_elements(ITEM, changed)}{''.join(inside)}</item>\n"


def comment(number: int, parent: int = 0, **changed: str) -> str:
    numbers = {"wp_comment_id": str(number), "wp_comment_parent": str(parent)}
    return f"<wp:comment>{_elements(COMMENT, numbers | changed)}</wp:comment>\n"


def _elements(usual: dict[str, str], changed: dict[str, str]) -> str:
    named = {name: changed.pop(name.replace(":", "_"), value) for name, value in usual.items()}
    more = {name.replace("_", ":", 1): value for name, value in changed.items()}
    return "".join(
        f"<{name}><![CDATA[{value}]]></{name}>\n" for name, value in (named | more).items()
    )


def export(*items: str, head: str = HEAD) -> bytes:
    return (START + head + "".join(items) + END).encode()


def records(content: bytes) -> list[Record]:
    return list(WxrReader().read(io.BytesIO(content)))


def read_header(content: bytes) -> ExportHeader:
    (header,) = (one for one in records(content) if isinstance(one, ExportHeader))
    return header


def read_items(*items: str) -> list[ExportItem]:
    return [one for one in records(export(*items)) if isinstance(one, ExportItem)]


def read_item(*inside: str, **changed: str) -> ExportItem:
    (only,) = read_items(item(*inside, **changed))
    return only


def read_comments(*comments: str) -> list[ExportComment]:
    return list(read_item(*comments).comments)


def notices(*items: str) -> list[Notice]:
    return [one for one in records(export(*items)) if isinstance(one, Notice)]

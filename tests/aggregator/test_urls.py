"""Every spelling of an address that was seen, and the promise that none is missed twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.errors import InvalidURLError
from aggregator.urls import (
    NO_RULES,
    UrlRules,
    authority,
    canonicalize,
    host_of,
    identify,
    is_article,
    owns,
    without_tracking,
)
from spiders.kemdikbud import URL_RULES as KEMDIKBUD
from spiders.republika import URL_RULES as REPUBLIKA
from spiders.tribun import URL_RULES as TRIBUN

CODE_URL = "https://news.republika.co.id/berita/t8esfn436/siswa-smk-juara"
WWW_URL = "https://www.tribunnews.com/pendidikan/7858656/siswa-smk-juara"
DATED_URL = "https://www.tribunnews.com/nasional/2021/03/23/siswa-smk-juara"
KALTIM_URL = "https://kaltim.tribunnews.com/tribun-etam/1126786/siswa-smk-juara"
BLOG_URL = "https://www.kemdikbud.go.id/main/blog/2020/09/siswa-smk-juara"
PRESS_URL = "https://www.kemendikdasmen.go.id/siaran-pers/13420-siswa-smk-juara"
VOKASI_URL = "https://vokasi.kemendikdasmen.go.id/read/b/siswa-smk-juara"

SPELLINGS = [
    # scheme, host, port, slash, fragment
    (REPUBLIKA, "http://news.republika.co.id/berita/t8esfn436/siswa-smk-juara", CODE_URL),
    (REPUBLIKA, "HTTPS://NEWS.Republika.CO.ID/berita/t8esfn436/siswa-smk-juara", CODE_URL),
    (REPUBLIKA, "https://news.republika.co.id:443/berita/t8esfn436/siswa-smk-juara", CODE_URL),
    (REPUBLIKA, "http://news.republika.co.id:80/berita/t8esfn436/siswa-smk-juara", CODE_URL),
    (REPUBLIKA, "https://news.republika.co.id./berita/t8esfn436/siswa-smk-juara", CODE_URL),
    (REPUBLIKA, f"{CODE_URL}/", CODE_URL),
    (REPUBLIKA, f"{CODE_URL}#comments-list", CODE_URL),
    (REPUBLIKA, f"  {CODE_URL}\n", CODE_URL),
    (REPUBLIKA, f"{CODE_URL}/../siswa-smk-juara", CODE_URL),
    # malformed but live
    (REPUBLIKA, "https://news.republika.co.id/berita//t8esfn436/siswa-smk-juara", CODE_URL),
    # trackers
    (REPUBLIKA, f"{CODE_URL}?utm_source=whatsapp&utm_medium=share", CODE_URL),
    (REPUBLIKA, f"{CODE_URL}?source=twitter", CODE_URL),
    (TRIBUN, f"{WWW_URL}?fbclid=IwAR0&gclid=x", WWW_URL),
    # devices
    (REPUBLIKA, "https://m.news.republika.co.id/berita/t8esfn436/siswa-smk-juara", CODE_URL),
    (
        REPUBLIKA,
        "http://www.republika.co.id/berita/t8esfn436/x",
        "https://republika.co.id/berita/t8esfn436/x",
    ),
    (TRIBUN, "https://m.tribunnews.com/nasional/2021/03/23/siswa-smk-juara", DATED_URL),
    (TRIBUN, "https://tribunnews.com/nasional/2021/03/23/siswa-smk-juara", DATED_URL),
    (TRIBUN, "https://m.tribunnews.com/amp/nasional/2021/03/23/siswa-smk-juara", DATED_URL),
    (TRIBUN, "https://www.tribunnews.com/amp/nasional/2021/03/23/siswa-smk-juara", DATED_URL),
    (TRIBUN, f"{DATED_URL}/amp", DATED_URL),
    (TRIBUN, f"{DATED_URL}/amp/", DATED_URL),
    (TRIBUN, "https://kaltim.tribunnews.com/amp/tribun-etam/1126786/siswa-smk-juara", KALTIM_URL),
    (
        TRIBUN,
        "https://kaltim-tribunnews-com.cdn.ampproject.org/c/s/kaltim.tribunnews.com"
        "/amp/tribun-etam/1126786/siswa-smk-juara",
        KALTIM_URL,
    ),
    (
        TRIBUN,
        "https://m-tribunnews-com.cdn.ampproject.org/v/m.tribunnews.com/amp/nasional/2021/03/23"
        "/siswa-smk-juara?usqp=mq331AQ",
        DATED_URL,
    ),
    # pages
    (TRIBUN, f"{WWW_URL}?page=all", WWW_URL),
    (TRIBUN, f"{WWW_URL}?page=2", WWW_URL),
    (TRIBUN, f"{KALTIM_URL}?page=all#komentar", KALTIM_URL),
    # former hosts
    (KEMDIKBUD, "https://kemdikbud.go.id/siaran-pers/13420-siswa-smk-juara", PRESS_URL),
    (KEMDIKBUD, "https://www.kemdikbud.go.id/siaran-pers/13420-siswa-smk-juara", PRESS_URL),
    (KEMDIKBUD, "http://kemendikdasmen.go.id/siaran-pers/13420-siswa-smk-juara", PRESS_URL),
    (KEMDIKBUD, "https://www.vokasi.kemdikbud.go.id/read/b/siswa-smk-juara", VOKASI_URL),
    (KEMDIKBUD, "http://vokasi.kemdikbud.go.id/read/b/siswa-smk-juara", VOKASI_URL),
    (KEMDIKBUD, "http://kemdikbud.go.id/main/blog/2020/09/siswa-smk-juara", BLOG_URL),
    (
        REPUBLIKA,
        "http://www.ihram.co.id/berita/jurnal-haji/berita/17/02/17/oli9fp396-haji",
        "https://republika.co.id/berita/jurnal-haji/berita/17/02/17/oli9fp396-haji",
    ),
    # hosts that nobody owns keep what selects their text
    (NO_RULES, "https://www.sekolah.sch.id/?p=12&utm_source=x", "https://www.sekolah.sch.id/?p=12"),
    (NO_RULES, "http://localhost:8000/a//b/", "http://localhost:8000/a/b"),
    (NO_RULES, "http://[::1]:8000/a", "http://[::1]:8000/a"),
    (NO_RULES, "https://user:word@sekolah.sch.id/a", "https://sekolah.sch.id/a"),
]


@pytest.mark.parametrize(("rules", "url", "wanted"), SPELLINGS)
def test_spellings_of_one_address(rules: UrlRules, url: str, wanted: str) -> None:
    assert canonicalize(url, rules) == wanted
    assert canonicalize(wanted, rules) == wanted


@pytest.mark.parametrize(
    "url",
    [
        "",
        "tidak ada",
        "/berita/t8esfn436/x",
        "//republika.co.id/x",
        "javascript:void(0)",
        "mailto:redaksi@sekolah.sch.id",
        "ftp://republika.co.id/x",
        "https://",
        "https:///berita",
        "https://[::1",
        "https://exa mple/%zz",
        "https://republika.co.id:99999999/x",
        "https://..",
    ],
)
def test_malformed_addresses_are_refused_by_name(url: str) -> None:
    with pytest.raises(InvalidURLError):
        canonicalize(url, REPUBLIKA)


IDENTITIES = [
    (REPUBLIKA, CODE_URL, "t8esfn436"),
    (REPUBLIKA, "https://republika.co.id/berita/t8esfn436", "t8esfn436"),
    (REPUBLIKA, "https://republika.co.id/share/t8esfn436", "t8esfn436"),
    (REPUBLIKA, "https://republika.co.id/r/t8esfn436", "t8esfn436"),
    (REPUBLIKA, "https://republika.co.id/amp_version/t8esfn436", "t8esfn436"),
    (REPUBLIKA, "https://news.republika.co.id/berita/t8esfn7430000/x", "t8esfn7430000"),
    (REPUBLIKA, "https://news.republika.co.id/berita/sbesot1/x", "sbesot1"),
    (REPUBLIKA, "https://ramadhan.republika.co.id/berita/sbo9b541045661326001/x",
     "sbo9b541045661326001"),
    (REPUBLIKA, "https://nasional.republika.co.id/berita/nasional/hukum/15/11/05/nxc181330-x",
     "nxc181330"),
    (REPUBLIKA, "https://republika.co.id/berita/jurnal-haji/17/02/17/oli9fp396-x", "oli9fp396"),
    (REPUBLIKA, "https://retizen.republika.co.id/posts/299964/x", "299964"),
    (REPUBLIKA, "https://kampus.republika.co.id/info-kampus/1624541366/x", "1624541366"),
    (TRIBUN, WWW_URL, "7858656"),
    (TRIBUN, KALTIM_URL, "kaltim/1126786"),
    (TRIBUN, DATED_URL, "2021/03/23/siswa-smk-juara"),
    (TRIBUN, "https://kaltim.tribunnews.com/2020/08/07/siswa-smk", "kaltim/2020/08/07/siswa-smk"),
    (KEMDIKBUD, PRESS_URL, "13420"),
    (KEMDIKBUD, "https://www.kemendikdasmen.go.id/berita/13420-siswa-s", "13420"),
    (KEMDIKBUD, VOKASI_URL, "vokasi/siswa-smk-juara"),
    (KEMDIKBUD, "https://vokasi.kemendikdasmen.go.id/read/siswa-smk-juara",
     "vokasi/siswa-smk-juara"),
    (KEMDIKBUD, BLOG_URL, None),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "url", "wanted"), IDENTITIES)
def test_the_publishers_own_identifier(rules: UrlRules, url: str, wanted: str | None) -> None:
    canonical = canonicalize(url, rules)
    assert identify(canonical, rules) == wanted
    assert is_article(canonical, rules)


@pytest.mark.parametrize(
    ("rules", "url"),
    [
        (REPUBLIKA, "https://republika.co.id/"),
        (REPUBLIKA, "https://republika.co.id/kanal/news/pendidikan"),
        (REPUBLIKA, "https://republika.co.id/indeks"),
        (REPUBLIKA, "https://republika.co.id/index/50/2026/07/20"),
        (REPUBLIKA, "https://republika.co.id/tag/smk"),
        (REPUBLIKA, "https://republika.co.id/page/penulis/123/nama"),
        (REPUBLIKA, "https://republika.co.id/page/shorts/yt-tcowx1623108406/x"),
        (REPUBLIKA, "https://republika.co.id/berita/serial/next"),
        (REPUBLIKA, "https://www.republika.id/posts/51881/x"),
        (REPUBLIKA, "https://sekitarkaltim.id/posts/304541/x"),
        (TRIBUN, "https://www.tribunnews.com/"),
        (TRIBUN, "https://www.tribunnews.com/pendidikan"),
        (TRIBUN, "https://www.tribunnews.com/index-news/pendidikan"),
        (TRIBUN, "https://www.tribunnews.com/tag/smk"),
        (TRIBUN, "https://www.tribunnews.com/topic/smk/1234567"),
        (TRIBUN, "https://www.tribunnews.com/penulis/nama"),
        (TRIBUN, "https://www.kompas.com/edu/7858656/x"),
        (KEMDIKBUD, "https://www.kemdikbud.go.id/main/blog/category/berita"),
        (KEMDIKBUD, "https://www.kemdikbud.go.id/main/blog/category/berita/2975"),
        (KEMDIKBUD, "https://www.kemendikdasmen.go.id/pencarian"),
        (KEMDIKBUD, "https://vokasi.kemendikdasmen.go.id/Publikasi/Berita/2"),
        (KEMDIKBUD, "https://evil.example/siaran-pers/13420-x"),
        (KEMDIKBUD, "https://notkemdikbud.go.id/main/blog/2020/09/x"),
        (KEMDIKBUD, "not an address ["),
    ],
)
def test_other_pages_are_no_articles(rules: UrlRules, url: str) -> None:
    assert not is_article(url, rules)


def test_requests_carry_no_tracking_but_keep_the_rest() -> None:
    url = "https://x.id/a?id=1&utm_source=wa&b=%20c&fbclid=2#top"
    assert without_tracking(url) == "https://x.id/a?id=1&b=%20c"
    with pytest.raises(InvalidURLError):
        without_tracking("https://[::1")


def test_hosts() -> None:
    assert host_of("https://KALTIM.tribunnews.com/x") == "kaltim.tribunnews.com"
    assert host_of("https://[") == ""
    assert owns("kaltim.tribunnews.com", TRIBUN)
    assert not owns("mytribunnews.com", TRIBUN)


# --- properties ---------------------------------------------------------------------------------

RULES = st.sampled_from([NO_RULES, REPUBLIKA, TRIBUN, KEMDIKBUD])
HOSTS = st.sampled_from(
    [
        "republika.co.id", "www.republika.co.id", "m.news.republika.co.id", "ihram.co.id",
        "tribunnews.com", "amp.kaltim.tribunnews.com", "m.tribunnews.com", "www.www.tribunnews.com",
        "kemdikbud.go.id", "www.vokasi.kemdikbud.go.id", "kemendikdasmen.go.id",
        "x-y.cdn.ampproject.org", "sekolah.sch.id", "localhost:8000", "[::1]", "EXAMPLE.ID.",
        "m.co", "xn--sklah-hra.id", "sekolàh.id",
    ]
)  # fmt: skip
SEGMENTS = st.one_of(
    st.sampled_from(
        [
            "amp", "berita", "", ".", "..", "c", "s", "v", "read", "b", "main", "blog",
            "siaran-pers", "13420-x", "t8esfn436", "1126786", "m.tribunnews.com", "2020", "09",
            "www.cdn.ampproject.org", "%2e%2e", "a%2Fb", "%", "%zz", "a b", "é", "a;b", "a+b",
            "kemdikbud.go.id:81", "x.y",
        ]
    ),
    st.text(max_size=6),
)  # fmt: skip
QUERIES = st.lists(
    st.tuples(
        st.sampled_from(["page", "utm_source", "id", "ref", "a b", "%26", "é", ""]),
        st.text(max_size=4),
    ),
    max_size=3,
)


@st.composite
def addresses(draw: st.DrawFn) -> str:
    scheme = draw(st.sampled_from(["http", "https", "HTTP"]))
    host = draw(HOSTS)
    path = "/".join(draw(st.lists(SEGMENTS, max_size=7)))
    query = "&".join(f"{key}={value}" for key, value in draw(QUERIES))
    return f"{scheme}://{host}/{path}" + (f"?{query}" if query else "")


@given(addresses(), RULES)
def test_canonicalising_twice_changes_nothing(url: str, rules: UrlRules) -> None:
    try:
        once = canonicalize(url, rules)
    except InvalidURLError:
        return
    assert canonicalize(once, rules) == once
    assert identify(canonicalize(once, rules), rules) == identify(once, rules)


@given(st.text(max_size=60), RULES)
def test_any_text_is_an_address_or_refused_by_name(text: str, rules: UrlRules) -> None:
    try:
        once = canonicalize(text, rules)
    except InvalidURLError:
        return
    assert canonicalize(once, rules) == once


OWN = st.sampled_from([(rules, url) for rules, url, _ in IDENTITIES])


@given(OWN, st.sampled_from(["http", "https"]), st.sampled_from(["", "/", "/amp", "//"]), QUERIES)
def test_identity_survives_every_disguise(
    own: tuple[UrlRules, str], scheme: str, ending: str, query: list[tuple[str, str]]
) -> None:
    rules, url = own
    wanted = identify(canonicalize(url, rules), rules)
    rest = url.removeprefix("https://").removeprefix("www.")
    joined = "&".join(f"{key}={value}" for key, value in query)
    disguised = f"{scheme}://m.{rest}{ending}?{joined}"
    try:
        assert identify(canonicalize(disguised, rules), rules) == wanted
    except InvalidURLError:
        # Control characters of the random query; the address itself is fine.
        assert not joined.isprintable()


AUTHORITIES = {
    "https://News.Republika.CO.ID/berita": "news.republika.co.id",
    "https://news.republika.co.id:443/berita": "news.republika.co.id",
    "http://news.republika.co.id:80/": "news.republika.co.id",
    "https://news.republika.co.id./berita": "news.republika.co.id",
    "https://news.republika.co.id:80/": "news.republika.co.id:80",
    "http://news.republika.co.id:443/": "news.republika.co.id:443",
    "https://news.republika.co.id:8443/": "news.republika.co.id:8443",
    "http://[::1]:8080/": "[::1]:8080",
    "https://news.republika.co.id@contoh.example/": "",
    "https://contoh.example@news.republika.co.id/": "",
    "https://:@news.republika.co.id/": "",
    "https://news.republika.co.id:port/": "",
    "ftp://news.republika.co.id/": "",
    "javascript:alert(1)": "",
    "//news.republika.co.id/": "",
    "https:///berita": "",
    "": "",
}


@pytest.mark.parametrize("url", AUTHORITIES)
def test_who_answers_an_address(url: str) -> None:
    assert authority(url) == AUTHORITIES[url]


@pytest.mark.parametrize(
    "url",
    [
        "https://republika.co.id.contoh.example/",
        "https://contoh.example/republika.co.id",
        "https://notrepublika.co.id/",
        "https://contoh.example\\@republika.co.id/",
        "https://contoh.example#@republika.co.id/",
        "https://contoh.example?.republika.co.id/",
        "https://republika.co.id:22/",
        "https://www.republika.id/",
    ],
)
def test_a_strange_host_that_looks_like_a_publishers_is_strange(url: str) -> None:
    assert not owns(authority(url), REPUBLIKA)

"""Refusals that look like pages, and articles that must not look like refusals."""

from __future__ import annotations

import pytest

from spiders import blocks
from spiders.blocks import block_reason, is_filter_host, is_portal_host
from spiders.page import Page

URL = "https://www.tribunnews.com/pendidikan/9200101/beasiswa"
TEXT = "<p>" + "Siswa dan guru berkumpul di halaman sekolah untuk upacara. " * 60 + "</p>"


def html(title: str, body: str) -> Page:
    return Page(URL, f"<html><head><title>{title}</title></head><body>{body}</body></html>")


@pytest.mark.parametrize(
    ("status", "page", "reason"),
    [
        (401, html("x", ""), blocks.LOGIN),
        (403, html("x", ""), blocks.REFUSED),
        (429, Page(URL, b""), blocks.TOO_MANY),
        (451, html("x", ""), blocks.LEGAL),
        (403, html("Just a moment...", "<p>Enable JavaScript and cookies to continue</p>"),
         blocks.CLOUDFLARE),
        (503, html("Just a moment...", "<div id=challenge></div>"), blocks.CLOUDFLARE),
        (200, html("www.tribunnews.com", "<h1>Tribun</h1><p>Verifying you are human.</p>"),
         blocks.ROBOT_CHECK),
        (200, html("Attention Required! | Cloudflare", "<h1>Sorry, you have been blocked</h1>"),
         blocks.CLOUDFLARE),
        (403, html("ERROR: The request could not be satisfied",
                   "<h1>403 ERROR</h1><h2>The request could not be satisfied.</h2>"
                   "<p>Request blocked.</p>"), blocks.CLOUDFRONT),
        (200, html("403 Forbidden", "<center>nginx</center>"), blocks.REFUSED),
        (200, html("Access Denied", "You don't have permission to access this page."),
         blocks.DENIED),
        (200, html("Masuk", "<form><input name=u><input type='password'></form>"), blocks.LOGIN),
        (200, html("", "<div id=root></div><script src=/app.js></script>"), blocks.SHELL),
    ],
)  # fmt: skip
def test_refusals(status: int, page: Page, reason: str) -> None:
    assert block_reason(status, page) == reason


@pytest.mark.parametrize(
    ("status", "page"),
    [
        (200, html("Siswa Juara", f"<h1>Siswa Juara</h1>{TEXT}")),
        (200, html("Captcha: Cara Kerja dan Sejarahnya", f"<h1>Captcha</h1>{TEXT}")),
        (200, html("Access Denied, Film Karya Siswa", f"<article>{TEXT}</article>")),
        (200, html("Masuk Sekolah", f"<h1>x</h1>{TEXT}<input type='password'>")),
        (200, html("Siswa", "<h1>Pendek</h1><p>Satu paragraf.</p><script></script>")),
        (404, html("Tidak ditemukan", "<script></script>")),
        (500, html("Galat", "")),
        (200, Page(URL, b"")),
        (200, Page(URL, b"%PDF-1.4")),
    ],
)
def test_pages_that_are_none(status: int, page: Page) -> None:
    assert block_reason(status, page) is None


CHALLENGES: dict[str, tuple[int, dict[str, str], str]] = {
    "Cloudflare, by its header": (403, {"cf-mitigated": "challenge"}, blocks.CLOUDFLARE),
    "Cloudflare, with 429": (429, {"cf-mitigated": "challenge"}, blocks.CLOUDFLARE),
    "Cloudflare, with 200": (200, {"cf-mitigated": "challenge"}, blocks.CLOUDFLARE),
    "AWS WAF, challenge": (202, {"x-amzn-waf-action": "challenge"}, blocks.ROBOT_CHECK),
    "AWS WAF, captcha": (405, {"x-amzn-waf-action": "captcha"}, blocks.ROBOT_CHECK),
    "Sucuri": (403, {"x-sucuri-block": "BLACK02"}, blocks.FIREWALL),
    "DataDome": (403, {"x-datadome": "protected"}, blocks.ROBOT_CHECK),
    "DDoS-Guard": (503, {"server": "ddos-guard"}, blocks.FIREWALL),
}


@pytest.mark.parametrize("name", CHALLENGES)
def test_a_refusal_that_only_its_headers_name(name: str) -> None:
    status, headers, reason = CHALLENGES[name]
    assert block_reason(status, html("Tribun", TEXT), headers) == reason


@pytest.mark.parametrize(
    "headers",
    [
        {"server": "cloudflare", "cf-ray": "8f-CGK", "cf-cache-status": "HIT"},
        {"x-datadome": "protected"},
        {"server": "ddos-guard"},
        {"server": "AkamaiGHost"},
        {"x-amz-cf-id": "x", "via": "1.1 x.cloudfront.net (CloudFront)"},
        {"cf-mitigated": ""},
    ],
)
def test_a_good_answer_through_such_a_network_is_none(headers: dict[str, str]) -> None:
    assert block_reason(200, html("Siswa Juara", f"<h1>Siswa Juara</h1>{TEXT}"), headers) is None


# As the products send them, cut to what matters. All with status 200, the hardest case.
PAGES: dict[str, tuple[str, str, str]] = {
    "Cloudflare 1020": (
        "Access denied | www.tribunnews.com used Cloudflare to restrict access",
        "<h1>Error 1020</h1><p>Access denied</p>",
        blocks.CLOUDFLARE,
    ),
    "Cloudflare, script only": (
        "www.tribunnews.com",
        "<script src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1'></script>",
        blocks.CLOUDFLARE,
    ),
    "Akamai": (
        "Access Denied",
        "<h1>Access Denied</h1>You don't have permission to access on this server. Reference #18",
        blocks.DENIED,
    ),
    "Imperva": ("", "<iframe src='/_Incapsula_Resource?x'>Request unsuccessful. Incapsula "
                "incident ID: 1-2</iframe>", blocks.FIREWALL),
    "Imperva, in words": ("", "Request unsuccessful. Incapsula incident ID: 1", blocks.FIREWALL),
    "Sucuri": ("Sucuri WebSite Firewall - Access Denied", "<p>Block ID: X</p>", blocks.FIREWALL),
    "F5": ("Request Rejected", "The requested URL was rejected. Please consult with your "
           "administrator. Your support ID is: 1", blocks.FIREWALL),
    "F5, without its title": ("", "The requested URL was rejected. Please consult with your "
                              "administrator.", blocks.FIREWALL),
    "Wordfence": ("Berita", "<h1>Your access to this site has been limited by the site owner</h1>"
                  "<p>Generated by Wordfence</p>", blocks.FIREWALL),
    "ModSecurity": ("Not Acceptable!", "<p>This error was generated by Mod_Security.</p>",
                    blocks.FIREWALL),
    "Imunify360": ("One moment, please...", "<script></script>", blocks.ROBOT_CHECK),
    "AWS WAF": ("Human Verification", "<script>AwsWafIntegration.x</script>", blocks.ROBOT_CHECK),
    "DataDome": ("republika.co.id", "<script src='https://ct.captcha-delivery.com/c.js'></script>",
                 blocks.ROBOT_CHECK),
    "PerimeterX": ("Access to this page has been denied", "<div id='px-captcha'></div>",
                   blocks.ROBOT_CHECK),
    "FortiGate filter": ("Web Page Blocked", "<h1>Web Page Blocked!</h1>", blocks.FIREWALL),
    "MikroTik": ("internet hotspot > login", "<form name='login' action='http://10.5.50.1/login'>"
                 "<input name='username'><input name='password' type='password'></form>"
                 "<p>Please log on to use the internet hotspot service</p>",
                 blocks.CAPTIVE_PORTAL),
    "MikroTik in Indonesian": ("Wifi Sekolah", "<form name='sendin'><input name='username'>"
                               "<input name='chap-challenge' type='hidden'></form>",
                               blocks.CAPTIVE_PORTAL),
    "MikroTik, redirecting": ("...", "<form name='redirect'></form>"
                              "<script>location.href = '$(link-login-only)'</script>",
                              blocks.CAPTIVE_PORTAL),
    "FortiGate login": ("Firewall Authentication", "<form></form>", blocks.CAPTIVE_PORTAL),
    "FortiGate, redirecting": ("", "<script>window.location='http://10.0.0.1:1000/fgtauth?1'"
                               "</script>", blocks.CAPTIVE_PORTAL),
    "CoovaChilli": ("Wifi", "<a href='http://10.1.0.1/?uamip=10.1.0.1&uamport=3990'>Masuk</a>",
                    blocks.CAPTIVE_PORTAL),
    "UniFi": ("", "<script>location='/guest/s/default/?id=1'</script>", blocks.CAPTIVE_PORTAL),
    "Mercusuar": ("Mercusuar", "<img src='/logo.png'>", blocks.NATIONAL_FILTER),
    "Internet Positif, redirecting": (
        "", "<script>window.location.replace('http://internetpositif.uzone.id/')</script>",
        blocks.NATIONAL_FILTER),
    "TrustPositif, framed": ("", "<iframe src='http://block.uzone.id'></iframe>",
                             blocks.NATIONAL_FILTER),
    "TrustPositif, in words": ("", "This page is blocked by "
                               "<a href=http://trustpositif.kominfo.go.id>TrustPositif</a>",
                               blocks.NATIONAL_FILTER),
    "Sedo": ("contoh.example", "<script src='//sedoparking.com/frmpark/x'></script>",
             blocks.PARKED),
    "Bodis": ("", "<div id='target'></div><script>window.park = \"eyJ1\"</script>",
              blocks.PARKED),
    "GoDaddy": ("", "<script>window.location.href=\"/lander\"</script>", blocks.PARKED),
    "for sale": ("contoh.example", "<h1>This domain is for sale!</h1>", blocks.PARKED),
    "expired": ("contoh.example", "<p>This domain has expired.</p>", blocks.PARKED),
    "cPanel": ("Account Suspended", "<p>Contact your hosting provider.</p>", blocks.SUSPENDED),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_a_refusal_that_looks_like_success(name: str) -> None:
    title, body, reason = PAGES[name]
    assert block_reason(200, html(title, body)) == reason


def test_a_network_that_asks_who_we_are() -> None:
    assert block_reason(511, html("x", "")) == blocks.CAPTIVE_PORTAL
    assert block_reason(407, html("x", "")) == blocks.CAPTIVE_PORTAL


@pytest.mark.parametrize(
    "page",
    [
        html("Internet Hotspot Gratis untuk Siswa SMK", f"<h1>Hotspot</h1>{TEXT}"),
        html("Mercusuar Tertua di Kalimantan", f"<h1>Mercusuar</h1>{TEXT}"),
        html("Internet Positif, Apa Itu?", f"<h1>x</h1>{TEXT}<p>trustpositif</p>"),
        html("Siswa", f"<h1>x</h1>{TEXT}<script src='/cdn-cgi/challenge-platform/x'></script>"),
        html("Siswa", "<h1>Singkat</h1><p>Satu.</p><p>Dua.</p>"
             "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>"),
        html("Wifi", "<article>Guru memasang uamip= pada router.</article>"),
        html("Rumah Dijual", f"<h1>x</h1><p>This domain is for sale</p>{TEXT}"),
        html("Indeks", "<ul class='wrap'><li><a href='/a'>A</a></li></ul><p>x</p>"),
    ],
)  # fmt: skip
def test_a_page_about_such_things_is_none(page: Page) -> None:
    assert block_reason(200, page) is None


@pytest.mark.parametrize("host", ["hotspot.lan", "login", "router.local", "welcome2.wifi.id"])
def test_a_host_of_the_network_around_us(host: str) -> None:
    assert is_portal_host(host)


@pytest.mark.parametrize("host", ["", "www.republika.co.id", "hotspot.co.id", "notwifi.id"])
def test_a_host_of_the_internet(host: str) -> None:
    assert not is_portal_host(host)


@pytest.mark.parametrize(
    ("host", "is_filter"),
    [
        ("mercusuar.uzone.id", True),
        ("www.internetpositif.id", True),
        ("trustpositif.kominfo.go.id", True),
        ("uzone.id", False),
        ("kominfo.go.id", False),
    ],
)
def test_a_host_of_the_filter_list(host: str, is_filter: bool) -> None:
    assert is_filter_host(host) is is_filter

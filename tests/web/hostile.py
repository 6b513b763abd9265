"""Reports that try to be more than text: by name, title, text, outlet and address."""
from __future__ import annotations

SENTENCE = "التقى الرئيس الروسي فلاديمير بوتين نظيره الأذري إلهام علييف في دوشنبه"
SCRIPT = "<script>document.title='broken'</script>"
HANDLER = "\"'><img src=x onerror=\"document.title='broken'\"><svg onload=alert(1)>"
TEMPLATE = "{{ 7 * 7 }}{% raw %}"
OVERRIDE, POP = "\u202e", "\u202c"
HOSTILE = {
    "script": (f"{SCRIPT} {SENTENCE}", f"{SENTENCE} {SCRIPT}. {HANDLER}\n{TEMPLATE} {SENTENCE}.", f"{HANDLER}", "javascript:alert(1)"),
    "bidi": (f"{OVERRIDE}{SENTENCE}", f"{SENTENCE} {OVERRIDE}abc def\n\u2066{SENTENCE}.\nBBC: {SENTENCE}.\nIn English only, 1998.",
             f"outlet{OVERRIDE}", f"https://example.org/{OVERRIDE}gpj.exe"),
    "line": ("سطر واحد", f"{SENTENCE}، " * (1_000_000 // (len(SENTENCE) + 2)), None, None),
    "bare": ("", f"{SENTENCE}.", None, "data:text/html,<script>alert(1)</script>"),
}
"""A million characters on one line; what begins in one direction and goes on in another; addresses that run code."""

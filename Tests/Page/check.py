#!/usr/bin/env python3
"""Looks at pages as a browser and as a blind reader do: check.py PAGE...

Each page is opened in Chromium at three widths and in both colour schemes. It must make no request, report nothing to the
console (a breach of its security policy is reported there), be no wider than the window, and break no rule of axe-core
(WCAG 2.2 AA and best practices). Sorting and filtering are tried, and what is slipped into a copy must be blocked. A line a page and view; exits 1 when something is wrong.
"""
import pathlib
import sys
import tempfile

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

WIDTHS = (360, 768, 1280)
SCHEMES = ("light", "dark")


def faults(browser, page_path, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page, requests, messages = context.new_page(), [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.goto(page_path.as_uri())
    found = [f"requests {url[:120]}" for url in requests[1:]] + [f"says {text[:200]}" for text in messages]
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
        found.append(f"is {wide} wide")
    for violation in Axe().run(page).response["violations"]:
        found.append(f"{violation['id']}: {violation['nodes'][0]['html'][:160]}")
    if page.locator("th button").count():
        found += behaviour(page)
    context.close()
    return found


def behaviour(page):
    """Sorts the first table that can be sorted, and filters all rows."""
    found = []
    header = page.locator("th:has(button)").first
    header.locator("button").click()
    if header.get_attribute("aria-sort") != "descending":
        found.append("does not sort")
    search = page.locator("input[type=search]")
    if search.count():
        before = page.locator("main tbody tr:visible").count()
        search.fill("no row says this")
        if page.locator("main table:not(.matrix):not(.drawn) tbody tr:visible").count():
            found.append("does not filter")
        search.fill("")
        if page.locator("main tbody tr:visible").count() != before:
            found.append("does not show all rows again")
    return found


def policy(browser, page_path):
    """F143: what somebody slips into the page neither runs nor styles, and the console says so."""
    injected = (
        '<script>window.injected = true</script><style>#slipped { color: rgb(255, 0, 0) }</style>'
        '<p id="slipped" style="background: rgb(255, 0, 0)" onclick="window.injected = true">x</p></body>')
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder, "page.html")
        copy.write_text(page_path.read_text(encoding="utf-8").replace("</body>", injected), encoding="utf-8")
        page, messages = browser.new_page(), []
        page.on("console", lambda message: messages.append(message.text))
        page.goto(copy.as_uri())
        page.locator("#slipped").click()
        ran = page.evaluate("window.injected === true")
        styled = page.evaluate(
            "(e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor])"
            "(document.getElementById('slipped')).includes('rgb(255, 0, 0)')")
        page.close()
    found = ["an injected script ran"] * ran + ["an injected style applied"] * styled
    if sum("Content Security Policy" in message for message in messages) < 4:
        found.append(f"the console reports {len(messages)} breaches of 4")
    return found


def main():
    wrong = False
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for path in map(pathlib.Path, sys.argv[1:]):
            found = policy(browser, path.resolve())
            print(f"{path} policy: {'; '.join(found) or 'nothing wrong'}")
            wrong |= bool(found)
            for scheme in SCHEMES:
                for width in WIDTHS:
                    found = faults(browser, path.resolve(), width, scheme)
                    print(f"{path} {scheme} {width}: {'; '.join(found) or 'nothing wrong'}")
                    wrong |= bool(found)
        browser.close()
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())

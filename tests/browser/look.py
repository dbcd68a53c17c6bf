#!/usr/bin/env python3
"""Looks at the pages of the examples in a real browser.

    look.py [--pictures FOLDER] PAGE...

Needs Chromium and ChromeDriver, and nothing else; where they are not installed it says so and ends with 0. Each page is
opened at 1280 and at 400 pixels width, light and dark, on screen and paper, and checked for: nothing asked of the network, nothing wrong in
the console, no script of a cable run, nothing wider than the window, contrast of all texts (WCAG AA), focus by keyboard,
sorting of tables, and print.
"""

import argparse
import base64
import contextlib
import json
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

FLAGS = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync --hide-scrollbars""".split()

# The contrast of each text with what lies behind it; gives those that are too low.
CONTRAST = """
const parts = colour => (colour.match(/[\\d.]+/g) || []).map(Number);
const linear = c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
const over = ([r, g, b, a = 1], back) => [r, g, b].map((c, i) => c * a + back[i] * (1 - a));
function behind(element) {
  if (!element) return parts(getComputedStyle(document.documentElement).colorScheme.includes('dark') &&
    matchMedia('(prefers-color-scheme: dark)').matches ? 'rgb(0,0,0)' : 'rgb(255,255,255)');
  const own = parts(getComputedStyle(element).backgroundColor);
  return own[3] === 0 ? behind(element.parentElement) : over(own, behind(element.parentElement));
}
const low = [];
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const element = walk.currentNode.parentElement;
  if (!walk.currentNode.data.trim() || element.closest('script, style')) continue;
  if (!element.checkVisibility()) continue;
  const style = getComputedStyle(element);
  const in_svg = element.namespaceURI.endsWith('svg');
  const back = behind(in_svg ? element.closest('svg').parentElement : element);
  const [a, b] = [light(over(parts(in_svg ? style.fill : style.color), back)), light(back)].sort((x, y) => y - x);
  const ratio = (a + 0.05) / (b + 0.05);
  const size = parseFloat(style.fontSize);
  const is_large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
  if (ratio < (is_large ? 3 : 4.5)) low.push(`${ratio.toFixed(2)} ${element.tagName}.${element.className}: ${walk.currentNode.data.trim().slice(0, 40)}`);
}
return low.slice(0, 10);
"""

SORTING = """
const wrong = [];
for (const button of document.querySelectorAll('th button')) {
  const column = button.closest('th').cellIndex, table = button.closest('table');
  const values = () => [...table.tBodies[0].rows].map(row => row.cells[column].dataset.value ?? row.cells[column].textContent);
  const before = values().slice().sort().join();
  for (const way of ['ascending', 'descending']) {
    button.click();
    const now = values(), numbers = now.map(Number);
    const sorted = numbers.every(n => !isNaN(n)) ? numbers.slice().sort((a, b) => a - b).map(String) : now.slice().sort((a, b) => a.localeCompare(b));
    if (button.closest('th').ariaSort !== way && button.closest('th').getAttribute('aria-sort') !== way) wrong.push(`${button.textContent}: not ${way}`);
    const expected = way === 'ascending' ? sorted : sorted.slice().reverse();
    if (numbers.every(n => !isNaN(n)) ? expected.join() !== numbers.map(String).join() : expected.join() !== now.join()) wrong.push(`${button.textContent}: ${way} is out of order`);
    if (values().slice().sort().join() !== before) wrong.push(`${button.textContent}: rows are lost`);
  }
}
return wrong;
"""


class Browser:
    """A session of ChromeDriver."""

    def __init__(self, chromium, chromedriver, profile):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.driver = subprocess.Popen([chromedriver, f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            with contextlib.suppress(OSError):
                self.ask("GET", "/status")
                break
            time.sleep(0.1)
        options = {"binary": chromium, "args": [*FLAGS, f"--user-data-dir={profile}"]}
        wanted = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}
        session = self.ask("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]
        self.url += f"/session/{session}"

    def ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.load(answer)["value"]

    def run(self, script):
        return self.ask("POST", "/execute/sync", {"script": script, "args": []})

    def command(self, name, **parameters):
        return self.ask("POST", "/goog/cdp/execute", {"cmd": name, "params": parameters})

    def log(self, kind):
        return self.ask("POST", "/se/log", {"type": kind})

    def keys(self, *keys):
        presses = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.ask("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": presses}]})

    def quit(self):
        with contextlib.suppress(OSError):
            self.ask("DELETE", "")
        self.driver.terminate()
        self.driver.wait()


def look(browser, page, pictures):
    """Gives what is wrong with a page."""
    wrong = []
    browser.log("browser"), browser.log("performance")
    browser.ask("POST", "/url", {"url": page.resolve().as_uri()})
    for media, scheme in (("screen", "light"), ("screen", "dark"), ("print", "light"), ("print", "dark")):
        for width in (1280, 400):
            features = [{"name": "prefers-color-scheme", "value": scheme}]
            browser.command("Emulation.setEmulatedMedia", media=media, features=features)
            browser.command("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
            name = f"{page.stem}, {media}, {scheme}, {width}"
            wide = browser.run("return document.documentElement.scrollWidth")
            if media == "screen" and wide > width:
                wrong.append(f"{name}: {wide} pixels wide")
            wrong += [f"{name}: contrast {low}" for low in browser.run(CONTRAST)]
            if pictures and media == "screen":
                whole = browser.command("Page.captureScreenshot", captureBeyondViewport=True)
                (pictures / f"{page.stem}-{scheme}-{width}.png").write_bytes(base64.b64decode(whole["data"]))
    browser.command("Emulation.setEmulatedMedia", media="screen", features=[])
    wrong += keyboard(browser, page)
    browser.command("Emulation.setEmulatedMedia", media="", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    pdf = base64.b64decode(browser.ask("POST", "/print", {}))
    if not pdf.startswith(b"%PDF"):
        wrong.append(f"{page.stem}: it does not print")
    if pictures:
        (pictures / f"{page.stem}.pdf").write_bytes(pdf)
    wrong += [f"{page.stem}: {said}" for said in browser.run(SORTING)]
    if browser.run("return window.hacked ?? null") is not None:
        wrong.append(f"{page.stem}: a script of the cable was run")
    wrong += [f"{page.stem}: console: {entry['message']}" for entry in browser.log("browser")]
    for entry in browser.log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            url = message["params"]["request"]["url"]
            if url.startswith(("http", "ws", "ftp")):
                wrong.append(f"{page.stem}: asks for {url}")
    return wrong


def keyboard(browser, page):
    """The tabulator must reach one thing after the other, and each must show that it has the focus."""
    browser.run("window.scrollTo(0, 0); document.activeElement.blur()")
    seen = []
    for _ in range(12):
        browser.keys("\ue004")
        seen.append(browser.run(
            "const e = document.activeElement, s = getComputedStyle(e);"
            "return [e.tagName + '#' + e.id + '.' + e.className + ':' + e.textContent.slice(0, 30), s.outlineStyle !== 'none']"))
    wrong = [f"{page.stem}: no focus to be seen on {name}" for name, shown in seen if not shown]
    if len({name for name, _ in seen}) < 6:
        wrong.append(f"{page.stem}: the keyboard reaches only {seen}")
    return wrong


def main():
    parser = argparse.ArgumentParser(description="Looks at pages in a real browser.")
    parser.add_argument("--pictures", type=pathlib.Path, help="a folder for pictures and PDFs")
    parser.add_argument("pages", nargs="+", type=pathlib.Path)
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    chromedriver = shutil.which("chromedriver")
    if not chromium or not chromedriver:
        print("left out: it needs Chromium and ChromeDriver")
        return 0
    if options.pictures:
        options.pictures.mkdir(parents=True, exist_ok=True)
    wrong = []
    with tempfile.TemporaryDirectory() as profile:
        browser = Browser(chromium, chromedriver, profile)
        try:
            for page in options.pages:
                wrong += look(browser, page, options.pictures)
        finally:
            browser.quit()
    print("\n".join(wrong) or f"{len(options.pages)} pages, nothing wrong")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())

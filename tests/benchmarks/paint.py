"""First and largest paint of five pages on an emulated slow phone: make bench-paint [BASE=http://127.0.0.1:8000]

Chromium at 360 pixels, its processor four times slower, over a line of 1.6 Mbit/s with 150 ms to the server and back.
Each page is opened in a new profile, as on a first visit, then once more; the middle of five tries is told. Without
BASE a site of its own with the demo is measured. Prints a table and writes var/bench_paint.json.
"""

import json
import os
import shutil
import statistics

from playwright.sync_api import sync_playwright

from tests.served import ROOT, Site

TRIES = int(os.environ.get("TRIES", "5"))
LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}  # bytes a second
SLOWER = 4
CHROMIUM = next(filter(None, (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))), None)
PAINTS = """() => new Promise(done => {
  const found = {first: 0, largest: 0};
  new PerformanceObserver(list => { for (const e of list.getEntries()) found.largest = e.startTime })
    .observe({type: "largest-contentful-paint", buffered: true});
  setTimeout(() => {
    const first = performance.getEntriesByName("first-contentful-paint")[0];
    found.first = first ? first.startTime : 0;
    const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
    found.bytes = all.reduce((sum, e) => sum + e.transferSize, 0);
    done(found);
  }, 600);
})"""


def pages(base, browser):
    """{name: path} of five pages, a request that the list shows among them."""
    page = browser.new_page()
    page.goto(f"{base}/requests/")
    shown = page.locator(".app-card a").first.get_attribute("href")
    page.close()
    return {"front page": "/", "list": "/requests/", "request": shown, "guidance": "/guidance/", "figures": "/figures/"}


def visit(browser, address):
    """[first visit, second visit] in a new profile: {"first": ms, "largest": ms, "bytes": on the wire}."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2, is_mobile=True)
    found = []
    for _ in range(2):
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.send("Network.emulateNetworkConditions", LINE)
        wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(address)
        found.append(page.evaluate(PAINTS))
        page.close()
    context.close()
    return found


def measure(base):
    rows = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--headless", "--no-sandbox"])
        for name, path in pages(base, browser).items():
            tries = [visit(browser, base + path) for _ in range(TRIES)]
            for number, when in enumerate(("first", "second")):
                middle = {
                    key: round(statistics.median(one[number][key] for one in tries))
                    for key in ("first", "largest", "bytes")
                }
                rows.append({"page": name, "visit": when, **middle})
                print(
                    f"{name:12} {when:6} visit: first paint {middle['first']:5} ms, largest {middle['largest']:5} ms, "
                    f"{middle['bytes']:7} bytes",
                    flush=True,
                )
        browser.close()
    return rows


def main():
    if base := os.environ.get("BASE"):
        rows = measure(base)
    else:
        site = Site("paint")
        try:
            site.manage("demo")
            rows = measure(site.serve())
        finally:
            site.close()
    out = ROOT / "var" / "bench_paint.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(rows, indent=1))
    print(f"Written to {out.relative_to(ROOT)}")


if __name__ == "__main__":
    main()

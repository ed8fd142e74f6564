"""Takes pictures of a running site and makes them small; runs in .venv, where Playwright is.

Every view is as of one day, so that the same facts give the same pictures on any day.
"""

import base64
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from chromium import flags

DAY = "2025-12-31"
"""The last day on which a publication of the shipped facts may have come out."""

QUALITIES = (0.82, 0.76, 0.7, 0.64, 0.58)
TO_WEBP = """async ([png, quality]) => {
  const answer = await fetch(`data:image/png;base64,${png}`);
  const picture = await createImageBitmap(await answer.blob());
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  canvas.getContext("2d").drawImage(picture, 0, 0);
  const webp = await canvas.convertToBlob({ type: "image/webp", quality });
  let text = "";
  for (const byte of new Uint8Array(await webp.arrayBuffer())) text += String.fromCharCode(byte);
  return btoa(text);
}"""


def nothing(page: Page) -> None:
    """Leave the page as it came."""


def scroll_to(page: Page, what: str, above: int = 16) -> None:
    """Scroll so that an element stands near the top, so many pixels below it."""
    page.locator(what).first.evaluate(
        "(element, above) => scrollTo(0, element.getBoundingClientRect().top + scrollY - above)",
        above,
    )


def show_the_bars(page: Page) -> None:
    """Scroll to the bars of what is promised."""
    scroll_to(page, "#bars")


def show_the_verdicts(page: Page) -> None:
    """Wait until the script has drawn the chart, and scroll to the verdicts above it."""
    page.locator("[data-chart]:not([hidden])").wait_for()
    scroll_to(page, "main h2")


def show_the_lanes(page: Page) -> None:
    """Scroll to the choices above the picture."""
    scroll_to(page, ".timeline-choices")


def open_a_statement(page: Page) -> None:
    """Open the statement behind the vague amount in place."""
    row = "tr:has-text('CNY 2 billion to below 10 billion')"
    scroll_to(page, row, above=190)
    page.locator(f"{row} .cell-number a.source-mark").first.click()
    page.locator("#statement-popover:popover-open").wait_for()


@dataclass(frozen=True)
class Picture:
    """A view of the site: its address, language, theme, size in CSS pixels, and what is done."""

    name: str
    address: str
    locale: str
    theme: Any = "light"
    size: "tuple[int, int]" = (1280, 800)
    scale: float = 1
    act: "Callable[[Page], None]" = nothing


FEWER_COLUMNS = "columns=subject,organizations,amount,date,counted"
PICTURES = (
    Picture("overview-zh", "/", "zh-CN", size=(1440, 900)),
    Picture(
        "investments-en",
        f"/investments/?by=project&{FEWER_COLUMNS}",
        "en-US",
        act=show_the_bars,
    ),
    Picture(
        "indicator-zh-dark",
        "/indicators/software-business-revenue/",
        "zh-CN",
        theme="dark",
        act=show_the_verdicts,
    ),
    Picture("timeline-en", "/timeline/?range=all", "en-US", act=show_the_lanes),
    Picture(
        "statement-en",
        f"/investments/?{FEWER_COLUMNS}",
        "en-US",
        size=(1280, 840),
        act=open_a_statement,
    ),
    Picture("phone-zh", "/", "zh-CN", size=(375, 812), scale=1.5),
)


def main(site: str, chromium: str, folder: Path, most_bytes: int) -> int:
    """Takes every picture into the folder, and takes away what is none of them."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags())
        pressing = browser.new_page()
        kept = {
            press(take(picture, site, browser), picture, pressing, folder, most_bytes)
            for picture in PICTURES
        }
        browser.close()
    for file in folder.iterdir():
        if file not in kept:
            file.unlink()
    return 0


def take(picture: Picture, site: str, browser: Browser) -> bytes:
    """One picture as a PNG file."""
    width, height = picture.size
    context = browser.new_context(
        locale=picture.locale,
        color_scheme=picture.theme,
        reduced_motion="reduce",
        viewport={"width": width, "height": height},
        device_scale_factor=picture.scale,
        timezone_id="Asia/Shanghai",
    )
    page = context.new_page()
    joint = "&" if "?" in picture.address else "?"
    answer = page.goto(f"{site}{picture.address}{joint}as_of={DAY}")
    if answer is None or not answer.ok:
        raise SystemExit(f"{picture.address} did not answer as it should.")
    page.wait_for_load_state("networkidle")
    picture.act(page)
    page.mouse.move(0, 0)
    taken = page.screenshot(animations="disabled", caret="hide")
    context.close()
    return taken


def press(png: bytes, picture: Picture, page: Page, folder: Path, most_bytes: int) -> Path:
    """Writes a picture as WebP, in the best quality that is small enough."""
    file = folder / f"{picture.name}.webp"
    for quality in QUALITIES:
        text: str = page.evaluate(TO_WEBP, [base64.b64encode(png).decode(), quality])
        webp = base64.b64decode(text)
        if len(webp) <= most_bytes:
            file.write_bytes(webp)
            print(f"{file.name}: {len(webp) // 1000} kB, quality {quality}", flush=True)
            return file
    raise SystemExit(f"{picture.name} has more than {most_bytes} bytes in any quality.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])))

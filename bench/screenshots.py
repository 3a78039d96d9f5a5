"""Takes the pictures of the documentation: a reader's first page, a paper, a phone, the dark.

    python bench/screenshots.py [--data FOLDER]

Without a folder it loads the sample into a temporary one. It serves it, tags some papers as a
reader would, and writes PNGs to docs/images/. Needs Chromium, chromedriver and selenium.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

IMAGES = Path(__file__).parents[1] / "docs" / "images"
FLAGS = "--headless=new --no-sandbox --disable-gpu --no-first-run --hide-scrollbars --disable-sync"
INTERESTS = {
    "vision-language": "contrastive vision language pretraining",
    "graphs": "graph neural networks expressivity",
    "theorem proving": "formal theorem proving language models",
}
EXAMPLES = 4  # papers under each tag
WIDE, PHONE = (1240, 860), (390, 780)


def main() -> None:
    """Serve, tag, look."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="data folder with papers; its reader gets tags")
    chosen = parser.parse_args().data
    with tempfile.TemporaryDirectory() as spare, served(chosen or Path(spare) / "data") as address:
        driver = browser()
        try:
            tag_papers(driver, address)
            take_pictures(driver, address)
        finally:
            driver.quit()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Start a server and give its address; an empty folder fills itself with the sample."""
    command = [sys.executable, "-m", "bookwheel", "serve", "--port", "0", "--workers", "1"]
    environment = os.environ | {"BOOKWHEEL_DATA": str(folder)}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert server.stdout
    try:
        found = None
        while not found:
            found = re.search(r"http://[\d.]+:\d+", server.stdout.readline())
        yield found[0]
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(20)


def browser() -> Chrome:
    """Start Chromium."""
    options = ChromeOptions()
    for flag in FLAGS.split():
        options.add_argument(flag)
    return Chrome(options=options, service=ChromeService(shutil.which("chromedriver")))


def tag_papers(driver: Chrome, address: str) -> None:
    """Put the first results of a few searches under tags."""
    for name, words in INTERESTS.items():
        driver.get(f"{address}/search?q={words.replace(' ', '+')}")
        for card in driver.find_elements(By.CSS_SELECTOR, ".card")[:EXAMPLES]:
            driver.execute_script("arguments[0].querySelector('.tagger').open = true", card)
            card.find_element(By.NAME, "tag").send_keys(f"{name}\n")
            WebDriverWait(driver, 10).until(
                lambda _driver, card=card: card.find_elements(By.CSS_SELECTOR, ".tagged")
            )


def take_pictures(driver: Chrome, address: str) -> None:
    """Write all pictures."""
    picture(driver, f"{address}/?days=30", "for-you", WIDE)
    driver.execute_script("document.querySelector('.why summary').click()")
    time.sleep(1)
    save(driver, "why")
    first = driver.find_element(By.CSS_SELECTOR, ".card h3 a").get_attribute("href")
    picture(
        driver, f"{address}/search?q=subadditive+entropy+lattice", "search-dark", WIDE, dark=True
    )
    picture(driver, f"{address}/?days=30", "phone", PHONE)
    picture(driver, str(first), "phone-paper", PHONE)


def picture(
    driver: Chrome, address: str, name: str, size: tuple[int, int], *, dark: bool = False
) -> None:
    """Open a page in a window of some size and write what it looks like."""
    width, height = size
    window = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", window)
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
    driver.get(address)
    time.sleep(1)  # mathematics and icons
    save(driver, name)


def save(driver: Chrome, name: str) -> None:
    """Write a picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    driver.save_screenshot(str(IMAGES / f"{name}.png"))
    print(f"{name}.png {(IMAGES / f'{name}.png').stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

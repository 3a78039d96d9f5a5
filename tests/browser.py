"""What tests do in a browser, in the words of a reader."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

AXE = Path(__file__).parent / "e2e" / "vendor" / "axe-core" / "axe.min.js"
WIDE, PHONE = (1280, 900), (360, 740)
PATIENCE = 10  # seconds until what should happen must have happened


class Page:
    """The browser with one page open."""

    def __init__(self, driver: Chrome, address: str) -> None:
        self.driver = driver
        self.address = address

    def open(self, path: str) -> None:
        """Go to a page of the site and wait until its script has run."""
        self.driver.get(self.address + path)

    @property
    def path(self) -> str:
        """Where we are."""
        return self.driver.current_url.removeprefix(self.address)

    def one(self, selector: str) -> WebElement:
        """The first element of this kind; waits for it."""
        return self.until(lambda: next(iter(self.all(selector)), None))

    def all(self, selector: str) -> list[WebElement]:
        """All elements of this kind, now."""
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def until(self, found: Any) -> Any:
        """Wait until a function gives something, and give that."""
        # What is looked at may go with a page that is being left.
        waiting = WebDriverWait(self.driver, PATIENCE, 0.05, [StaleElementReferenceException])
        return waiting.until(lambda _driver: found())

    def press(self, *keys: str) -> None:
        """Press keys where the focus is."""
        for key in keys:
            self.driver.switch_to.active_element.send_keys(key)

    @property
    def focused(self) -> WebElement:
        """What has the focus."""
        return self.driver.switch_to.active_element

    def said(self, text: str) -> None:
        """Wait for a toast."""
        self.until(lambda: text in self.one("#toasts").text)

    def script(self, code: str, *arguments: object) -> Any:
        """Run script in the page."""
        return self.driver.execute_script(code, *arguments)

    def mark(self) -> None:
        """Leave something in the page that a reload would take away."""
        self.script("window.stillTheSamePage = true")

    @property
    def same(self) -> bool:
        """Whether the page was not loaded anew since `mark`."""
        return bool(self.script("return window.stillTheSamePage === true"))

    def resize(self, width: int, height: int, *, phone: bool = False) -> None:
        """Make the window some size; a phone is touched with fingers."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": phone})

    def prefer(self, feature: str, value: str) -> None:
        """Set what the system prefers, such as prefers-color-scheme."""
        features = [{"name": feature, "value": value}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def violations(self) -> list[str]:
        """What axe finds serious or critical."""
        if not self.script("return typeof window.axe === 'object'"):
            self.script(AXE.read_text())
        found = self.driver.execute_async_script(
            "axe.run(document, {resultTypes: ['violations']}).then(arguments[0])"
        )
        return [
            f"{one['id']}: {node['target']} {node['failureSummary']}"
            for one in found["violations"]
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"]
        ]

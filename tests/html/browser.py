"""Opens reports in a headless Chromium, as a reader would, and tells what is shown.

The command is that of build/release, or $SIMCHECK. Whoever imports this needs Debian's
chromium-driver and python3-selenium.
"""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

ROOT = pathlib.Path(__file__).resolve().parents[2]
SIMCHECK = os.environ.get("SIMCHECK", str(ROOT / "build/release/simcheck"))
# One story, step by step, however it was found.
BUGGY = ["--driver", "buggy", "--workload", "write 0 4k, zeroes 8k 4k",
         "--replay", "s1:0*2.1*4.0*3.1*3"]
SEVERAL = ["--driver", "buggy", "--depth", "2", "--keep-going", "--property", "all",
           "--super-interval", "2"]
DEADLOCK = ["--driver", "mutex-v2", "--depth", "3", "--super-interval", "1"]
FAULTY = ["--driver", "fixed", "--depth", "2", "--faults", "eio=1"]
POWER_CUT = ["--driver", "serialized", "--depth", "2", "--faults", "cut"]
THREADS = ["--driver", "buggy", "--depth", "2", "--threads", "2"]
HOLDS = ["--driver", "fixed", "--depth", "2"]

DATA = '<script type="application/json" id="result">'


def start_browser(**preferences):
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--no-sandbox",
                     "--window-size=1400,1000", "--force-device-scale-factor=1"):
        options.add_argument(argument)
    options.binary_location = "/usr/bin/chromium"
    options.add_experimental_option("prefs", preferences)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)


def run(*arguments):
    return subprocess.run([SIMCHECK, *arguments], capture_output=True, text=True, check=False)


class PageTest(unittest.TestCase):
    """One browser for all tests of a class; pages are made once for each list of options."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.browser = start_browser()
        cls.pages = {}

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()
        cls.folder.cleanup()

    def page_of(self, options):
        key = tuple(options)
        if key not in self.pages:
            path = pathlib.Path(self.folder.name) / f"{len(self.pages)}.html"
            done = run(*options, "--quiet", "--html", str(path))
            self.assertIn(done.returncode, (0, 1, 3), done.stderr)
            self.pages[key] = path
        return self.pages[key]

    def changed_page(self, options, change):
        """The page around another document: `change` is given the result to alter."""
        page = self.page_of(options).read_text()
        begin = page.index(DATA) + len(DATA)
        end = page.index("</script>", begin)
        result = json.loads(page[begin:end])
        change(result)
        path = pathlib.Path(self.folder.name) / "changed.html"
        path.write_text(page[:begin] + json.dumps(result).replace("<", "\\u003c") + page[end:])
        return path

    def open(self, path, address=""):
        self.browser.get("about:blank")  # else a new address alone loads nothing
        self.browser.get(path.as_uri() + address)

    def open_report(self, options, address=""):
        self.open(self.page_of(options), address)

    # What is shown.

    def find(self, selector):
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.browser.find_elements(By.CSS_SELECTOR, selector)

    def shown(self, selector):
        return [each for each in self.all(selector) if each.is_displayed()]

    def text(self, selector):
        return self.find(selector).text

    def step(self):
        return int(self.text("#now"))

    def script(self, code, *arguments):
        return self.browser.execute_script(code, *arguments)

    def eventually(self, condition):
        """For what a browser does in its own time; a busy machine may take long."""
        WebDriverWait(self.browser, 120, poll_frequency=0.05).until(lambda _: condition())

    # What a reader does.

    def press(self, *keys):
        ActionChains(self.browser).send_keys(*keys).perform()

    def click(self, selector):
        self.find(selector).click()

    def go_to(self, step):
        """By the keys of the slider."""
        slider = self.find("#slider")
        slider.send_keys(Keys.HOME)
        for _ in range(step - 1):
            slider.send_keys(Keys.RIGHT)
        self.assertEqual(self.step(), step)

    def size(self, width, height):
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})

    def scheme(self, name):
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": "prefers-color-scheme", "value": name}]})

"""The report in a real browser: everything is drawn, nothing is asked of the network."""

import json
import os
import re
import subprocess
import sys
import unittest
from pathlib import Path

import program

HERE = Path(__file__).resolve().parent
NODE = os.environ.get("CERCLE_NODE", "node")
CHROMIUM = os.environ.get("CERCLE_CHROMIUM", "/usr/bin/chromium")
SCREENSHOTS = Path(os.environ["CERCLE_SCREENSHOTS"])
PLAYWRIGHT = Path(os.environ["NODE_PATH"]) / "playwright-core"

# A page opens in two seconds on a machine that does nothing else, which one that tests does not.
PATIENCE = float(os.environ.get("CERCLE_PATIENCE", 3))
DESKTOP, PHONE = 1280, 390
# Words that are English and never French.
ENGLISH = re.compile(r"\b(the|of|with|which|from|is|are|runs?|over|and|than|each|not)\b", re.I)
MAIN = program.SOURCES / "scenarios/scop_vs_conventional.toml"
ATTRIBUTION = program.SOURCES / "scenarios/attribution.toml"
# What the author of a scenario calls its mechanisms is quoted in every language.
NAMES = re.findall(r'^name *= *"([^"]+)"', ATTRIBUTION.read_text(encoding="utf-8"), re.M)


class ReportInABrowser(program.ProgramTest):
    """One browser looks at all pages: starting it is what takes time."""

    def make(self):
        self.done("run", MAIN, "-o", "demo.h5", "--replicates", "16", "--quiet")
        self.done("run", ATTRIBUTION, "-o", "why.h5",
                  "--replicates", "3", "--set", "time.years=1", "--quiet")
        self.done("claims", "C33", "C34", "C25", "--replicates", "4", "-o", "claims.h5")
        self.done("template", "survey", "-o", "company", "--truth", "contagion", "--seed", "3")
        self.done("infer", "company", "--calibration", "4", "--permutations", "19",
                  "-o", "verdict.h5", "--quiet")
        for kind in ("demo", "why", "claims", "verdict"):
            for language in ("en", "fr"):
                self.done("report", f"{kind}.h5", "-o", f"{kind}-{language}.html", "--lang", language)

    def seen(self):
        looks = [{"page": str(self.folder / f"{kind}-{language}.html"), "width": width,
                  "name": f"{kind}-{language}-{place}", "slider": kind == "demo",
                  "save": (kind, language, place) == ("demo", "fr", "desktop")}
                 for kind in ("demo", "why", "claims", "verdict") for language in ("en", "fr")
                 for place, width in (("desktop", DESKTOP), ("phone", PHONE))]
        looks.append({"page": str(self.folder / "demo-en.html"), "width": DESKTOP,
                      "name": "demo-en-dark", "scheme": "dark"})
        looks.append({"page": str(self.folder / "demo-en.html"), "width": 800,
                      "name": "demo-en-print", "media": "print"})
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        asked = {"chromium": CHROMIUM, "folder": str(SCREENSHOTS), "looks": looks}
        result = subprocess.run([NODE, HERE / "look.cjs", json.dumps(asked)], text=True,
                                capture_output=True, timeout=400, check=False)
        self.assertEqual(result.returncode, 0, result.stderr)
        return json.loads(result.stdout)

    def test_pages_are_drawn_whole_and_quiet_at_every_width(self):
        self.make()
        for look in self.seen():
            with self.subTest(look["name"]):
                self.assertEqual(look["errors"], [])
                self.assertLess(look["milliseconds"], 2000 * PATIENCE)
                self.assertLessEqual(look["overflow"], 0)
                self.assertEqual(look["nameless"], 0)
                self.assertGreater(len(look["drawings"]), 0)
                for drawing in look["drawings"]:
                    self.assertGreater(drawing["width"], 100, drawing)
                    self.assertGreater(drawing["height"], 60, drawing)
                    self.assertGreater(drawing["marks"], 0, drawing)
                    self.assertNotIn("Vega", drawing["words"], "the words of the page stay")
                self.check_language(look)
                if "slider" in look:
                    for before, after in zip(look["slider"]["before"], look["slider"]["after"]):
                        self.assertNotEqual(before, after)
                if "saved" in look:
                    self.check_saved(look["saved"])

    def check_language(self, look):
        words = look["words"]
        for name in NAMES:
            words = words.replace(name, "")
        english = ENGLISH.findall(words)
        if "-fr-" in look["name"]:
            self.assertEqual(english, [], look["name"])
        else:
            self.assertGreater(len(english), 20)

    def check_saved(self, saved):
        self.assertEqual(saved["png"]["start"], "\x89PNG")
        self.assertEqual(saved["svg"]["start"], "<svg")
        self.assertGreater(saved["png"]["size"], 5000)
        self.assertIn("#0072b2", saved["svg"]["colours"], "those of a light page")
        self.assertFalse(saved["svg"]["names"], "colours in a file of its own are values, not names")


if __name__ == "__main__":
    if not PLAYWRIGHT.exists() or not Path(CHROMIUM).exists():
        print("no browser to look with: run tools/install-deps test and tests/browser/fetch")
        sys.exit(77)
    unittest.main(verbosity=2)

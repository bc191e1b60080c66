"""Runs the built program as a user does."""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM = os.environ["CERCLE_PROGRAM"]
SOURCES = Path(os.environ["CERCLE_SOURCE_DIR"])
SHARED_DATA = Path(os.environ.get("CERCLE_SHARED_DATA", "/nowhere"))

# A study of a second: a dozen employees, two arms, one year.
SMALL = """cercle = 1
title = "small"
seed = 7
replicates = 6

[time]
years = 1
burn_in = 2

[network.colleague]
generator = "small_world"
nodes = 12
degree = 4

[[arm]]
name = "scop"
governance.regime = "cooperative"
pricing.rule = "fair"

[[arm]]
name = "conventional"
governance.regime = "conventional"
pricing.rule = "market"
"""


class ProgramTest(unittest.TestCase):
    """Works in a folder of its own, in which `small.toml` lies."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="cercle-test-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.write("small.toml", SMALL)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def cercle(self, *arguments, stdin="", **more):
        return subprocess.run([PROGRAM, *map(str, arguments)], cwd=self.folder, input=stdin,
                              capture_output=True, text=True, timeout=240, check=False, **more)

    def done(self, *arguments, **more):
        """The standard output of a command that must end well."""
        result = self.cercle(*arguments, **more)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout

    def refused(self, fragments, *arguments, code=2, **more):
        """A command that must be refused with one message that holds all fragments."""
        result = self.cercle(*arguments, **more)
        self.assertEqual(result.returncode, code, result.stderr)
        for fragment in fragments:
            self.assertIn(fragment, result.stderr)
        return result.stderr

    def files(self):
        """Every file below the folder, but for the scenario it came with."""
        found = (path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*"))
        return sorted(set(found) - {"small.toml"})


def main():
    program = unittest.main(exit=False, verbosity=2)
    if program.result.testsRun == len(program.result.skipped):
        sys.exit(77)  # nothing ran: ctest calls this skipped
    sys.exit(not program.result.wasSuccessful())

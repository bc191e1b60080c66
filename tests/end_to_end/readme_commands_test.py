"""Every command in the README does what it is printed for."""

import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

import program

# `make` builds and tests: running it inside the tests would not end.
NOT_HERE = re.compile(r"^(make|git|cd|tools/|sudo|apt)\b")


# A block of text right below a block of commands is what the last of them prints.
BLOCK = re.compile(r"^```sh\n(?P<commands>.*?)^```\n(?:```text\n(?P<output>.*?)^```\n)?", re.S | re.M)


def commands(block):
    for line in block.replace("\\\n", " ").splitlines():
        line = line.split("  #")[0].strip()
        if line and not line.startswith("#") and not NOT_HERE.match(line):
            yield line


class Readme(unittest.TestCase):
    """With CERCLE_ACCEPT=1, printed output is written into the README instead of compared."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="cercle-readme-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        for shown in ("scenarios", "data"):
            os.symlink(program.SOURCES / shown, self.folder / shown)
        release = self.folder / "build" / "release"
        release.mkdir(parents=True)
        os.symlink(program.PROGRAM, release / "cercle")

    def done(self, line):
        result = subprocess.run(["sh", "-c", line], cwd=self.folder, capture_output=True, text=True,
                                timeout=600, check=False)
        self.assertEqual(result.returncode, 0, line + "\n" + result.stderr)
        return result.stdout

    def test_every_command_works_in_order_and_prints_what_is_shown(self):
        readme = program.SOURCES / "README.md"
        text = accepted = readme.read_text(encoding="utf-8")
        blocks = list(BLOCK.finditer(text))
        self.assertGreater(sum(1 for block in blocks for _ in commands(block["commands"])), 5)
        self.done("build/release/cercle run scenarios/scop_vs_conventional.toml "
                  "-o results/demo.h5")  # as `make demo` does
        for block in blocks:
            for line in commands(block["commands"]):
                printed = self.done(line)
            if block["output"] is None:
                continue
            if os.environ.get("CERCLE_ACCEPT"):
                accepted = accepted.replace(block["output"], printed)
            else:
                self.assertEqual(block["output"], printed)
        if accepted != text:
            readme.write_text(accepted, encoding="utf-8")


if __name__ == "__main__":
    program.main()

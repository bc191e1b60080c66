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


def commands(text):
    for block in re.findall(r"^```sh\n(.*?)^```", text, flags=re.S | re.M):
        for line in block.replace("\\\n", " ").splitlines():
            line = line.split("  #")[0].strip()
            if line and not line.startswith("#") and not NOT_HERE.match(line):
                yield line


class Readme(unittest.TestCase):
    def test_every_command_works_in_order(self):
        lines = list(commands((program.SOURCES / "README.md").read_text(encoding="utf-8")))
        self.assertGreater(len(lines), 5, "no commands were found in README.md")
        with tempfile.TemporaryDirectory(prefix="cercle-readme-") as name:
            folder = Path(name)
            for shown in ("scenarios", "data"):
                os.symlink(program.SOURCES / shown, folder / shown)
            release = folder / "build" / "release"
            release.mkdir(parents=True)
            os.symlink(program.PROGRAM, release / "cercle")
            for line in lines:
                with self.subTest(command=line):
                    result = subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True,
                                            text=True, timeout=280, check=False)
                    self.assertEqual(result.returncode, 0, line + "\n" + result.stderr)


if __name__ == "__main__":
    program.main()

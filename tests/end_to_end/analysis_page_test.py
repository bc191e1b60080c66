"""The recipes of docs/analysis.md, run as they stand there, agree with `cercle compare`."""

import json
import re
import shutil
import subprocess
import sys

import program

PAGE = (program.SOURCES / "docs" / "analysis.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.S | re.M)


class AnalysisPage(program.ProgramTest):
    def setUp(self):
        super().setUp()
        shutil.copytree(program.SOURCES / "scenarios", self.folder / "scenarios")
        shutil.copytree(program.SOURCES / "data", self.folder / "data", dirs_exist_ok=True)
        for line in blocks("sh")[0].splitlines():
            name, *arguments = line.split()
            self.assertEqual(name, "cercle")
            few = ("--replicates", "6", "--quiet") if arguments[0] == "run" else ()
            self.done(*arguments, *few)
        compared = json.loads(self.done("compare", "results/demo.h5", "--json"))
        self.gap = next(each["contrasts"][0] for each in compared["outcomes"]
                        if each["name"] == "engagement_client")

    def said(self, command, script):
        run = subprocess.run([*command, script], cwd=self.folder, capture_output=True, text=True,
                             timeout=120, check=False)
        self.assertEqual(run.returncode, 0, run.stderr)
        return run.stdout

    def agrees(self, name, text):
        told, pairs = re.search(rf"{name}: ([+-][\d.]+) over (\d+) pairs", text).groups()
        self.assertAlmostEqual(float(told), self.gap["difference"], delta=1e-6)
        self.assertEqual(int(pairs), self.gap["pairs"])

    def test_python(self):
        for name, recipe in zip(("xarray", "pandas"), blocks("python"), strict=True):
            text = self.said([sys.executable, "-W", "ignore", "-c"], recipe)
            self.agrees(name, text)
        self.assertIn("clients lost since the last observation", text)

    def test_r(self):
        if not shutil.which("Rscript"):
            self.skipTest("R is not installed (r-base-core)")
        text = self.said(["Rscript", "--vanilla", "-e"], blocks("r")[0])
        self.agrees("R", text)
        low, high = map(float, re.search(r"\[1\] +([-\d.]+) +([-\d.]+)", text).groups())
        self.assertAlmostEqual(low, self.gap["interval"][0], delta=1e-6)
        self.assertAlmostEqual(high, self.gap["interval"][1], delta=1e-6)

    def test_r_opens_the_file(self):
        if not shutil.which("Rscript"):
            self.skipTest("R is not installed (r-base-core)")
        self.agrees("ncdf4", self.said(["Rscript", "--vanilla", "-e"], blocks("r")[1]))

    def test_r_reads_every_number_as_it_was_written(self):
        if not shutil.which("Rscript"):
            self.skipTest("R is not installed (r-base-core)")
        self.said(["Rscript", "--vanilla", "-e"], '''
            for (name in c("runs", "series", "summary", "columns")) {
              file <- paste0("results/demo_csv/", name, ".csv")
              text <- read.csv(file, colClasses = "character", check.names = FALSE)
              table <- read.csv(file, check.names = FALSE)
              for (column in names(table)) {
                if (!is.numeric(table[[column]]) || column == "seed") next
                back <- as.numeric(text[[column]])
                stopifnot(identical(back, as.numeric(table[[column]])))
              }
              write.csv(text, paste0(name, "_again.csv"), row.names = FALSE, quote = FALSE, eol = "\\r\\n")
            }''')
        for name in ("series", "summary"):
            again = (self.folder / f"{name}_again.csv").read_bytes()
            self.assertEqual(again, (self.folder / "results" / "demo_csv" / f"{name}.csv").read_bytes())


if __name__ == "__main__":
    program.main()

"""The recipes of docs/analysis.md, run as they stand there, agree with `cercle compare`."""

import json
import re
import shutil
import subprocess
import sys

import numpy
import xarray

import program

PAGE = (program.SOURCES / "docs" / "analysis.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.S | re.M)


def numbers_of(texts):
    """What R wrote by %a; NA and NaN are missing."""
    return numpy.array([float("nan") if text.strip() in ("", "NA", "NaN") else float.fromhex(text.strip())
                        for text in texts])


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

    def read_by_r(self, file, skip=0):
        """Columns of a CSV file as R reads them: texts, and numbers to the bit."""
        if not shutil.which("Rscript"):
            self.skipTest("R is not installed (r-base-core)")
        self.said(["Rscript", "--vanilla", "-e"], f"""
            table <- read.csv("{file}", skip = {skip}, check.names = FALSE)
            exact <- lapply(table, function(x) if (is.numeric(x)) sprintf("%a", x) else x)
            write.table(as.data.frame(exact, check.names = FALSE), "exact.tsv", sep = "\\t",
                        row.names = FALSE, quote = FALSE, na = "")""")
        header, *rows = (self.folder / "exact.tsv").read_text(encoding="utf-8").splitlines()
        columns = zip(*(row.split("\t") for row in rows), strict=True)
        return dict(zip(header.split("\t"), map(list, columns), strict=True))

    def same(self, read, stored, name):
        """R's parser may err in the last bit; a missing number is NA or NaN."""
        numbers = numbers_of(read)
        self.assertEqual(len(numbers), stored.size, name)
        numpy.testing.assert_allclose(numbers, stored.astype(float).ravel(), rtol=3e-16, atol=0, err_msg=name)

    def test_r_reads_the_numbers_of_the_file(self):
        runs = xarray.open_dataset(self.folder / "results/demo.h5")
        self.addCleanup(runs.close)
        series = xarray.open_dataset(self.folder / "results/demo.h5", group="series")
        self.addCleanup(series.close)
        read = self.read_by_r("results/demo_csv/runs.csv")
        outcomes = [name for name in read if name in runs and runs[name].dtype == "float64"]
        self.assertGreater(len(outcomes), 15)
        for name in outcomes:
            self.same(read[name], runs[name].values, name)
        for file, skip in (("series", 0), ("behaviorspace", 6)):
            read = self.read_by_r(f"results/demo_csv/{file}.csv", skip)
            names = [name for name in read if name in series.data_vars]
            self.assertEqual(len(names), len(series.data_vars))
            for name in names:
                # CSV has the shortest text of a number of 32 bits.
                self.same32(read[name], series[name].values, f"{file}: {name}")
        self.check_summary(self.read_by_r("results/demo_csv/summary.csv"), runs)

    def same32(self, read, stored, name):
        numbers = numbers_of(read).astype("float32")
        numpy.testing.assert_array_equal(numbers, stored.ravel(), err_msg=name)

    def check_summary(self, read, runs):
        for arm, name, mean, sd in zip(read["arm"], read["outcome"], read["mean"], read["sd"], strict=True):
            values = runs[name].sel(arm=arm).values.ravel()
            values = values[~numpy.isnan(values)]
            if len(values) > 1:
                self.assertAlmostEqual(float.fromhex(mean.strip()), values.mean(), delta=1e-9 * abs(values.mean()) + 1e-12)
                self.assertAlmostEqual(float.fromhex(sd.strip()), values.std(ddof=1), delta=1e-9 * values.std() + 1e-12)

    def test_r_reads_the_design_of_the_file(self):
        self.write("design.toml", program.SMALL + """
[design]
method = "lhs"
size = 5
[[factor]]
path = "needs.speed"
range = [0.1, 0.3]
[[factor]]
path = "contagion.colleague.weight"
range = [0.0, 0.5]
""")
        self.done("run", "design.toml", "-o", "design.h5", "--quiet", "--replicates", "2")
        self.done("export", "design.h5", "-o", "design_csv")
        runs = xarray.open_dataset(self.folder / "design.h5")
        self.addCleanup(runs.close)
        factors = [str(name) for name in runs.factor.values]
        design = runs.design.values
        read = self.read_by_r("design_csv/design.csv")
        space = self.read_by_r("design_csv/behaviorspace.csv", 6)
        points = numpy.repeat(numpy.arange(5), 2 * 13)  # two replicates, thirteen months
        for which, factor in enumerate(factors):
            self.same(read[factor], design[:, which], factor)
            self.same(space[factor], numpy.tile(design[points, which], 2), f"behaviorspace: {factor}")
        table = self.read_by_r("design_csv/runs.csv")
        self.same(table["churn"], runs.churn.values, "churn of a design")


if __name__ == "__main__":
    program.main()

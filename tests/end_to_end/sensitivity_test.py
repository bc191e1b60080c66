"""Designs analysed through the built program: external models by --table, and Cercle's own runs."""

import csv
import io
import json
import math

import netCDF4

import program

CIRCLE = f"{-math.pi!r}:{math.pi!r}"

DESIGN = """
[design]
method = "saltelli"
size = 16

[[factor]]
path = "market.price"
range = [900, 1100]

[[factor]]
path = "contagion.colleague.weight"
range = [0.0, 0.4]
"""


def ishigami(x1, x2, x3):
    return math.sin(x1) + 7 * math.sin(x2) ** 2 + 0.1 * x3 ** 4 * math.sin(x1)


class ExternalModel(program.ProgramTest):
    """A model that is not Cercle: its points by `design`, its outcomes by `analyze --table`."""

    def table(self, function, *arguments):
        points = list(csv.reader(io.StringIO(self.done("design", *arguments))))
        lines = [",".join(points[0] + ["y"])]
        for point in points[1:]:
            lines.append(",".join(point + [repr(function(*map(float, point)))]))
        self.write("y.csv", "\n".join(lines) + "\n")
        return lines

    def answer(self, *arguments):
        return json.loads(self.done("analyze", "--table", "y.csv", *arguments, "--json"))

    def ishigami_table(self, size):
        factors = [word for name in ("x1", "x2", "x3") for word in ("--factor", f"{name}={CIRCLE}")]
        return self.table(ishigami, "--method", "saltelli", "--size", size, *factors)

    def test_ishigami_has_its_exact_sobol_indices(self):
        self.ishigami_table(4096)
        outcome = self.answer()["outcomes"][0]

        exact = {"x1": (0.3139, 0.5576), "x2": (0.4424, 0.4424), "x3": (0.0, 0.2437)}
        self.assertEqual([row["row"] for row in outcome["rows"]], list(exact))
        for row in outcome["rows"]:
            for name, value in zip(("first", "total"), exact[row["row"]]):
                self.assertAlmostEqual(row[name]["value"], value, delta=0.02)
                self.assertLessEqual(row[name]["low"], value)
                self.assertGreaterEqual(row[name]["high"], value)
        self.assertTrue(outcome["convergence"]["reached"])

    def test_text_says_what_json_says_within_100_columns(self):
        self.ishigami_table(256)
        text = self.done("analyze", "--table", "y.csv")
        answer = self.answer()["outcomes"][0]

        for words in ("x1", "total", "####", "An index below 0", "Not converged",
                      f"Next: {answer['convergence']['next']} base rows"):
            self.assertIn(words, " ".join(text.split()))
        self.assertIn(f"{answer['rows'][1]['total']['value']:.2f}", text)
        self.assertLessEqual(max(map(len, text.splitlines())), 100)

    def test_morris_finds_the_slopes_of_a_linear_model(self):
        self.table(lambda a, b: 3 * a - b, "--method", "morris", "--size", 8, "--factor", "a=0:2",
                   "--factor", "b=-1:1")
        rows = self.answer()["outcomes"][0]["rows"]

        self.assertAlmostEqual(rows[0]["mu_star"]["value"], 6.0)
        self.assertAlmostEqual(rows[1]["mu"]["value"], -2.0)
        self.assertAlmostEqual(rows[1]["sigma"]["value"], 0.0)

    def test_rank_correlations_of_a_sample(self):
        self.table(lambda a, b: math.exp(a) - b, "--method", "lhs", "--size", 200, "--factor",
                   "a=0:3", "--factor", "b=0:1")
        answer = self.answer()

        self.assertEqual(answer["method"], "prcc")
        rows = answer["outcomes"][0]["rows"]
        self.assertGreater(rows[0]["prcc"]["low"], 0.9)
        self.assertLess(rows[1]["prcc"]["high"], 0.0)

    def test_a_failed_run_costs_its_base_row(self):
        lines = self.ishigami_table(64)
        lines[7] = lines[7].rsplit(",", 1)[0] + ","
        self.write("y.csv", "\n".join(lines) + "\n")
        outcome = self.answer()["outcomes"][0]

        self.assertEqual((outcome["blocks"], outcome["blocks_left_out"]), (63, 1))
        self.assertIn("Left out: 1 of 64 base rows", self.done("analyze", "--table", "y.csv"))

    def test_bad_tables_are_refused_with_row_and_column(self):
        self.write("y.csv", "a,b,y\n0,0,1\n1,nan,2\n1,0,3\n0,1,4\n")
        self.refused(["y.csv:3: b = \"nan\" is not a number"], "analyze", "--table", "y.csv")
        self.write("y.csv", "a,b,y\n0,0,1\n1,1,2\n1,0,3\n0,1,4\n")
        self.refused(["there is no column z"], "analyze", "--table", "y.csv", "--outcome", "z")
        self.refused(["4 rows are no multiple of 3"],
                     "analyze", "--table", "y.csv", "--method", "morris")
        self.refused(["--method saltell", "did you mean saltelli?"],
                     "analyze", "--table", "y.csv", "--method", "saltell")
        self.refused(["result file or --table"], "analyze")
        self.refused(["a table has no arms"], "analyze", "--table", "y.csv", "--arm", "scop")

    def test_bad_designs_are_refused(self):
        self.refused(["one factor"], "design", "--method", "saltelli", "--size", 8, "--factor",
                     "a=0:1")
        self.refused(["a=1:0", "rises"], "design", "--method", "lhs", "--size", 8, "--factor",
                     "a=1:0")
        self.refused(["--levels 3", "odd"], "design", "--method", "morris", "--size", 8,
                     "--levels", 3, "--factor", "a=0:1")
        self.refused(["--seed", "-1"], "design", "--method", "lhs", "--size", 8, "--factor",
                     "a=0:1", "--seed", "-1")
        self.refused(["did you mean morris?"], "design", "--method", "moris", "--size", 8,
                     "--factor", "a=0:1")


class OwnStudy(program.ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("study.toml", program.SMALL.replace("replicates = 6", "replicates = 2") + DESIGN)

    def answer(self, *arguments):
        return json.loads(self.done("analyze", *arguments, "--json"))

    def test_price_is_what_prices_depend_on(self):
        self.done("run", "study.toml", "-o", "s.h5", "--quiet")
        answer = self.answer("s.h5", "--outcome", "price", "--arm", "conventional")

        self.assertEqual(answer["method"], "saltelli")
        outcome, = answer["outcomes"]
        self.assertGreater(outcome["rows"][0]["total"]["value"], 0.8)
        self.assertLess(outcome["rows"][1]["total"]["value"], 0.05)
        self.assertGreater(outcome["noise_share_of_run"], 0.0)

    def test_the_exported_design_and_runs_give_the_same_by_a_table(self):
        self.done("run", "study.toml", "-o", "s.h5", "--quiet", "--replicates", "1")
        self.done("export", "s.h5", "-o", "csv")
        own = self.answer("s.h5", "--outcome", "price", "--arm", "scop")["outcomes"][0]["rows"]
        with open(self.folder / "csv" / "runs.csv", newline="", encoding="utf-8") as runs:
            prices = [run["price"] for run in csv.DictReader(runs) if run["arm"] == "scop"]
        design = (self.folder / "csv" / "design.csv").read_text(encoding="utf-8").splitlines()
        self.write("y.csv", "\n".join([design[0] + ",price"] + [
            f"{point},{price}" for point, price in zip(design[1:], prices)]) + "\n")
        table = self.answer("--table", "y.csv", "--outcome", "price", "--factor", "market.price",
                            "--factor", "contagion.colleague.weight")["outcomes"][0]["rows"]

        self.assertEqual(own, table)

    def test_failed_runs_cost_their_base_row_only(self):
        self.done("run", "study.toml", "-o", "s.h5", "--quiet")
        with netCDF4.Dataset(self.folder / "s.h5", "a") as file:
            file["status"][0, 5, :] = 2  # both runs of the point
            file["status"][0, 9, 0] = 2  # one of two
        answer = self.answer("s.h5", "--outcome", "price", "--arm", "scop")

        self.assertEqual(answer["failed"], 3)
        outcome = answer["outcomes"][0]
        self.assertEqual((outcome["blocks"], outcome["blocks_left_out"]), (15, 1))

    def test_contrast_and_one_factor_at_a_time(self):
        self.write("oat.toml", (self.folder / "study.toml").read_text(encoding="utf-8")
                   .replace('"saltelli"', '"oat"').replace("size = 16\n", "")
                   .replace("range = [900, 1100]", "levels = [900, 1100]")
                   .replace("range = [0.0, 0.4]", "levels = [0.0]"))
        self.done("run", "oat.toml", "-o", "o.h5", "--quiet")
        outcome, = self.answer("o.h5", "--outcome", "price", "--contrast",
                               "scop - conventional")["outcomes"]

        self.assertEqual([row["row"] for row in outcome["rows"]],
                         ["base", "market.price = 900", "market.price = 1100",
                          "contagion.colleague.weight = 0"])
        self.assertIsNone(outcome["rows"][0]["effect"]["value"])

    def test_mistakes_are_told(self):
        self.done("run", "study.toml", "-o", "s.h5", "--quiet", "--set", "time.years=0.5")
        self.refused(["--outcome prize", "did you mean price?"],
                     "analyze", "s.h5", "--outcome", "prize")
        self.refused(["--arm scopp", "did you mean scop?"], "analyze", "s.h5", "--arm", "scopp")
        self.refused(["is not the difference of two arms"],
                     "analyze", "s.h5", "--contrast", "scop")
        self.refused(["--factor names columns of a table"],
                     "analyze", "s.h5", "--factor", "market.price")
        self.done("run", "small.toml", "-o", "a.h5", "--quiet")
        self.refused(["without a [design]", "assumptions.toml"], "analyze", "a.h5")
        self.write("one.toml", (self.folder / "study.toml").read_text(encoding="utf-8")
                   .rsplit("[[factor]]", 1)[0])
        self.refused(['"saltelli" with one factor'], "check", "one.toml")
        self.write("grid.toml", (self.folder / "study.toml").read_text(encoding="utf-8")
                   .replace('"saltelli"', '"grid"').replace("size = 16\n", "")
                   .replace("range = [", "levels = ["))
        self.done("run", "grid.toml", "-o", "g.h5", "--quiet", "--set", "time.years=0.5")
        self.refused(["asks no question of its own"], "analyze", "g.h5")


if __name__ == "__main__":
    program.main()

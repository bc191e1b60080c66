"""Studies with a design, from the scenario to the answer."""

import json

import xarray

import program

TOGGLES = program.SMALL + """
[design]
method = "toggles"

[[factor]]
name = "price"
paths = ["pricing.rule"]

[[factor]]
name = "membership"
paths = ["governance.membership"]
"""

# Eight pairs of worlds; in `CUT` clients reach employees only through what the firm then earns.
LOOP = """cercle = 1
seed = 7
replicates = 8

[time]
years = 1
burn_in = 2

[network.colleague]
generator = "small_world"
nodes = 12
degree = 4

[governance]
take_over_hazard = 0.0

[[arm]]
name = "employees_pushed"
impulse.employee = 0.5

[[arm]]
name = "clients_pushed"
impulse.client = 0.5

[[arm]]
name = "undisturbed"
impulse.employee = 0.0
"""
CUT = "contagion.client.weight=0"

# Its parameter does nothing under market.choice = "hearsay".
IDLE_FACTOR = """
[design]
method = "grid"

[[factor]]
path = "choice.relation"
levels = [0.1, 0.2, 0.3, 0.4]
"""


class Designs(program.ProgramTest):
    def test_shares_of_mechanisms_add_up_to_the_difference(self):
        self.write("why.toml", TOGGLES)
        self.done("run", "why.toml", "-o", "why.h5", "--quiet")
        answer = json.loads(self.done("analyze", "why.h5", "--json"))

        self.assertEqual(answer["replicates"], 6)
        with xarray.open_dataset(self.folder / "why.h5") as root:
            for outcome in answer["outcomes"]:
                gap = outcome["gap"]["mean"]
                if gap is None:
                    continue
                total = sum(share["mean"] for share in outcome["shares"])
                self.assertAlmostEqual(total, gap, delta=1e-9 * max(1.0, abs(gap)))
                arms = root[outcome["outcome"]].isel(point=0).mean("replicate")
                self.assertAlmostEqual(float(arms[0] - arms[1]), gap,
                                       delta=1e-9 * max(1.0, abs(gap)))

    def test_text_names_mechanisms_and_assumptions(self):
        self.write("why.toml", TOGGLES)
        self.done("run", "why.toml", "-o", "why.h5", "--quiet")
        text = self.done("analyze", "why.h5", "--outcome", "nps")
        for words in ("price", "membership", "other differences", "scop - conventional", "assumed"):
            self.assertIn(words, text)

    def test_what_asks_for_a_sensitivity_is_not_passed_over(self):
        self.write("why.toml", TOGGLES)
        self.done("run", "why.toml", "-o", "why.h5", "--quiet")
        for asked in (("--contrast", "conventional - scop"), ("--arm", "scop"),
                      ("--method", "morris"), ("--precision", "0.1")):
            self.refused([asked[0], "leave it out"], "analyze", "why.h5", *asked)
        text = self.done("analyze", "why.h5")
        self.assertIn("25 outcomes more", text)
        self.assertIn("other differences = ", text)

    def test_of_firms_that_fail_it_tells_over_how_many_worlds_it_shares_out(self):
        self.write("why.toml", TOGGLES)
        self.done("run", "why.toml", "-o", "why.h5", "--quiet", "--replicates", "24",
                  "--set", "firm.efficiency_sd=0.35", "--set", "time.years=5")
        answer = json.loads(self.done("analyze", "why.h5", "--json", "--outcome", "margin"))
        compared = json.loads(self.done("compare", "why.h5", "--json"))
        margin = answer["outcomes"][0]
        gap = next(outcome["contrasts"][0] for outcome in compared["outcomes"]
                   if outcome["name"] == "margin")

        self.assertEqual(answer["replicates"], 24)
        self.assertLess(margin["replicates"], 24)
        self.assertGreater(margin["replicates"], 0)
        self.assertAlmostEqual(margin["whole_gap"]["mean"], gap["difference"], delta=1e-9)
        self.assertNotAlmostEqual(margin["gap"]["mean"], gap["difference"], delta=1e-4)
        text = self.done("analyze", "why.h5", "--outcome", "margin")
        self.assertIn(f"Over the {margin['replicates']} of 24 replicates", text)

    def test_the_gain_of_a_loop_goes_where_clients_are_not_felt_by_employees(self):
        self.write("loop.toml", LOOP)
        self.done("run", "loop.toml", "-o", "whole.h5", "--quiet")
        self.done("run", "loop.toml", "-o", "cut.h5", "--quiet", "--set", CUT)
        whole = json.loads(self.done("analyze", "whole.h5", "--json"))
        cut = json.loads(self.done("analyze", "cut.h5", "--json"))

        self.assertGreater(whole["along"]["low"], 0.0)
        self.assertGreater(whole["gain"]["low"], 0.0)
        self.assertLess(cut["gain"]["low"], 0.0)
        self.assertLess(cut["gain"]["high"], whole["gain"]["low"])

    def test_points_of_a_design_are_no_replicates_of_the_gain(self):
        self.write("loop.toml", LOOP)
        self.write("points.toml", LOOP + IDLE_FACTOR)
        self.done("run", "loop.toml", "-o", "one.h5", "--quiet")
        self.done("run", "points.toml", "-o", "four.h5", "--quiet")
        one = json.loads(self.done("analyze", "one.h5", "--json"))
        four = json.loads(self.done("analyze", "four.h5", "--json"))

        self.assertEqual(four["pairs"], one["pairs"])
        for bound in ("low", "value", "high"):
            self.assertAlmostEqual(four["gain"][bound], one["gain"][bound], delta=1e-9)

    def test_analyze_refuses_what_has_nothing_to_analyze(self):
        self.done("run", "small.toml", "-o", "a.h5", "--quiet")
        self.refused(["[design]", "scenarios/attribution.toml"], "analyze", "a.h5")

    def test_points_of_a_design_are_run_verified_and_exported(self):
        self.write("grid.toml", program.SMALL + """
[design]
method = "grid"

[[factor]]
path = "contagion.colleague.weight"
levels = [0.0, 0.3]

[[factor]]
path = "market.price"
range = [900, 1100]
levels = 2
""")
        plan = self.done("check", "grid.toml")
        self.assertIn("48 runs = 2 arms x 4 design points x 6 replicates", plan)
        self.done("run", "grid.toml", "-o", "grid.h5", "--quiet", "--threads", "2")
        self.done("verify", "grid.h5", "--sample", "5")
        with xarray.open_dataset(self.folder / "grid.h5") as root:
            self.assertEqual(root["design"].values.tolist(),
                             [[0.0, 900.0], [0.0, 1100.0], [0.3, 900.0], [0.3, 1100.0]])
            price = root["price"].sel(arm="conventional").mean("replicate")
            self.assertLess(float(price[0]), float(price[1]))
        self.done("export", "grid.h5", "-o", "csv")

    def test_a_table_of_points_is_read_from_csv(self):
        self.write("points.csv", "contagion.colleague.weight,pricing.rule\n0.1,fair\n0.2,market\n")
        self.write("table.toml", program.SMALL.replace('pricing.rule = "fair"\n', "")
                   + '\n[design]\nmethod = "table"\nfile = "points.csv"\n')
        self.done("run", "table.toml", "-o", "t.h5", "--quiet")
        self.done("verify", "t.h5", "--sample", "3")

    def test_a_column_of_a_table_is_a_declared_factor_or_a_path(self):
        self.write("points.csv", "pull,market.price\n0.1,900\n0.2,1100\n")
        table = '\n[design]\nmethod = "table"\nfile = "points.csv"\n'
        pull = '[[factor]]\nname = "pull"\npath = "contagion.colleague.weight"\n'
        self.write("table.toml", program.SMALL + table + pull)
        self.done("run", "table.toml", "-o", "t.h5", "--quiet")
        with xarray.open_dataset(self.folder / "t.h5") as root:
            self.assertEqual(root["factor"].values.tolist(), ["pull", "market.price"])
            self.assertEqual(root["design"].values.tolist(), [[0.1, 900.0], [0.2, 1100.0]])
        self.done("verify", "t.h5", "--sample", "3")

        self.write("points.csv", "contagion.colleague.weight\n0.1\n")
        self.done("check", "table.toml")
        self.write("points.csv", "market.price\n900\n")
        message = self.refused([], "check", "table.toml")
        self.assertIn("no column pull or contagion.colleague.weight", message)

    def test_levels_that_are_no_numbers_have_no_rank(self):
        self.write("rules.toml", program.SMALL.replace('pricing.rule = "fair"\n', "") + """
[design]
method = "lhs"
size = 12

[[factor]]
path = "pricing.rule"
levels = ["fair", "market", "low_ball"]

[[factor]]
path = "needs.speed"
range = [0.1, 0.3]
""")
        self.done("run", "rules.toml", "-o", "r.h5", "--quiet")
        outcome = json.loads(self.done("analyze", "r.h5", "--json"))["outcomes"][0]
        self.assertIsNone(outcome["rows"][0]["prcc"]["value"])
        self.assertIsNotNone(outcome["rows"][1]["prcc"]["value"])
        self.assertIn("No PRCC of pricing.rule", self.done("analyze", "r.h5"))


if __name__ == "__main__":
    program.main()

"""Laws that run alone, through the built program: exact answers, values of nodes, replays."""

import csv
import json
import math
import unittest

import program

LABORATORY = program.SOURCES / "scenarios" / "laboratory"


class Laboratory(program.ProgramTest):
    def run_scenario(self, name, *more):
        self.done("run", LABORATORY / f"{name}.toml", "-o", "a.h5", "--overwrite", "--quiet", *more)

    def errors(self, outcome, exact, arm="default"):
        """Standard errors between the mean of an outcome and its exact value."""
        arms = json.loads(self.done("compare", "a.h5", "--json"))["outcomes"]
        found = next(each for each in arms if each["name"] == outcome)["arms"][arm]
        return abs(found["mean"] - exact) / (found["sd"] / math.sqrt(found["n"]))

    def nodes(self):
        self.done("export", "a.h5", "-o", "csv", "--overwrite")
        with open(self.folder / "csv" / "nodes.csv", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    # H0: the mean is the exact value; n as said; |z| < 4, alpha = 6.4e-5; seeds stand in the files.
    def test_sis_lasts_as_long_as_its_chain_says(self):
        self.run_scenario("sis_complete_graph", "--replicates", "5000")
        self.assertLess(self.errors("end_time", 69.2984134), 4)
        table = self.done("compare", "a.h5")
        for word in ("End time, month", "95 % interval", "5000"):
            self.assertIn(word, table)
        self.assertIn("the same bits", self.done("verify", "a.h5", "--sample", "100", "--quiet"))

        self.run_scenario("sis_complete_graph", "--replicates", "500",
                          "--set", "contagion.sis.transmission=0.11")
        self.assertGreater(self.errors("end_time", 69.2984134), 4)

    def test_voter_takes_over_in_proportion_to_degree(self):
        self.run_scenario("voter_star", "--replicates", "50000")
        self.assertLess(self.errors("fixation", 0.5, "hub"), 4)
        self.assertLess(self.errors("fixation", 0.125, "leaf"), 4)
        self.assertGreater(self.errors("fixation", 0.1375, "leaf"), 4)

    def test_degroot_averages_as_its_matrix_does(self):
        self.run_scenario("degroot_three", "--set", "time.years=10")
        opinions = [float(row["opinion"]) for row in self.nodes()]
        self.assertEqual(len(opinions), 3)
        self.assertEqual([row["id"] for row in self.nodes()], ["1", "2", "3"])
        for opinion in opinions:
            self.assertAlmostEqual(opinion, 11.8 / 21, delta=1e-9)

    def test_values_of_nodes_open_in_xarray(self):
        try:
            import xarray
        except ImportError:
            self.skipTest("xarray is not here")
        self.run_scenario("friedkin_johnsen_four")
        nodes = xarray.open_dataset(self.folder / "a.h5", group="nodes")
        exact = [0.3805210918, 0.4420595533, 0.5596774194, 0.3758064516]
        self.assertEqual(nodes.opinion.dims, ("arm", "point", "replicate", "node"))
        for opinion, known in zip(nodes.opinion.values.ravel(), exact):
            self.assertAlmostEqual(opinion, known, delta=1e-9)
        runs = xarray.open_dataset(self.folder / "a.h5")
        self.assertEqual(runs.attrs["law"], "contagion.friedkin_johnsen")
        self.assertIn("synchronous", runs.attrs["clock"])

    def test_every_shipped_scenario_is_valid(self):
        plan = self.done("check", *sorted(LABORATORY.glob("*.toml")))
        self.assertIn("continuous clock", plan)

    def test_network_describes_the_graph_of_a_scenario(self):
        self.assertIn("20", self.done("network", LABORATORY / "sis_complete_graph.toml"))

    def test_plan_says_where_the_graph_comes_from_and_what_is_left_out(self):
        self.write("ties.csv", "from_id,to_id,weight\na,b,2\nb,c,1\n")
        self.write("sis.toml", BadLaboratory.SIS.replace(
            'generator = "complete"\nnodes = 9', 'file = "ties.csv"\ndirection = "undirected"'))
        plan = self.done("check", "sis.toml")
        self.assertIn("from ties.csv", plan)
        self.assertIn("the law leaves their weights out", plan)
        self.assertIn("drawn: complete", self.done("check", LABORATORY / "sis_complete_graph.toml"))

    def test_params_laws_and_schema_tell_of_them(self):
        self.assertIn("contagion.moran.fitness", self.done("params", "moran"))
        self.assertIn("required", self.done("params", "moran"))
        self.assertIn("contagion.hegselmann_krause", self.done("laws"))
        schema = json.loads(self.done("schema"))
        self.assertIn("sis", schema["$defs"]["contagion"]["properties"])
        self.assertIn("initial", schema["properties"])


class BadLaboratory(program.ProgramTest):
    """Mistakes of those who run a law alone: one clear message, exit code 2, no file left."""

    SIS = ('cercle = 1\nseed = 7\nlaws = ["contagion.sis"]\n[network.colleague]\n'
           'generator = "complete"\nnodes = 9\n[initial]\nshare = 0.5\n[contagion.sis]\n'
           'transmission = 0.05\nrecovery = 0.2\n')

    def refused_scenario(self, fragments, text):
        self.write("bad.toml", text)
        self.refused(["bad.toml", *fragments], "run", "bad.toml", "-o", "a.h5")
        self.assertNotIn("a.h5", self.files())

    def test_missing_parameter(self):
        self.refused_scenario(["contagion.sis.recovery is missing"],
                              self.SIS.replace("recovery = 0.2\n", ""))

    def test_negative_rate(self):
        self.refused_scenario(["recovery = -0.2"], self.SIS.replace("= 0.2", "= -0.2"))

    def test_step_too_long_for_the_rates(self):
        self.refused_scenario(["is too fast", "time.step to at most 0.5"],
                              self.SIS.replace("= 0.2", "= 2"))

    def test_step_that_is_told_divides_a_month(self):
        self.refused_scenario(["time.step to at most 0.25"],  # 1/3 has no end in decimals
                              self.SIS.replace("= 0.2", "= 3"))

    def test_rates_that_would_run_for_days(self):
        self.refused_scenario(["recovery = 1000000", "above 1000"],
                              self.SIS.replace("= 0.2", '= 1e6\nclock = "continuous"'))

    def test_opinions_that_would_all_start_alike(self):
        self.write("bad.toml", 'cercle = 1\nseed = 7\nlaws = ["contagion.degroot"]\n')
        self.refused(["all nodes would start with the opinion 0", "initial.drawn"], "check",
                     "bad.toml")

    def test_node_named_twice(self):
        self.write("bad.toml", self.SIS.replace("share = 0.5", 'nodes = ["2", "3", "2"]'))
        self.refused(['initial.nodes: names node "2" twice'], "check", "bad.toml")

    def test_start_that_names_a_missing_node(self):
        self.write("bad.toml", self.SIS.replace("share = 0.5", 'nodes = ["12"]'))
        self.refused(["initial.nodes", 'no node "12"'], "check", "bad.toml")

    def test_law_of_the_laboratory_in_the_whole_model(self):
        self.refused_scenario(["unknown table contagion.sis", 'laws = ["contagion.sis"]'],
                              self.SIS.replace('laws = ["contagion.sis"]\n', ""))


if __name__ == "__main__":
    program.main()

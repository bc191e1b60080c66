"""Exact answers through the built program: linear laws on files of ties, networks drawn and described."""

import json
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "end_to_end"))
import program  # noqa: E402

THREE = "from_id,to_id,weight\n1,2,3\n1,3,2\n2,1,1\n2,3,1\n3,1,1\n3,2,3\n"
FOUR = "from_id,to_id\n1,2\n1,3\n2,3\n3,4\n"


class LinearLaws(program.ProgramTest):
    def answers(self, *arguments):
        return json.loads(self.done("network", *arguments, "--json"))

    def near(self, seen, exact, digits):
        for one, other in zip(seen, exact, strict=True):
            self.assertAlmostEqual(one, other, digits)

    def test_consensus_of_three(self):
        self.write("ties.csv", THREE)
        told = self.answers("ties.csv", "--direction", "directed", "--law", "degroot",
                            "--set", "contagion.degroot.self_weights=[0.5,0.6,0.6]",
                            "--set", "initial.values=[0.2,0.5,0.9]")
        self.near(told["weights"].values(), [5 / 21, 9 / 21, 7 / 21], 9)
        self.near(told["fixed_point"].values(), [0.5619047619] * 3, 9)
        self.assertAlmostEqual(told["second_eigenvalue"], 0.4, 9)

    def test_stubborn_four(self):
        self.write("ties.csv", FOUR)
        told = self.answers("ties.csv", "--law", "friedkin_johnsen",
                            "--set", "contagion.friedkin_johnsen.susceptibility=0.6",
                            "--set", "initial.values=[0.2,0.4,0.8,0.1]")
        self.near(told["fixed_point"].values(),
                  [.3805210918, .4420595533, .5596774194, .3758064516], 9)

    def test_autoregression_on_a_star(self):
        told = self.answers("--generate", "star", "--nodes", "5", "--law", "nar",
                            "--set", "contagion.nar.memory=0.6", "--set",
                            "contagion.nar.influence=0.2", "--set", "contagion.nar.noise=1")
        variances = list(told["covariance"]["variance"].values())
        self.near(variances, [1.79154995] + [1.86048378] * 4, 8)
        self.assertAlmostEqual(told["covariance"]["matrix"][0][3], .49603175, 8)

    def test_text_shows_network_and_law(self):
        self.write("ties.csv", FOUR)
        text = self.done("network", "ties.csv", "--law", "linear", "--set", "contagion.linear.noise=0.1")
        for words in ("largest eigenvalue", "Law linear", "spectral radius", "half-life", "variance"):
            self.assertIn(words, text)

    def test_a_node_without_ties_cannot_average(self):
        self.write("people.csv", "person_id,kind,team\n1,employee,a\n2,employee,a\n3,employee,a\n")
        self.write("ties.csv", "from_id,to_id\n1,2\n")
        self.refused(["no ties: 3"], "network", "ties.csv", "--law", "degroot")

    def test_missing_and_wrong_parameters_are_told(self):
        self.write("ties.csv", FOUR)
        self.refused(["contagion.nar.memory"], "network", "ties.csv", "--law", "nar")
        self.refused(["susceptibility"], "network", "ties.csv", "--law", "friedkin_johnsen",
                     "--set", "contagion.friedkin_johnsen.susceptibility=1.5")
        self.refused(["--law"], "network", "ties.csv", "--law", "voter")
        self.refused(["--by does nothing here"], "network", "ties.csv", "--law", "degroot", "--by", "team")


class DrawnNetworks(program.ProgramTest):
    def test_every_generator_is_drawn_alike_twice_and_described(self):
        for generator, more in [("complete", []), ("ring", []), ("star", []), ("random", []),
                                ("small_world", []), ("scale_free", []), ("blocks", []),
                                ("lattice", []),
                                ("configuration", ["--set", "network.colleague.degrees=[3]"])]:
            draw = ["network", "--generate", generator, "--nodes", "36", "--json", *more]
            told = json.loads(self.done(*draw))
            self.assertEqual(told["nodes"], 36, generator)
            self.assertEqual(told, json.loads(self.done(*draw)), generator)

    def test_impossible_degrees_are_refused(self):
        self.refused(["add up to 3"], "network", "--generate", "configuration", "--nodes", "3",
                     "--set", "network.colleague.degrees=[1]")
        self.refused(["lattice"], "network", "--generate", "lattice", "--nodes", "13")


class Bench(program.ProgramTest):
    def test_quick_benchmarks_verify_and_tell_their_figures(self):
        told = json.loads(self.done("bench", "--quick", "--json"))
        self.assertEqual([one["name"] for one in told["benchmarks"]], ["contagion", "events"])
        for one in told["benchmarks"]:
            self.assertTrue(one["verified"])
            self.assertTrue(all(figure > 0 for row in one["rows"]
                                for figure in row.values() if not isinstance(figure, str)))
        self.refused(['"event"', "did you mean events?"], "bench", "event")


if __name__ == "__main__":
    program.main()

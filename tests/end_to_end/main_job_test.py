"""The main job, from a scenario to a comparison, and the same bits however it is run."""

import json
import subprocess
import unittest

import netCDF4
import xarray

import program


class MainJob(program.ProgramTest):
    def test_run_then_compare_then_export(self):
        result = self.cercle("run", "small.toml", "-o", "new/a.h5")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(result.stdout, "")
        self.assertIn("12 of 12 runs done", result.stderr)

        table = self.done("compare", "new/a.h5")
        self.assertIn("scop", table)
        self.assertIn("conventional", table)

        self.done("export", "new/a.h5", "-o", "csv")
        for name in ("runs.csv", "series.csv", "summary.csv"):
            self.assertIn(f"csv/{name}", self.files())

    def test_compare_lists_what_sets_the_arms_apart(self):
        self.done("run", "small.toml", "-o", "a.h5", "--quiet")
        table = self.done("compare", "a.h5")
        self.assertIn("difference: scop - conventional (6 pairs of runs)", table)
        self.assertIn('- pricing.rule = "fair" (scop), "market" (conventional)\n', table)
        self.assertRegex(table, r"(?m)^a governance.voice = \S+ \(scop\), \S+ \(conventional\)$")

    def test_one_pair_gives_no_interval_and_is_spoken_of_in_the_singular(self):
        result = self.cercle("run", "small.toml", "-o", "a.h5", "--replicates", "1")
        self.assertIn("2 of 2 runs done", result.stderr)
        table = self.done("compare", "a.h5", "--outcome", "churn")
        for fragment in ("2 arms x 1 replicate;", "(1 pair of runs)", "no interval can be given",
                         "One difference is compared"):
            self.assertIn(fragment, table)

    def test_compare_as_json_holds_every_outcome(self):
        self.done("run", "small.toml", "-o", "a.h5", "--quiet")
        json.loads(self.done("compare", "a.h5", "--json"))

    def test_run_as_json_tells_what_was_done(self):
        summary = json.loads(self.done("run", "small.toml", "-o", "a.h5", "--json"))
        self.assertEqual((summary["runs"], summary["done"], summary["failed"]), (12, 12, 0))

    def test_quiet_says_nothing(self):
        result = self.cercle("run", "small.toml", "-o", "a.h5", "--quiet")
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))

    def test_progress_off_a_terminal_has_no_control_characters(self):
        result = self.cercle("run", "small.toml", "-o", "a.h5")
        self.assertNotIn("\r", result.stderr)
        self.assertNotIn("\033", result.stderr)

    def test_check_and_dry_run_print_one_plan_and_write_nothing(self):
        plan = self.done("check", "small.toml", "--threads", "2")
        self.assertIn("12 runs", plan)
        self.assertEqual(plan, self.done("run", "small.toml", "--dry-run", "--threads", "2"))
        self.assertEqual(self.files(), [])

    def test_the_conventional_firm_meets_every_pattern_of_the_acceptance_set(self):
        table = self.done("check", "--patterns", program.SOURCES / "scenarios" / "scop_vs_conventional.toml")
        self.assertIn("10 of 10 patterns met", table)

    def test_scenario_may_come_from_stdin(self):
        self.done("run", "-", "-o", "a.h5", stdin=program.SMALL)
        self.assertEqual(self.files(), ["a.h5"])

    def test_set_seed_and_replicates_win_over_the_file(self):
        self.done("run", "small.toml", "-o", "a.h5", "--seed", "8", "--replicates", "2",
                  "--set", "time.years=2", "--set", "pricing.rule=cost_plus")
        with xarray.open_dataset(self.folder / "a.h5") as root:
            self.assertEqual(root.sizes["replicate"], 2)
            self.assertEqual(str(root.attrs["seed"]), "8")
            self.assertIn('cost_plus', root.attrs["scenario_resolved"])

    def test_outcomes_alone_may_be_kept(self):
        self.done("run", "small.toml", "-o", "a.h5", "--set", "observe.series=none")
        self.assertIn("Clients", self.done("compare", "a.h5"))
        self.assertIn("12 of 12", self.done("verify", "a.h5"))

    def test_overwrite_replaces_the_file(self):
        self.done("run", "small.toml", "-o", "a.h5", "--replicates", "2")
        self.done("run", "small.toml", "-o", "a.h5", "--replicates", "3", "--overwrite")
        self.assertIn("6 of 6", self.done("verify", "a.h5"))


class SameBits(program.ProgramTest):
    def series(self, name):
        with xarray.open_dataset(self.folder / name, group="series") as group:
            return {metric: group[metric].values.tobytes() for metric in group.data_vars}

    def test_any_threads_and_lanes_give_the_same_series(self):
        self.done("run", "small.toml", "-o", "a.h5", "--threads", "1", "--lanes", "1")
        expected = self.series("a.h5")
        self.assertGreater(len(expected), 5)
        for threads, lanes in [(1, 16), (2, 4), (3, 5), (7, 1)]:
            self.done("run", "small.toml", "-o", "b.h5", "--overwrite",
                      "--threads", threads, "--lanes", lanes)
            self.assertEqual(self.series("b.h5"), expected, (threads, lanes))

    def test_another_seed_gives_other_series(self):
        self.done("run", "small.toml", "-o", "a.h5")
        self.done("run", "small.toml", "-o", "b.h5", "--seed", "8")
        self.assertNotEqual(self.series("a.h5"), self.series("b.h5"))

    def test_verify_replays_all_or_some_runs(self):
        self.done("run", "small.toml", "-o", "a.h5", "--threads", "1")
        everything = self.done("verify", "a.h5")
        self.assertIn("the same bits", everything)
        self.assertIn("12 of 12", everything)
        self.assertIn("2 of 12", self.done("verify", "a.h5", "--run", "7", "--run", "0"))
        self.assertIn("3 of 12", self.done("verify", "a.h5", "--sample", "3"))

    def test_verify_works_from_another_folder(self):
        self.done("run", "small.toml", "-o", "a.h5")
        (self.folder / "elsewhere").mkdir()
        result = subprocess.run([program.PROGRAM, "verify", "../a.h5"], check=False,
                                cwd=self.folder / "elsewhere", capture_output=True, text=True)
        self.assertEqual(result.returncode, 0, result.stderr)

    def test_verify_finds_one_changed_value_and_names_it(self):
        self.done("run", "small.toml", "-o", "a.h5")
        with netCDF4.Dataset(self.folder / "a.h5", "r+") as root:
            values = next(variable for variable in root["series"].variables.values()
                          if variable.ndim == 4)
            metric = values.name
            values[1, 0, 3, 5] = values[1, 0, 3, 5] * 1.0000002 + 1e-6
        result = self.cercle("verify", "a.h5")
        self.assertEqual(result.returncode, 1, result.stdout)
        self.assertIn("NOT the same bits", result.stdout)
        self.assertIn(f"run 9: {metric} at month 5", result.stderr)

    def test_verify_refuses_a_run_that_is_not_there(self):
        self.done("run", "small.toml", "-o", "a.h5")
        self.refused(["--run 12", "0 to 11"], "verify", "a.h5", "--run", "12")


if __name__ == "__main__":
    program.main()

"""Bad input: one clear message, exit code 2 (1 for the machine), nothing written."""

import os
import resource
import signal
import unittest

import netCDF4

import program


def full_disk():
    """Lets a process write 8 KiB a file and no more, as a full disk would."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


class BadScenario(program.ProgramTest):
    """Every way a scenario file can be wrong is told at its place, and leaves no file behind."""

    def refused_scenario(self, fragments, text):
        self.write("bad.toml", text)
        message = self.refused(fragments, "run", "bad.toml", "-o", "out/a.h5")
        self.assertEqual(self.refused(fragments, "check", "bad.toml"), message)
        self.assertNotIn("out", self.files())

    def refused_with(self, fragments, line):
        """The small scenario with a line put before its arms."""
        self.refused_scenario(fragments, program.SMALL.replace("[[arm]]", line + "\n[[arm]]", 1))

    def test_unknown_key(self):
        self.refused_with(["bad.toml:", "colour"], "colour = 3")

    def test_misspelt_key_is_told_the_nearest_name_line_and_caret(self):
        self.refused_scenario(["bad.toml:7:1: ", "(did you mean years?)", "\n    yaers = 1\n    ^"],
                              program.SMALL.replace("years", "yaers"))

    def test_wrong_type(self):
        self.refused_scenario(["bad.toml:7:9: ", "time.years"],
                              program.SMALL.replace("years = 1", 'years = "soon"'))

    def test_out_of_range(self):
        self.refused_scenario(["bad.toml:", "time.years = -1"],
                              program.SMALL.replace("years = 1", "years = -1"))

    def test_not_a_number(self):
        self.refused_scenario(["bad.toml:", "nan"],
                              program.SMALL.replace("years = 1", "years = nan"))

    def test_unknown_preset(self):
        self.refused_scenario(["bad.toml:", "scopp", "did you mean scop?"],
                              program.SMALL.replace('name = "scop"', 'name = "scop"\npreset = "scopp"'))

    def test_zero_replicates(self):
        self.refused_scenario(["bad.toml:4:", "replicates"],
                              program.SMALL.replace("replicates = 6", "replicates = 0"))
        self.refused(["--replicates: replicates = 0 is not"],
                     "run", "small.toml", "-o", "a.h5", "--replicates", "0")

    def test_impossible_profit_split_of_a_scop_names_the_article_of_the_law(self):
        self.refused_scenario(
            ["bad.toml:", "law 78-763, article 33"],
            program.SMALL.replace('pricing.rule = "fair"',
                                  'pricing.rule = "fair"\ngovernance.workers_share = 0.1\n'
                                  'governance.reserve_share = 0.1\ngovernance.capital_share = 0.8'))

    def test_syntax_error(self):
        self.refused_scenario(["bad.toml:7:"], program.SMALL.replace("years = 1", "years = = 1"))

    def test_all_problems_are_told_at_once(self):
        bad = program.SMALL.replace("years = 1", "years = -1").replace("replicates = 6",
                                                                       "replicates = 0")
        self.refused_scenario(["bad.toml:4:", "bad.toml:7:"], bad)

    def test_missing_file_is_told_what_lies_beside_it(self):
        self.refused(["smal.toml", "did you mean small.toml?"], "check", "smal.toml")

    def test_a_table_of_points_is_told_by_its_rows_and_columns(self):
        table = '[design]\nmethod = "table"\nfile = "points.csv"\n'
        factor = '[[factor]]\npath = "market.price"\n'
        path = "contagion.colleague.weight"
        self.write("points.csv", f"{path},market.price\n0.1,1000\nnan,-5\n")
        self.refused_scenario([f"points.csv:3: column {path}", "points.csv:3: column market.price"],
                              program.SMALL + table)
        self.write("points.csv", f"{path}\n")
        self.refused_scenario(["points.csv", "has no rows"], program.SMALL + table)
        self.write("points.csv", f"{path}\n0.1\n")
        self.refused_scenario(["points.csv:1", "no column market.price"],
                              program.SMALL + table + factor)

    def test_bad_set_is_told_with_its_place(self):
        self.refused(["--set 1: ", "time.yeras", "(did you mean years?)"],
                     "run", "small.toml", "-o", "a.h5", "--set", "time.yeras=3")
        self.refused(["--set", "time.years"],
                     "run", "small.toml", "-o", "a.h5", "--set", "time.years")
        self.assertEqual(self.files(), [])

    def test_option_is_told_by_its_own_name(self):
        message = self.refused(["--seed: seed = -1", "--set 1: "], "run", "small.toml", "-o", "a.h5",
                               "--seed", "-1", "--set", "time.yeras=3")
        self.assertNotIn("--set 2", message)
        for option, value in (("--nodes", "0"), ("--degree", "nan"), ("--seed", "x")):
            self.refused([f"{option}: network."], "network", "--generate", "random", option, value)
        self.refused(["--generate: ", "did you mean random?"], "network", "--generate", "randm")

    def test_check_tells_of_every_file(self):
        self.write("bad.toml", "cercle = 1\nseed = -1\n")
        self.write("worse.toml", "cercle = 2\nseed = 1\n")
        self.refused(["bad.toml:2", "worse.toml:1"], "check", "bad.toml", "small.toml", "worse.toml")


class BadTies(program.ProgramTest):
    HEADER = "from_id,to_id,weight\n"

    def refused_ties(self, fragments, text):
        self.write("ties.csv", text)
        self.write("csv.toml", program.SMALL.replace(
            'generator = "small_world"\nnodes = 12\ndegree = 4', 'file = "ties.csv"'))
        self.refused(["ties.csv", *fragments], "run", "csv.toml", "-o", "a.h5")
        self.assertNotIn("a.h5", self.files())

    def test_good_ties_are_accepted(self):
        self.write("ties.csv", self.HEADER + "a,b,1\nb,c,2\nc,d,1\nd,a,1\n")
        self.write("csv.toml", program.SMALL.replace(
            'generator = "small_world"\nnodes = 12\ndegree = 4', 'file = "ties.csv"'))
        self.done("run", "csv.toml", "-o", "a.h5")

    def test_ties_named_on_the_command_line_lie_where_it_is_given(self):
        self.write("deep/study.toml", program.SMALL)
        self.write("ties.csv", self.HEADER + "a,b,1\nb,c,2\nc,d,1\nd,a,1\n")
        self.assertIn("(4 filled)", self.done("check", "deep/study.toml", "--set",
                                              "network.colleague.file=ties.csv"))
        self.done("run", "deep/study.toml", "-o", "a.h5", "--set", "network.colleague.file=ties.csv")
        (self.folder / "elsewhere").mkdir()
        self.assertIn("the same bits", self.done("verify", "a.h5"))

    def test_ties_named_in_a_scenario_lie_beside_it(self):
        self.write("deep/ties.csv", self.HEADER + "a,b,1\nb,c,2\n")
        self.write("deep/csv.toml", program.SMALL.replace(
            'generator = "small_world"\nnodes = 12\ndegree = 4', 'file = "ties.csv"'))
        self.assertIn("(3 filled)", self.done("check", "deep/csv.toml"))

    def test_option_of_network_that_would_do_nothing_is_refused(self):
        self.write("ties.csv", self.HEADER + "a,b,1\n")
        self.refused(["--set", "--duplicates"], "network", "ties.csv", "--set", "time.years=3")
        self.refused(["--nodes", "--generate"], "network", "ties.csv", "--nodes", "3")
        self.refused(["--kind", "--set network."], "network", "small.toml", "--kind", "advice")
        self.refused(["--by", "--set network."], "network", "--generate", "ring", "--by", "team")
        self.refused(["--date tomorrow"], "network", "ties.csv", "--date", "tomorrow")

    def test_malformed_row_is_told_with_its_line(self):
        self.refused_ties([":3"], self.HEADER + "a,b,1\nb,c\n")

    def test_weight_that_is_no_number(self):
        self.refused_ties([":2", "heavy"], self.HEADER + "a,b,heavy\n")

    def test_self_loop(self):
        self.refused_ties([":3"], self.HEADER + "a,b,1\nb,b,1\n")

    def test_duplicate_tie(self):
        self.refused_ties([":3"], self.HEADER + "a,b,1\nb,a,1\n")

    def test_header_alone_is_told_how_to_ask_for_no_ties(self):
        self.refused_ties(['generator = "none"'], self.HEADER)

    def test_missing_file(self):
        self.write("csv.toml", program.SMALL.replace(
            'generator = "small_world"\nnodes = 12\ndegree = 4', 'file = "tise.csv"'))
        self.refused(["tise.csv"], "run", "csv.toml", "-o", "a.h5")

    def test_dangling_tie_names_who_is_not_among_the_people(self):
        self.write("people.csv", "person_id,team\na,x\nb,x\n")
        self.write("ties.csv", self.HEADER + "a,b,1\nb,ghost,1\n")
        self.write("csv.toml", program.SMALL.replace(
            'generator = "small_world"\nnodes = 12\ndegree = 4',
            'file = "ties.csv"\n[network.people]\nfile = "people.csv"'))
        self.refused(["ghost"], "run", "csv.toml", "-o", "a.h5")


class BadOutput(program.ProgramTest):
    def test_output_that_exists_stays_as_it_is(self):
        old = self.write("a.h5", "precious")
        self.refused(["a.h5: exists already", "--overwrite"], "run", "small.toml", "-o", "a.h5")
        self.assertEqual(old.read_text(), "precious")

    def test_bad_scenario_leaves_a_file_that_may_be_overwritten_as_it_is(self):
        old = self.write("a.h5", "precious")
        self.refused(["time.yeras"], "run", "small.toml", "-o", "a.h5", "--overwrite",
                     "--set", "time.yeras=1")
        self.assertEqual(old.read_text(), "precious")

    def test_no_output_is_told_how_to_name_one(self):
        self.refused(["-o results/"], "run", "small.toml")

    def test_output_is_a_folder(self):
        self.refused(["is a folder"], "run", "small.toml", "-o", ".")

    def test_more_than_one_missing_folder_is_not_made(self):
        self.refused(["there is no folder rezults", "mkdir -p"],
                     "run", "small.toml", "-o", "rezults/2026/a.h5")
        self.done("run", "small.toml", "-o", "results/a.h5")
        self.refused(["there is no folder rezults", "mkdir -p"],
                     "export", "results/a.h5", "-o", "rezults/csv")
        self.done("export", "results/a.h5", "-o", "results/csv/")
        self.assertNotIn("rezults", self.files())

    def test_output_to_stdout(self):
        self.refused(["stdout"], "run", "small.toml", "-o", "-")

    def test_place_where_nothing_can_be_written(self):
        self.refused(["/proc/a.h5: cannot be written"], "run", "small.toml", "-o", "/proc/a.h5")

    @unittest.skipIf(os.geteuid() == 0, "root may write anywhere")
    def test_folder_without_the_right_to_write(self):
        (self.folder / "closed").mkdir(mode=0o500)
        self.refused(["cannot be written", "Permission denied"],
                     "run", "small.toml", "-o", "closed/a.h5")

    def test_disk_that_is_full_is_a_failure_and_leaves_no_truncated_file(self):
        self.refused(["a.h5"], "run", "small.toml", "-o", "a.h5", code=1, preexec_fn=full_disk)
        self.assertEqual(self.files(), [])

    def test_disk_that_is_full_leaves_the_old_file_as_it_is(self):
        self.done("run", "small.toml", "-o", "a.h5")
        old = (self.folder / "a.h5").read_bytes()
        self.refused(["a.h5"], "run", "small.toml", "-o", "a.h5", "--overwrite", code=1,
                     preexec_fn=full_disk)
        self.assertEqual((self.folder / "a.h5").read_bytes(), old)
        self.assertEqual(self.files(), ["a.h5"])

    def test_only_results_are_overwritten(self):
        old = self.write("thesis.odt", "precious")
        self.refused(["thesis.odt: is no result file"],
                     "run", "small.toml", "-o", "thesis.odt", "--overwrite")
        self.assertEqual(old.read_text(), "precious")


class BadResults(program.ProgramTest):
    def test_file_that_is_no_result_is_refused_by_every_reader(self):
        self.write("a.h5", "not HDF5")
        for command in (["compare", "a.h5"], ["verify", "a.h5"], ["export", "a.h5", "-o", "csv"]):
            self.refused(["a.h5"], *command)
        self.refused(["b.h5"], "compare", "b.h5")
        self.assertEqual(self.files(), ["a.h5"])

    def test_truncated_result_is_refused(self):
        self.done("run", "small.toml", "-o", "a.h5")
        whole = (self.folder / "a.h5").read_bytes()
        (self.folder / "cut.h5").write_bytes(whole[:len(whole) // 2])
        message = self.refused(["cut.h5: is cut short or damaged (truncated file"],
                               "compare", "cut.h5")
        self.assertNotIn("unknown failure", message)

    def test_what_is_no_file_is_refused_at_once(self):
        os.mkfifo(self.folder / "pipe.h5")
        self.refused(["pipe.h5: is no regular file"], "compare", "pipe.h5")

    def test_study_stopped_before_its_first_pair_is_told_to_run_again(self):
        self.done("run", "small.toml", "-o", "a.h5")
        with netCDF4.Dataset(self.folder / "a.h5", "r+") as root:
            root["status"][1, 0, :] = 0
        message = self.refused(["no run is finished both in conventional and in another arm",
                                "6 of 12 runs done", "--resume"], "compare", "a.h5")
        self.assertEqual(message.count("\n"), 1)

    def test_results_of_another_program_are_not_overwritten(self):
        with netCDF4.Dataset(self.folder / "a.h5", "w") as root:
            root.title = "twenty years of rain"
        before = (self.folder / "a.h5").read_bytes()
        self.refused(["a.h5", "no result file"], "run", "small.toml", "-o", "a.h5", "--overwrite")
        self.assertEqual((self.folder / "a.h5").read_bytes(), before)

    def test_unknown_arm_is_told_the_nearest(self):
        self.done("run", "small.toml", "-o", "a.h5")
        self.refused(["did you mean scop?"], "compare", "a.h5", "--reference", "scpo")

    def test_margin_that_is_no_number_is_refused(self):
        self.done("run", "small.toml", "-o", "a.h5")
        for margin in ("wide", "-1", "nan", "1x", "inf"):
            self.refused(["--margin"], "compare", "a.h5", f"--margin={margin}")


if __name__ == "__main__":
    program.main()

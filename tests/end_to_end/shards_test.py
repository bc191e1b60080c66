"""A study cut into shards and merged is the study that one process would have made."""

import subprocess

import program
import result_files

DESIGN = program.SMALL + """
[design]
method = "grid"

[[factor]]
path = "contagion.colleague.weight"
levels = [0.0, 0.2, 0.4]
"""


class Shards(program.ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("design.toml", DESIGN)

    def run_shards(self, count, which=None, scenario="design.toml"):
        for number in which or range(1, count + 1):
            self.done("run", scenario, "-o", "st.h5", "--shard", f"{number}/{count}", "--quiet")

    def shards(self, count):
        return [f"st.shard-{number}-of-{count}.h5" for number in range(1, count + 1)]

    def test_merged_shards_are_one_study(self):
        self.done("run", "design.toml", "-o", "whole.h5", "--quiet")
        for count in (1, 2, 5):
            self.run_shards(count)
            merged = self.cercle("merge", "-o", f"merged{count}.h5", *self.shards(count))
            self.assertEqual(merged.returncode, 0, merged.stderr)
            self.assertIn("36 of 36 runs done, 0 failed", merged.stderr)
            result_files.same_data(self, f"merged{count}.h5", "whole.h5")
            subprocess.run(["h5diff", "whole.h5", f"merged{count}.h5", "/series", "/series"],
                           cwd=self.folder, check=True)
        self.done("verify", "merged5.h5", "--sample", "4")

    def test_a_shard_holds_all_arms_and_knows_its_own_runs(self):
        self.run_shards(2, which=[2])
        status = self.done("status", "st.shard-2-of-2.h5")
        self.assertIn("(shard 2 of 2)", status)
        self.assertIn("16 of 16 runs done", status)
        self.assertRegex(status, r"scop +8 +0 +0")
        again = self.cercle("run", "design.toml", "-o", "st.h5", "--shard", "2/2", "--resume")
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertIn("16 of 16 runs done and kept; nothing is left", again.stderr)

    def test_a_shard_takes_room_for_its_own_runs_only(self):
        self.write("wide.toml", DESIGN.replace("years = 1\n", "years = 10\n").replace(
            "levels = [0.0, 0.2, 0.4]", "range = [0.0, 0.5]\nlevels = 64"))
        self.run_shards(8, which=[1], scenario="wide.toml")
        file = (self.folder / "st.shard-1-of-8.h5").stat()
        self.assertLess(file.st_blocks * 512, file.st_size / 2)

    def test_missing_shards_are_refused_or_left_pending(self):
        self.run_shards(3, which=[1, 3])
        there = ["st.shard-1-of-3.h5", "st.shard-3-of-3.h5"]
        self.refused(["1 of 3 shards is missing: 2", "--partial"], "merge", "-o", "m.h5", *there)
        self.assertNotIn("m.h5", self.files())
        self.done("merge", "-o", "m.h5", "--partial", *there)
        self.assertIn("24 of 36 runs done", self.done("status", "m.h5"))
        self.done("run", "design.toml", "-o", "m.h5", "--resume")
        self.done("run", "design.toml", "-o", "whole.h5", "--quiet")
        result_files.same_data(self, "m.h5", "whole.h5")

    def test_unfitting_parts_are_refused(self):
        self.run_shards(2)
        self.run_shards(3, which=[1])
        one, two = self.shards(2)
        self.refused(["is shard 1 of 2, as"], "merge", "-o", "m.h5", one, two, one)
        self.refused(["cut into 2"], "merge", "-o", "m.h5", one, two, "st.shard-1-of-3.h5")
        self.done("run", "design.toml", "-o", "whole.h5", "--quiet")
        self.refused(["overlaps", "run 0"], "merge", "-o", "m.h5", one, two, "whole.h5")
        self.done("run", "design.toml", "-o", "other.h5", "--seed", "8", "--shard", "2/2", "--quiet")
        self.refused(["another study", "seeds of the runs differ"], "merge", "-o", "m.h5", one,
                     "other.shard-2-of-2.h5")
        self.refused(["no result file"], "merge", "-o", "m.h5", one, "design.toml")
        self.refused(["exists already"], "merge", "-o", one, one, two)
        self.refused(["shard 1 of 2 there, all runs here"], "run", "design.toml", "-o", one,
                     "--resume")

    def test_bad_shards_are_refused(self):
        for bad in ("3/2", "0/2", "1", "1/0", "a/b", "1/2/3", "-1/2", "1/"):
            self.refused([f"--shard {bad}", "write "], "run", "small.toml", "-o", "st.h5",
                         f"--shard={bad}")

    def test_what_is_merged_is_not_replaced_by_the_whole(self):
        self.done("run", "small.toml", "-o", "st.h5", "--shard", "1/2", "--quiet")
        self.refused(["one of the files to merge"], "merge", "--overwrite", "--partial", "-o",
                     "st.shard-1-of-2.h5", "st.shard-1-of-2.h5")

    def test_a_shard_without_runs_says_so(self):
        told = self.cercle("run", "small.toml", "-o", "st.h5", "--shard", "40/40")
        self.assertIn("shard 40 of 40 holds no runs", told.stderr)

    def test_check_tells_what_a_shard_takes(self):
        for arguments in (("check", "design.toml"), ("run", "design.toml", "--dry-run")):
            self.assertIn("with --shard I/4: 4 files of about 9 runs",
                          self.done(*arguments, "--shard", "1/4"))


if __name__ == "__main__":
    program.main()

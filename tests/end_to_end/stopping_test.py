"""A study that stops when it knows enough stops at the same replicate however it is run."""

import xarray

import program
import result_files


def study(until, most=100):
    return program.SMALL.replace(
        "replicates = 6",
        f'replicates = {{ max = {most}, until = "{until}", contrast = "scop - conventional" }}')


class Stopping(program.ProgramTest):
    def replicates(self, file):
        """Done runs of each arm; they must be the first ones."""
        with xarray.open_dataset(self.folder / file) as root:
            done = root["status"].values == 1
        counts = done.sum(axis=-1).ravel().tolist()
        for arm in done.reshape(len(counts), -1):
            self.assertTrue(all(arm[:arm.sum()]))
        return counts

    def test_same_replicates_and_bits_for_any_threads_and_lanes(self):
        self.write("s.toml", study("ci(engagement.employee) < 0.0034"))
        ways = [("1", "16"), ("2", "16"), ("3", "5"), ("2", "1")]
        for index, (threads, lanes) in enumerate(ways):
            told = self.cercle("run", "s.toml", "-o", f"{index}.h5", "--threads", threads,
                               "--lanes", lanes)
            self.assertEqual(told.returncode, 0, told.stderr)
            self.assertIn("enough", told.stderr)

        counts = self.replicates("0.h5")
        self.assertEqual(counts[0], counts[1])
        self.assertIn(counts[0], (48, 64, 80))  # stopped, at a look, and not at the first
        with xarray.open_dataset(self.folder / "0.h5") as first:
            for index in range(1, len(ways)):
                with xarray.open_dataset(self.folder / f"{index}.h5") as other:
                    for name in ("status", "engagement_employee", "nps"):
                        self.assertTrue(first[name].equals(other[name]), (name, ways[index]))

    def test_runs_all_replicates_when_they_are_not_enough(self):
        self.write("s.toml", study("ci(nps) < 1e-9", most=40))
        told = self.cercle("run", "s.toml", "-o", "a.h5")
        self.assertIn("the most that was allowed", told.stderr)
        self.assertEqual(self.replicates("a.h5"), [40, 40])

    def test_runs_that_are_all_alike_are_not_known_to_be(self):
        self.write("s.toml", study("ci(survival) < 0.5", most=40))
        self.done("run", "s.toml", "-o", "a.h5", "--quiet")
        self.assertEqual(self.replicates("a.h5"), [40, 40])  # nobody died, of 32 as of 40

    def test_the_plan_tells_of_the_rule(self):
        self.write("s.toml", study("ci(nps) < 50"))
        self.assertIn("at most: it stops when nps is known to +-50", self.done("check", "s.toml"))

    def test_a_study_that_had_enough_is_not_gone_on_with(self):
        self.write("s.toml", study("ci(nps) < 50"))
        self.done("run", "s.toml", "-o", "a.h5", "--quiet")
        again = self.cercle("run", "s.toml", "-o", "a.h5", "--resume")
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertIn("64 of 64 runs done and kept; nothing is left to run", again.stderr)
        self.assertEqual(self.replicates("a.h5"), [32, 32])
        self.assertIn("stopped by its rule after 32 of at most 100 replicates",
                      self.done("status", "a.h5"))
        rows = self.done("status", "a.h5", "--runs").splitlines()
        self.assertEqual(sum("pending,not run,the study had enough" in row for row in rows), 136)
        table = self.done("compare", "a.h5", "--outcome", "nps")
        self.assertNotIn("not done yet", table)  # nothing is missing
        self.done("verify", "a.h5", "--sample", "3")

    def test_a_tighter_rule_goes_on_and_a_looser_one_takes_nothing_back(self):
        self.write("s.toml", study("ci(nps) < 50"))
        self.done("run", "s.toml", "-o", "a.h5", "--quiet")
        self.write("s.toml", study("ci(nps) < 1e-9", most=100))
        self.done("run", "s.toml", "-o", "a.h5", "--force-resume", "--quiet")
        self.assertEqual(self.replicates("a.h5"), [100, 100])
        self.write("s.toml", study("ci(nps) < 50"))
        result_files.mark_failed(self.folder / "a.h5", (1, 0, 90), "no luck")
        self.done("run", "s.toml", "-o", "a.h5", "--force-resume", "--retry-failed", "--quiet")
        self.assertEqual(self.replicates("a.h5"), [100, 100])
        self.assertIn("200 of 200 runs done", self.done("status", "a.h5"))

    def test_mistakes_are_told(self):
        self.write("s.toml", study("ci(npps) < 1"))
        self.refused(["replicates.until", "did you mean nps?"], "check", "s.toml")
        self.write("s.toml", study("nps < 1"))
        self.refused(["s.toml:4:", "ci(OUTCOME) < HALF-WIDTH"], "check", "s.toml")
        self.write("s.toml", study("ci(nps) < 1", most=20))
        self.refused(["s.toml:4:", "replicates.max = 20", "after 32 replicates"], "check", "s.toml")
        self.write("s.toml", study("ci(nps) < 1"))
        self.refused(["--shard", "replicates.until"], "run", "s.toml", "-o", "a.h5", "--shard", "1/2")


if __name__ == "__main__":
    program.main()

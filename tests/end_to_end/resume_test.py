"""A study that was interrupted goes on where it stopped, and ends as if nothing had happened."""

import signal
import subprocess
import time

import result_files
import program

LONG = ("--set", "time.years=20", "--set", "observe.every=12", "--replicates", "400")

# One run in each arm, of thousands of months.
ONE = ("--set", "time.years=400", "--set", "observe.every=12", "--replicates", "1")


class Resume(program.ProgramTest):
    def struck(self, which, is_time, *arguments):
        """Sends a signal to a study once it is time; gives the exit code."""
        with subprocess.Popen([program.PROGRAM, "run", "small.toml", "-o", "a.h5", *arguments],
                              cwd=self.folder, stderr=subprocess.PIPE, text=True) as run:
            for _ in range(4000):
                if is_time():
                    break
                time.sleep(0.01)
            run.send_signal(which)
            run.communicate(timeout=60)
        return run.returncode

    def killed(self, which):
        """Struck when some runs are done."""
        file = self.folder / "a.h5"
        code = self.struck(which, lambda: file.exists() and result_files.done_runs(file) > 8,
                           "--threads", "1", "--lanes", "4", *LONG)
        self.assertLess(result_files.done_runs(self.folder / "a.h5"), 800, "nothing was interrupted")
        return code

    def test_killed_study_resumes_to_the_same_data(self):
        self.assertEqual(self.killed(signal.SIGKILL), -9)
        kept = result_files.done_runs(self.folder / "a.h5")
        resumed = self.cercle("run", "small.toml", "-o", "a.h5", *LONG, "--resume")
        self.assertEqual(resumed.returncode, 0, resumed.stderr)
        self.assertIn(f"{kept} of 800 runs done and kept, {800 - kept} pending", resumed.stderr)
        self.done("run", "small.toml", "-o", "b.h5", *LONG, "--quiet")
        result_files.same_data(self, "a.h5", "b.h5")

    # What is there when the process is killed while it writes a checkpoint.
    HALF_WRITTEN = ".a.checkpoint-1-0-0-1.h5.bin.4711.part"

    def broken_off(self, which):
        """One long run of each arm, struck when both have a checkpoint behind them."""
        code = self.struck(which, lambda: len(list(self.folder.glob("a.checkpoint-*.bin"))) == 2,
                           "--checkpoint-every", "1 year", *ONE)
        self.assertEqual(result_files.done_runs(self.folder / "a.h5"), 0, "nothing was interrupted")
        return code

    def test_a_run_goes_on_from_its_checkpoint_to_the_same_data(self):
        self.done("run", "small.toml", "-o", "b.h5", *ONE, "--quiet")
        for which, code in ((signal.SIGKILL, -9), (signal.SIGTERM, 143)):
            self.assertEqual(self.broken_off(which), code)
            self.write(self.HALF_WRITTEN, "cercle")
            resumed = self.cercle("run", "small.toml", "-o", "a.h5", *ONE, "--resume")
            self.assertEqual(resumed.returncode, 0, resumed.stderr)
            self.assertIn("2 pending, going on from 2 checkpoints", resumed.stderr)
            result_files.same_data(self, "a.h5", "b.h5")
            self.assertEqual(self.files(), ["a.h5", "b.h5"])
            (self.folder / "a.h5").unlink()

    def test_a_damaged_checkpoint_is_not_used(self):
        self.done("run", "small.toml", "-o", "b.h5", *ONE, "--quiet")
        self.broken_off(signal.SIGKILL)
        damaged = sorted(self.folder.glob("a.checkpoint-*.bin"))[0]
        whole = bytearray(damaged.read_bytes())
        whole[len(whole) // 2] ^= 4  # a bit that has turned over is as bad as a missing end
        damaged.write_bytes(whole)
        rows = self.done("status", "a.h5", "--runs").splitlines()
        self.assertEqual(sum("a checkpoint of it is there" in row for row in rows), 1)
        resumed = self.cercle("run", "small.toml", "-o", "a.h5", *ONE, "--resume")
        self.assertIn("going on from 1 checkpoint, 1 checkpoint not used (damaged", resumed.stderr)
        result_files.same_data(self, "a.h5", "b.h5")

    def test_checkpoints_of_other_lanes_are_told(self):
        self.broken_off(signal.SIGKILL)
        resumed = self.cercle("run", "small.toml", "-o", "a.h5", *ONE, "--resume", "--set",
                              "market.price=1001", "--force-resume")
        self.assertIn("2 checkpoints not used", resumed.stderr)

    def test_checkpoints_belong_to_one_file(self):
        self.broken_off(signal.SIGKILL)
        kept = [file for file in self.files() if "checkpoint" in file]
        self.done("run", "small.toml", "-o", "a.hdf5", "--quiet")
        self.assertEqual([file for file in self.files() if "checkpoint" in file], kept)

    def test_a_study_made_anew_forgets_checkpoints(self):
        self.broken_off(signal.SIGKILL)
        self.write(self.HALF_WRITTEN, "cercle")
        self.done("run", "small.toml", "-o", "a.h5", "--overwrite", "--quiet")
        self.assertEqual(self.files(), ["a.h5"])

    def test_a_study_that_still_runs_is_not_made_anew(self):
        file = self.folder / "a.h5"
        refused = []

        def asked():
            if not (file.exists() and result_files.done_runs(file) > 0):
                return False
            refused.append(self.cercle("run", "small.toml", "-o", "a.h5", "--overwrite"))
            refused.append(self.cercle("run", "small.toml", "-o", "a.h5", *LONG, "--resume"))
            refused.append(self.cercle("merge", "-o", "a.h5", "--overwrite", "b.h5"))
            return True
        self.done("run", "small.toml", "-o", "b.h5", "--quiet")
        self.struck(signal.SIGTERM, asked, "--threads", "1", *LONG)
        for told in refused:
            self.assertEqual(told.returncode, 2, told.stderr)
            self.assertIn("another process is writing it", told.stderr)

    def test_checkpoints_want_a_time(self):
        for wrong in ("", "soon", "0 months", "-1 year", "3 EUR"):
            self.refused([f'--checkpoint-every "{wrong}"', "12 months"], "run", "small.toml", "-o",
                         "a.h5", "--checkpoint-every", wrong)

    def test_usr1_is_a_warning_that_ends_like_sigterm(self):
        self.assertEqual(self.killed(signal.SIGUSR1), 143)
        self.done("run", "small.toml", "-o", "a.h5", *LONG, "--resume", "--quiet")
        self.assertEqual(result_files.done_runs(self.folder / "a.h5"), 800)

    def test_finished_study_says_so(self):
        self.done("run", "small.toml", "-o", "a.h5", "--quiet")
        before = (self.folder / "a.h5").read_bytes()
        again = self.cercle("run", "small.toml", "-o", "a.h5", "--resume")
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertIn("12 of 12 runs done and kept; nothing is left to run", again.stderr)
        self.assertEqual((self.folder / "a.h5").read_bytes(), before)

    def test_without_a_file_it_starts_from_the_beginning(self):
        self.done("run", "small.toml", "-o", "a.h5", "--resume")
        self.assertEqual(result_files.done_runs(self.folder / "a.h5"), 12)

    def test_another_study_is_refused_unless_forced(self):
        self.done("run", "small.toml", "-o", "a.h5", "--quiet")
        self.refused(["another study", "6 replicates there, 7 here"],
                     "run", "small.toml", "-o", "a.h5", "--resume", "--replicates", "7")
        both = self.cercle("run", "small.toml", "-o", "a.h5", "--resume", "--replicates", "7",
                           "--set", "market.price=1234")
        self.assertNotIn("--force-resume", both.stderr)  # it would not help
        other = ("run", "small.toml", "-o", "a.h5", "--set", "market.price=1234")
        self.refused(["scenario_resolved differs", "1234", "--force-resume"], *other, "--resume")
        self.done(*other, "--force-resume")
        self.refused(["6 replicates there"], *other, "--force-resume", "--replicates", "7")

    def test_contradictions_and_foreign_files_are_refused(self):
        self.refused(["exclude each other"], "run", "small.toml", "-o", "a.h5", "--resume",
                     "--overwrite")
        self.refused(["--retry-failed needs --resume"], "run", "small.toml", "-o", "a.h5",
                     "--retry-failed")
        self.write("a.h5", "not HDF5")
        self.refused(["a.h5", "no result file"], "run", "small.toml", "-o", "a.h5", "--resume")
        self.done("run", "small.toml", "-o", "b.h5", "--quiet")
        whole = (self.folder / "b.h5").read_bytes()
        (self.folder / "a.h5").write_bytes(whole[:len(whole) // 2])
        self.refused(["a.h5", "cut short or damaged"], "run", "small.toml", "-o", "a.h5", "--resume")

    def test_files_that_only_look_like_parts_of_it_are_left_alone(self):
        self.done("run", "small.toml", "-o", "b.h5", "--quiet", "--seed", "8")
        self.write("a.rank-correlations.h5", "my own")
        self.done("run", "small.toml", "-o", "a.h5", "--quiet")
        self.done("run", "small.toml", "-o", "a.h5", "--quiet", "--overwrite")
        (self.folder / "b.h5").rename(self.folder / "a.rank-1.h5")
        before = (self.folder / "a.rank-1.h5").read_bytes()
        self.refused(["a.rank-1.h5", "is none", "seeds of the runs differ"],
                     "run", "small.toml", "-o", "a.h5", "--resume")
        self.assertEqual((self.folder / "a.rank-1.h5").read_bytes(), before)
        self.assertEqual((self.folder / "a.rank-correlations.h5").read_text(), "my own")

    def test_other_ties_are_another_study(self):
        self.write("ties.csv", "from_id,to_id\na,b\nb,c\nc,a\n")
        asked = ("run", "small.toml", "--set", 'network.colleague.file="ties.csv"')
        for part in ("1/2", "2/2"):
            self.done(*asked, "-o", "a.h5", "--shard", part, "--quiet")
            self.write("ties.csv", "from_id,to_id\na,b\nb,c\nc,d\n")
        self.refused(["input_digest"], "merge", "-o", "a.h5", "a.shard-1-of-2.h5", "a.shard-2-of-2.h5")
        self.refused(["another study", "input_digest"], *asked, "-o", "a.h5", "--shard", "1/2", "--resume")

    def test_failed_runs_are_kept_or_tried_again(self):
        self.done("run", "small.toml", "-o", "b.h5", "--quiet")
        self.done("run", "small.toml", "-o", "a.h5", "--quiet")
        result_files.mark_failed(self.folder / "a.h5", (1, 0, 3), "no luck")
        kept = self.cercle("run", "small.toml", "-o", "a.h5", "--resume")
        self.assertEqual(kept.returncode, 3, kept.stderr)
        self.assertIn("11 of 12 runs done and kept, 1 failed and kept (--retry-failed", kept.stderr)
        status = self.done("status", "a.h5")
        self.assertRegex(status, r"conventional +5 +1 +0")
        self.assertIn("1 run: no luck (first: arm conventional, point 0, replicate 3)", status)
        rows = self.done("status", "a.h5", "--runs").splitlines()
        self.assertEqual(rows[0], "file,arm,point,replicate,status,on_resume,why")
        self.assertEqual(len(rows), 13)
        self.assertIn("a.h5,conventional,0,3,failed,kept unless --retry-failed,no luck", rows)
        self.assertIn("a.h5,scop,0,0,done,kept,its data are in the file", rows)
        self.done("run", "small.toml", "-o", "a.h5", "--resume", "--retry-failed")
        result_files.same_data(self, "a.h5", "b.h5")

    def test_status_counts_by_arm(self):
        self.killed(signal.SIGTERM)
        done = result_files.done_runs(self.folder / "a.h5")
        text = self.done("status", "a.h5")
        self.assertIn(f"{done} of 800 runs done", text)
        self.assertRegex(text, rf"all +{done} +0 +{800 - done}")


if __name__ == "__main__":
    program.main()

"""Ranks of MPI make the study that one process makes. Skipped without Open MPI."""

import os
import shutil
import signal
import subprocess
import threading
import time
import unittest

import program
import result_files

PROGRAM = os.environ.get("CERCLE_MPI_PROGRAM", "")
LONG = ("--set", "time.years=20", "--set", "observe.every=12", "--replicates", "400")


@unittest.skipUnless(shutil.which("mpirun") and PROGRAM, "no Open MPI when this was built")
class Ranks(program.ProgramTest):
    def command(self, ranks, *arguments):
        start = ["mpirun", "--allow-run-as-root", "--oversubscribe", "-n", str(ranks)]
        return [*start, PROGRAM, *map(str, arguments)]

    def mpirun(self, ranks, *arguments, **more):
        return subprocess.run(self.command(ranks, *arguments), cwd=self.folder, capture_output=True,
                              text=True, timeout=240, check=False, **more)

    def test_any_number_of_ranks_gives_the_same_data(self):
        self.done("run", "small.toml", "-o", "serial.h5", "--quiet", "--replicates", "40")
        for ranks in (1, 2, 3, 4):
            run = self.mpirun(ranks, "run", "small.toml", "-o", f"r{ranks}.h5", "--lanes", "3",
                              "--replicates", "40")
            self.assertEqual(run.returncode, 0, run.stderr)
            self.assertEqual(run.stderr.count("80 of 80 runs done"), 1, run.stderr)
            result_files.same_data(self, f"r{ranks}.h5", "serial.h5")
        self.assertEqual(self.files(), ["r1.h5", "r2.h5", "r3.h5", "r4.h5", "serial.h5"])

    def test_a_study_stops_at_the_same_replicate_for_any_number_of_ranks(self):
        self.write("small.toml", program.SMALL.replace(
            "replicates = 6", 'replicates = { max = 100, until = "ci(engagement.employee) < 0.0034", '
                              'contrast = "scop - conventional" }'))
        self.done("run", "small.toml", "-o", "serial.h5", "--quiet")
        done = result_files.done_runs(self.folder / "serial.h5")
        self.assertIn(done, (96, 128, 160))  # neither at the first look nor at the end
        for ranks in (2, 3):
            run = self.mpirun(ranks, "run", "small.toml", "-o", f"r{ranks}.h5", "--lanes", "5")
            self.assertEqual(run.returncode, 0, run.stderr)
            result_files.same_data(self, f"r{ranks}.h5", "serial.h5")

    def test_files_are_read_by_one_rank_for_all(self):
        ties = "from_id,to_id\n" + "".join(f"p{i},p{(i + 1) % 12}\n" for i in range(12))
        self.write("ties.csv", ties)
        asked = ("run", "small.toml", "--set", 'network.colleague.file="ties.csv"')
        self.done(*asked, "-o", "serial.h5", "--quiet")
        (self.folder / "ties.csv").unlink()
        os.mkfifo(self.folder / "ties.csv")  # gives its text to one reader, once
        writer = threading.Thread(target=(self.folder / "ties.csv").write_text, args=(ties,), daemon=True)
        writer.start()
        run = self.mpirun(3, *asked, "-o", "ranks.h5")
        self.assertEqual(run.returncode, 0, run.stderr)
        result_files.same_data(self, "ranks.h5", "serial.h5")

    def test_one_alone_needs_no_mpirun(self):
        alone = subprocess.run([PROGRAM, "run", "small.toml", "-o", "a.h5"], cwd=self.folder,
                               capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(alone.returncode, 0, alone.stderr)

    def test_mistakes_are_told_once_and_end_all_ranks(self):
        for arguments, words in ((("none.toml", "-o", "a.h5"), "no such scenario"),
                                 (("small.toml", "-o", "a.h5", "--set", "time.years=-1"), "time.years = -1"),
                                 (("small.toml",), "no result file is named")):
            run = self.mpirun(3, "run", *arguments)
            self.assertEqual(run.returncode, 2, run.stderr)
            self.assertEqual(sum(words in line for line in run.stderr.splitlines()), 1, run.stderr)
        self.assertEqual(self.files(), [])

    def test_a_rank_in_trouble_of_its_own_ends_all(self):
        one, other = self.command(1, "run", "small.toml", "-o", "a.h5"), self.command(1)
        both = [*one, ":", *other[3:], "run", "small.toml", "-o", "a.h5", "--checkpoint-every", "soon"]
        run = subprocess.run(both, cwd=self.folder, capture_output=True, text=True, timeout=60,
                             check=False)
        self.assertNotEqual(run.returncode, 0)
        self.assertIn('rank 1: --checkpoint-every "soon"', run.stderr)

    def test_a_scenario_from_stdin_reaches_all_ranks(self):
        run = self.mpirun(2, "run", "-", "-o", "a.h5", input=program.SMALL)
        self.assertEqual(run.returncode, 0, run.stderr)

    def interrupted(self, strike):
        """Starts three ranks, strikes when each has done runs, gives their exit code."""
        with subprocess.Popen(self.command(3, "run", "small.toml", "-o", "a.h5", "--lanes", "4",
                                           *LONG),
                              cwd=self.folder, stderr=subprocess.PIPE, text=True) as run:
            parts = [self.folder / f"a.rank-{rank}.h5" for rank in (1, 2)]
            for _ in range(2000):
                if all(part.exists() and result_files.done_runs(part) > 0 for part in parts):
                    break
                time.sleep(0.02)
            else:
                self.fail("work was not shared: a rank has done nothing")
            strike(run)
            run.communicate(timeout=60)
        return run.returncode

    def resumes(self, ranks):
        run = self.mpirun(ranks, "run", "small.toml", "-o", "a.h5", *LONG, "--resume")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.done("run", "small.toml", "-o", "b.h5", *LONG, "--quiet")
        result_files.same_data(self, "a.h5", "b.h5")
        self.assertEqual(self.files(), ["a.h5", "b.h5"])

    def test_a_killed_rank_loses_nothing_that_was_done(self):
        def kill_a_rank(run):
            children = subprocess.run(["pgrep", "-P", str(run.pid)], capture_output=True, text=True,
                                      check=True).stdout.split()
            os.kill(int(children[-1]), signal.SIGKILL)

        self.assertNotEqual(self.interrupted(kill_a_rank), 0)
        done = sum(result_files.done_runs(path) for path in self.folder.glob("a.*h5"))
        self.assertLess(done, 800)
        self.assertIn(f"{done} runs done", self.done("status", "a.h5"))
        self.resumes(2)

    def test_usr1_ends_all_ranks_in_good_order(self):
        code = self.interrupted(lambda run: run.send_signal(signal.SIGUSR1))
        self.assertEqual(code, 143)
        self.assertEqual(self.files(), ["a.h5"])
        self.resumes(4)

    def test_ranks_of_a_program_without_mpi_are_refused(self):
        start = ["mpirun", "--allow-run-as-root", "--oversubscribe", "-n", "2"]
        run = subprocess.run([*start, program.PROGRAM, "run", "small.toml", "-o", "a.h5"],
                             cwd=self.folder, capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(run.returncode, 2, run.stderr)
        self.assertIn("make mpi", run.stderr)
        self.assertEqual(self.files(), [])


if __name__ == "__main__":
    program.main()

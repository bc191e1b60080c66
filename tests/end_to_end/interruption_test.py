"""Ctrl-C and SIGTERM leave a file that opens, with the runs that were done."""

import signal
import subprocess
import time
import unittest

import xarray

import program


class Interruption(program.ProgramTest):
    def interrupted(self, which):
        command = [program.PROGRAM, "run", "small.toml", "-o", "a.h5", "--threads", "1",
                   "--set", "time.years=20", "--set", "observe.series=none",
                   "--replicates", "20000"]
        with subprocess.Popen(command, cwd=self.folder, stderr=subprocess.PIPE, text=True) as run:
            for _ in range(600):
                if (self.folder / "a.h5").exists():
                    break
                time.sleep(0.05)
            time.sleep(1.5)
            run.send_signal(which)
            stderr = run.communicate(timeout=60)[1]
        return run.returncode, stderr

    def stops_cleanly(self, which, code):
        returncode, stderr = self.interrupted(which)
        self.assertEqual(returncode, code, stderr)
        self.assertIn("of 40000 runs done", stderr)
        with xarray.open_dataset(self.folder / "a.h5") as root:
            status = root["status"].values
        done = int((status == 1).sum())
        self.assertGreater(done, 0)
        self.assertLess(done, status.size)
        self.assertIn(f"stopped with {done} of 40000 runs done", stderr)
        self.assertIn("the same bits", self.done("verify", "a.h5", "--sample", "2"))

    def test_ctrl_c(self):
        self.stops_cleanly(signal.SIGINT, 130)

    def test_sigterm(self):
        self.stops_cleanly(signal.SIGTERM, 143)

    def test_sudden_death_leaves_a_file_that_opens(self):
        self.interrupted(signal.SIGKILL)
        self.done("verify", "a.h5", "--sample", "2")


if __name__ == "__main__":
    program.main()

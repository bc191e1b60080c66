"""A result opened by those it is made for: xarray, ncdump, and the reader of docs/results_file.md."""

import re
import shutil
import subprocess
import sys
import unittest
import warnings

import numpy
import xarray

import program

DOCUMENT = (program.SOURCES / "docs" / "results_file.md").read_text(encoding="utf-8")


class OpenResults(program.ProgramTest):
    def setUp(self):
        super().setUp()
        warnings.simplefilter("error")
        # Debian's compiled packages were built with another numpy; numpy itself ignores this.
        warnings.filterwarnings("ignore", message="numpy.ndarray size changed")
        self.done("run", "small.toml", "-o", "study.h5", "--quiet")

    def open(self, **group):
        dataset = xarray.open_dataset(self.folder / "study.h5", **group)
        self.addCleanup(dataset.close)
        return dataset

    def test_root_holds_outcomes_with_names_of_arms(self):
        runs = self.open()
        self.assertEqual(list(runs.arm.values), ["scop", "conventional"])
        self.assertEqual(runs.churn.dims, ("arm", "point", "replicate"))
        self.assertTrue((runs.status == 1).all())
        self.assertEqual(len(numpy.unique(runs.run_seed)), 6)  # arms share their seeds
        self.assertTrue(((runs.engaged_share >= 0) & (runs.engaged_share <= 1)).all())

    def test_series_has_coordinates_and_no_dates(self):
        series = self.open(group="series")
        self.assertEqual(series.engagement_employee.dims, ("arm", "point", "replicate", "time"))
        self.assertEqual(series.engagement_employee.dtype, "float32")
        self.assertEqual(series.time.dtype, "float64")
        self.assertEqual(series.sel(arm="scop", time=12.0).sizes["replicate"], 6)

    def test_networks_are_the_ties_that_were_used(self):
        network = self.open(group="network")
        self.assertGreaterEqual(network.sizes["colleague_node"], 12)  # and positions to grow into
        self.assertGreaterEqual(network.sizes["colleague_tie"], 12 * 4 // 2)
        self.assertLess(int(network.colleague_to.max()), network.sizes["colleague_node"])
        self.assertTrue((network.colleague_weight > 0).all())

    def test_every_variable_says_its_unit_and_meaning(self):
        for group in ({}, {"group": "series"}, {"group": "network"}):
            for name, variable in self.open(**group).variables.items():
                self.assertIn("units", variable.attrs, name)
                self.assertTrue(variable.attrs["long_name"], name)

    def test_ncdump_knows_every_dimension(self):
        if not shutil.which("ncdump"):
            self.skipTest("ncdump is not installed (netcdf-bin)")
        header = subprocess.run(["ncdump", "-h", "study.h5"], cwd=self.folder, check=True,
                                capture_output=True, text=True)
        self.assertNotIn("phony_dim", header.stdout)
        self.assertEqual(header.stderr, "")

    def test_equal_studies_do_not_differ(self):
        if not shutil.which("h5diff"):
            self.skipTest("h5diff is not installed (hdf5-tools)")
        self.done("run", "small.toml", "-o", "again.h5", "--quiet", "--threads", "3")
        for name in ("/series", "/network", "/churn", "/status", "/run_seed"):
            same = subprocess.run(["h5diff", "study.h5", "again.h5", name, name], cwd=self.folder,
                                  check=False, capture_output=True, text=True)
            self.assertEqual((same.returncode, same.stdout), (0, ""), name)

    def test_document_names_every_dataset_and_attribute(self):
        runs = self.open()
        outcomes = {name for name, data in runs.data_vars.items()
                    if data.dims == ("arm", "point", "replicate") and data.dtype == "float64"}
        network = {re.sub("^(colleague|client)_", "NAME_", name)
                   for name in self.open(group="network").variables}
        names = (set(runs.variables) - outcomes) | set(runs.attrs) | network
        missing = {name for name in names if f"`{name}`" not in DOCUMENT}
        self.assertEqual(missing, set())

    def test_python_in_the_document_runs(self):
        (snippet,) = re.findall(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)
        result = subprocess.run([sys.executable, "-W", "error", "-c", snippet], cwd=self.folder,
                                check=False, capture_output=True, text=True)
        self.assertEqual(result.returncode, 0, result.stderr)


if __name__ == "__main__":
    program.main()

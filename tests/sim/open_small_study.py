"""Opens the study of results_file_python_test.cpp with xarray and netCDF's own tool."""

import json
import shutil
import subprocess
import sys

import numpy
import xarray

path = sys.argv[1]

root = xarray.open_dataset(path).load()
assert dict(root.sizes) == {"arm": 2, "point": 2, "replicate": 4, "factor": 2}, root.sizes
assert list(root.arm.values) == ["scop", "conventionnelle été"]
assert root.attrs["filetype"] == "cercle-results" and root.attrs["format_version"] == 1
assert root.attrs["title"] == "Coopérative" and len(root.attrs["scenario"]) == 100_000
assert root.churn.sel(arm="conventionnelle été", point=1, replicate=2) == 1014
assert numpy.isnan(root.churn.sel(arm="scop")).all()
assert root.status.dtype == "uint8" and root.status.attrs["flag_meanings"] == "pending done failed"
assert root.status.values.ravel().tolist() == [0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1]
assert root.failure.values[0, 0, 3] == "la caisse était vide" and root.failure.values[1, 1, 0] == ""
assert root.run_seed.dtype == "uint64" and root.run_seed.values[0, 0, 1] == 0xFFFFFFFFFFFFFF01
assert root.design.sel(point=1, factor="firm.size") == 1.5
assert json.loads(root.ending.item()) == {"ended": "complete"}

series = xarray.open_dataset(path, group="series").load()
assert list(series.data_vars) == ["engagement_employee", "cash"]
assert series.time.dtype == "float64" and series.time.attrs["units"] == "months"
assert series.cash.dtype == "float32"
last = series.cash.sel(arm="conventionnelle été", point=1, replicate=3, time=2)
assert last == 22015 and numpy.isnan(series.cash.sel(arm="scop")).all()

network = xarray.open_dataset(path, group="network").load()
assert network.colleague_label.values.tolist() == ["R&D", "Ventes", "R&D"]
assert network.colleague_weight.values.tolist() == [0.5, 2.0]
assert network.sizes["client_node"] == 2 and network.sizes["client_tie"] == 0

for data in (root, series, network):
    for name, variable in data.variables.items():
        assert variable.attrs["long_name"], name
        # xarray takes the units of a boolean or a date away; there are none of either here.
        assert "units" in variable.attrs, name
        if variable.dtype.kind == "f" and name not in ("time", "design"):
            assert numpy.isnan(variable.encoding["_FillValue"]), name

if shutil.which("ncdump"):
    header = subprocess.run(["ncdump", "-h", path], check=True, capture_output=True, text=True)
    assert "phony_dim" not in header.stdout and not header.stderr
    assert "float cash(arm, point, replicate, time)" in header.stdout
if shutil.which("h5diff"):
    subprocess.run(["h5diff", path, path, "/series", "/series"], check=True)

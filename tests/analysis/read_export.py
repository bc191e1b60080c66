"""Reads the CSV files of the study of export_test.cpp with pandas."""

import pathlib
import sys

import pandas

folder = pathlib.Path(sys.argv[1])
runs = pandas.read_csv(folder / "runs.csv")
assert len(runs) == 16
assert list(runs.status.value_counts()[["done", "pending", "failed"]]) == [10, 4, 2]
assert runs.seed.dtype == "uint64"
assert runs.failure[12] == 'the bank said "no", twice'
assert runs.churn[runs.status != "done"].isna().all()

series = pandas.read_csv(folder / "series.csv").merge(runs, on="run")
last = series[series.time == 2.0]
assert (last.cash - last.run == 22000).all()

table = pandas.read_csv(folder / "behaviorspace.csv", skiprows=6)
assert (table["[run number]"].to_numpy() == series.run.to_numpy()).all()
assert (table["firm.size"] == table["contagion.colleague.weight"] + 0.5).all()

summary = pandas.read_csv(folder / "summary.csv")
done = runs[(runs.arm == "scop") & (runs.point == 0)]
row = summary[(summary.arm == "scop") & (summary.point == 0) & (summary.outcome == "nps")].iloc[0]
assert abs(row["mean"] - done.nps.mean()) < 1e-12 and abs(row.sd - done.nps.std()) < 1e-12

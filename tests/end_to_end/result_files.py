"""Looks into result files, and damages them where a test wants it."""

import netCDF4
import numpy


def groups(dataset):
    yield "/", dataset
    yield from dataset.groups.items()


def data(path):
    """Bytes of every dataset but `ending`, which tells when and how the study ended."""
    with netCDF4.Dataset(path) as dataset:
        dataset.set_auto_maskandscale(False)
        return {f"{place}/{name}": numpy.asarray(variable[...]).tobytes()
                for place, group in groups(dataset)
                for name, variable in group.variables.items()
                if name != "ending" and variable.dtype is not str}


def same_data(test, one, other):
    first, second = data(test.folder / one), data(test.folder / other)
    test.assertEqual(first.keys(), second.keys())
    different = [name for name in first if first[name] != second[name]]
    test.assertEqual(different, [], f"{one} and {other}")


def done_runs(path):
    with netCDF4.Dataset(path) as dataset:
        return int((dataset["status"][...] == 1).sum())


def mark_failed(path, run, reason):
    """Lets a run (arm, point, replicate) look as if it had failed."""
    with netCDF4.Dataset(path, "r+") as dataset:
        dataset.set_auto_maskandscale(False)
        dataset["status"][run] = 2
        room = dataset["failure"].shape[-1]
        dataset["failure"].set_auto_chartostring(False)
        dataset["failure"][run] = numpy.frombuffer(reason.encode().ljust(room, b"\0"), "S1")

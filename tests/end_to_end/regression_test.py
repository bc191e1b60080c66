"""Every shipped scenario gives the outcomes that were accepted, to the last digit printed.

A change of results is meant or it is a mistake. When it is meant, say so in CHANGELOG.md under
"Results change" and accept the new figures:

    CERCLE_ACCEPT=1 CERCLE_PROGRAM=$PWD/build/release/cercle CERCLE_SOURCE_DIR=$PWD \\
        /usr/bin/python3 -B tests/end_to_end/regression_test.py
"""

import json
import os

import xarray

import program

ACCEPTED = program.SOURCES / "tests" / "end_to_end" / "accepted_outcomes.json"
SHORTER = {  # enough to touch every mechanism; whole studies are for the benchmarks
    "": ("--replicates", "4", "--set", "time.years=3"),
    "studies": ("--replicates", "1", "--set", "time.years=1"),
    "laboratory": ("--replicates", "4"),
    "studies": ("--replicates", "1", "--set", "time.years=2"),
}


def written(value):
    return None if value != value else f"{value:.9g}"


class Regression(program.ProgramTest):
    def outcomes(self, scenario):
        folder = scenario.parent.name if scenario.parent.name in SHORTER else ""
        self.done("run", scenario, "-o", "out.h5", "--overwrite", "--quiet", *SHORTER[folder])
        with xarray.open_dataset(self.folder / "out.h5") as root:
            return {
                str(arm): {
                    name: written(float(values.sel(arm=arm).mean()))
                    for name, values in root.data_vars.items()
                    if values.dims == ("arm", "point", "replicate") and values.dtype.kind == "f"
                }
                for arm in root["arm"].values
            }

    def test_every_shipped_scenario_gives_the_accepted_outcomes(self):
        scenarios = sorted((program.SOURCES / "scenarios").rglob("*.toml"))
        # Presets run in other scenarios; a claim is an effect, which claims_test.cpp tries out.
        scenarios = [path for path in scenarios if path.parent.name not in ("presets", "claims")]
        now = {path.relative_to(program.SOURCES).as_posix(): self.outcomes(path)
               for path in scenarios}
        if os.environ.get("CERCLE_ACCEPT"):
            ACCEPTED.write_text(json.dumps(now, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        accepted = json.loads(ACCEPTED.read_text(encoding="utf-8"))
        self.assertEqual(sorted(now), sorted(accepted))
        for name, arms in now.items():
            with self.subTest(scenario=name):
                self.assertEqual(arms, accepted[name])


if __name__ == "__main__":
    program.main()

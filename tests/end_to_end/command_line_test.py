"""What a user meets first: help, version, printed model, misspelt words."""

import json
import subprocess
import unittest

import program


class CommandLine(program.ProgramTest):
    VERBS = ["template", "check", "run", "compare", "analyze", "export", "verify", "network", "bench",
             "params", "laws", "odd", "schema"]

    def test_version_names_program_commit_and_build(self):
        self.assertRegex(self.done("--version"), r"^cercle \d+\.\d+\.\d+ \(commit \S+; .*\)\n$")

    def test_help_lists_every_verb(self):
        text = self.done("--help")
        for verb in self.VERBS:
            self.assertRegex(text, rf"(?m)^  {verb} ")

    def test_help_of_every_verb_shows_an_example(self):
        for verb in self.VERBS:
            text = self.done(verb, "--help")
            self.assertIn(f"cercle {verb}", text.split("Examples:")[1])

    def test_misspelt_verb_is_told_the_nearest_one(self):
        self.refused(['no command "rnu"', "did you mean run?"], "rnu")
        self.refused(['no command "comapre"', "did you mean compare?"], "comapre", "x.h5")

    def test_misspelt_option_is_told_the_nearest_one(self):
        self.refused(["--treads", "did you mean --threads?"], "run", "small.toml", "--treads", "2")

    def test_misspelt_option_of_the_program_is_told_the_nearest_one(self):
        self.refused(["no option --hlep", "did you mean --help?"], "--hlep")

    def test_no_verb_is_a_mistake(self):
        self.refused(["cercle --help"])

    def test_numbers_out_of_range_are_refused(self):
        for option, value in [("--lanes", "0"), ("--lanes", "17"), ("--threads", "0"),
                              ("--threads", "-1"), ("--threads", "two"), ("--lanes", "1.5"),
                              ("--threads", "99999999999999999999")]:
            self.refused([f'{option}: "{value}" is not a whole number from 1 to'],
                         "run", "small.toml", "-o", "a.h5", option, value)
        self.assertEqual(self.files(), [])

    def test_numbers_of_readers_out_of_range_are_refused_in_a_short_line(self):
        for command in (["verify", "a.h5", "--sample", "0"], ["verify", "a.h5", "--run", "-1"],
                        ["verify", "a.h5", "--sample", "9" * 30], ["check", "a.toml", "--threads", "0"],
                        ["compare", "a.h5", "--point", "-1"], ["compare", "a.h5", "--confidence", "nan"],
                        ["compare", "a.h5", "--confidence", "1e999"]):
            message = self.refused([command[2], "is not a", " number from "], *command)
            self.assertLess(len(message), 160)


class PrintedModel(program.ProgramTest):
    def test_params_are_the_same_in_text_and_json(self):
        rows = json.loads(self.done("params", "--json"))
        text = self.done("params")
        self.assertGreater(len(rows), 100)
        for row in rows:
            self.assertIn(row["path"], text)
            for key in ("default", "unit", "source", "meaning"):
                self.assertIn(key, row)
            self.assertNotEqual(row["source"], "", row["path"])

    def test_params_are_filtered_by_path(self):
        rows = json.loads(self.done("params", "pricing", "--json"))
        self.assertGreater(len(rows), 0)
        self.assertTrue(all("pricing" in row["path"] for row in rows))

    def test_filter_that_fits_nothing_is_a_mistake(self):
        self.refused(['"pircing"'], "params", "pircing")

    def test_misspelt_filter_is_told_the_nearest_part_of_a_name(self):
        self.refused(["did you mean contagion?"], "params", "contagoin")
        self.refused(["did you mean colleague?"], "params", "coleague")
        self.refused(["did you mean pricing?"], "laws", "pircing")
        self.refused(["cercle laws lists all"], "laws", "xyz")

    def test_odd_prints_the_text_of_the_model_and_what_the_code_knows(self):
        text = self.done("odd")
        for words in ("# The model", "## 7. Submodels", "| `quits_ever` |", "| `client.exit` | leave |",
                      "| `contagion.colleague.weight` | 0.15 |"):
            self.assertIn(words, text)
        model = program.SOURCES / "docs" / "model.md"
        self.assertEqual(text, model.read_text(encoding="utf-8"),
                         "docs/model.md is out of date: cercle odd > docs/model.md")

    def test_laws_are_filtered_by_name_or_stage_and_keep_their_numbers(self):
        every = json.loads(self.done("laws", "--json"))
        some = json.loads(self.done("laws", "contagion", "--json"))
        self.assertEqual(some, [law for law in every if "contagion" in law["law"]])
        self.assertIn("needs", self.done("laws", "needs"))

    def test_laws_stand_in_the_order_of_a_step(self):
        laws = [law for law in json.loads(self.done("laws", "--json")) if not law["alone"]]
        stages = list(dict.fromkeys(law["stage"] for law in laws))
        self.assertLess(stages.index("engage"), stages.index("leave"))
        self.assertLess(stages.index("leave"), stages.index("account"))
        self.assertEqual([law["order"] for law in laws], list(range(1, len(laws) + 1)))
        text = self.done("laws")
        for law in laws:
            self.assertIn(law["law"], text)

    def test_schema_is_json_that_names_its_draft(self):
        schema = json.loads(self.done("schema"))
        self.assertIn("2020-12", schema["$schema"])

    def test_template_is_a_scenario_that_checks(self):
        template = self.done("template")
        self.assertIn("runs", self.done("check", "-", stdin=template))

    def test_unknown_template_is_refused(self):
        self.refused(["surevy"], "template", "surevy")

    def test_data_that_cannot_be_written_is_a_failure(self):
        with open("/dev/full", "w") as full:
            result = subprocess.run([program.PROGRAM, "params"], stdout=full,
                                    stderr=subprocess.PIPE, text=True, check=False)
        self.assertEqual(result.returncode, 1)
        self.assertIn("stdout", result.stderr)


if __name__ == "__main__":
    program.main()

"""`cercle infer`, `power` and `template survey`, as a user types them."""

import json
import re
import unittest

import netCDF4

import program

PEOPLE = "person_id,kind,team\n" + "".join(f"p{i},employee,t{i % 4}\n" for i in range(40))
TIES = "from_id,to_id,kind\n" + "".join(
    f"p{i},p{(i + step) % 40},colleague\n" for i in range(40) for step in (1, 5, 9))
WAVES = "person_id,date,score,scale_min,scale_max,instrument\n" + "".join(
    f"p{i},{2020 + w}-01-15,{(i * (w + 3) * 7) % 5 + 1},1,5,mood\n" for i in range(40) for w in range(5))


class Infer(program.ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("firm/people.csv", PEOPLE)
        self.write("firm/ties.csv", TIES)
        self.write("firm/waves.csv", WAVES)

    def test_every_method_prints_n_and_what_was_left_out(self):
        for method in ("moran", "geary", "assortativity", "icc", "peer_ols", "sar_ml", "nar"):
            text = self.done("infer", "firm", "--method", method, "--permutations", "99")
            self.assertIn("n = ", text)
            self.assertRegex(text, "(?m)^(Left out: |Nothing was left out)")

    def test_a_method_tells_nothing_of_fewer_people_than_are_to_be_told(self):
        self.write("firm/survey.toml", "privacy = 40\n")
        self.done("infer", "firm", "--method", "peer_ols")
        self.write("firm/survey.toml", "privacy = 41\n")
        self.refused(["at least 41 are needed"], "infer", "firm", "--method", "peer_ols")

    def test_a_covariate_of_one_person_is_refused_by_its_name(self):
        self.write("firm/people.csv", "".join(
            line.strip() + (",shift\n" if "kind" in line else ",1\n" if line.startswith("p7,") else ",0\n")
            for line in PEOPLE.splitlines(True)))
        told = self.refused(["--covariates shift", "fewer than 5 people"], "infer", "firm", "--method", "peer_ols",
                            "--covariates", "shift")

    def test_a_method_takes_lang_and_join_count_is_binary(self):
        self.write("firm/waves.csv", "person_id,date,score,scale_min,scale_max,instrument\n" + "".join(
            f"p{i},2020-01-15,{i % 3 == 0:d},0,1,leaves\n" for i in range(40)))
        self.assertIn("row-standardised", self.done("infer", "firm", "--method", "moran", "--lang", "fr"))
        self.assertIn("binary", self.done("infer", "firm", "--method", "join_count"))
        self.assertIn("row-standardised", self.done("infer", "firm", "--method", "join_count", "--weights", "row"))

    def test_joins_of_few_and_ties_of_few_tell_nothing(self):
        self.write("firm/waves.csv", "person_id,date,score,scale_min,scale_max,instrument\n" + "".join(
            f"p{i},2020-01-15,{i < 4:d},0,1,leaves\n" for i in range(40)))
        self.refused(["fewer than 5 people have one of the two values of leaves"],
                     "infer", "firm", "--method", "join_count")
        self.write("firm/ties.csv", "from_id,to_id\np1,p2\np2,p3\np3,p4\n")
        for method in ("moran", "geary", "join_count", "assortativity", "peer_ols", "sar_ml"):
            self.refused(["fewer than 5 people with leaves have a contact"], "infer", "firm", "--method", method)

    def test_a_coefficient_beside_fixed_effects_gives_nobody_away(self):
        # Everybody of team t0 has the mark but p4: beside effects of teams it would be p4's answer.
        self.write("firm/people.csv", "".join(
            line.strip() + (",mark\n" if "kind" in line else f",{line.endswith(',t0' + chr(10)) and not line.startswith('p4,'):d}\n")
            for line in PEOPLE.splitlines(True)))
        for method in ("peer_ols", "tsls", "nar"):
            self.refused(["--covariates mark", "inside the groups of --fixed-effects"], "infer", "firm", "--method",
                         method, "--covariates", "mark", "--fixed-effects", "team")

    def test_an_option_that_a_method_does_not_look_at_is_refused(self):
        for method, options, told in (
                ("moran", ("--fixed-effects", "bogus"), "--fixed-effects: --method moran does not look at it"),
                ("moran", ("--period", "moth"), "--period: --method moran does not look at it"),
                ("nar", ("--period", "moth"), "(it goes with exposure_logit, shuffle, reversal)"),
                ("geary", ("--contextual", "--lag", "7", "--cluster", "site"), "--cluster: --method geary"),
                ("nar", ("--fixed-effects", "teams"), "did you mean team?"),
                ("handover", ("--layer", "colleague"), "--layer colleague: --method handover is about clients")):
            self.refused([told], "infer", "firm", "--method", method, *options)

    def test_few_people_are_not_told_of_at_all(self):
        self.write("firm/survey.toml", "privacy = 41\n")
        self.refused(["fewer than 41 people"], "infer", "firm", "--method", "nar")
        text = self.done("infer", "firm", "--quiet")
        self.assertIn("(too few people to be told of", text)
        self.assertNotRegex(text, "T[1-6] |answered,|linked|stability")

    def test_two_waves_need_a_third(self):
        self.write("firm/waves.csv", "".join(
            line for line in WAVES.splitlines(True) if "date" in line or "2020-" in line or "2021-" in line))
        text = self.done("infer", "firm", "--quiet")
        self.assertIn("(two waves only", text)
        self.assertIn("ask a third time", text)

    def test_json_holds_the_same_numbers(self):
        told = json.loads(self.done("infer", "firm", "--method", "moran", "--json"))
        self.assertEqual(told["n"], 40)
        self.assertEqual(told["coefficients"][0]["name"], "Moran's I")

    def test_wave_direction_and_weights_are_chosen(self):
        text = self.done("infer", "firm", "--method", "moran", "--wave", "2021-01-15", "--direction",
                         "received", "--weights", "binary")
        self.assertIn("mood on 2021-01-15, colleague ties (as received), binary", text)

    def test_verdict_is_printed_and_written(self):
        text = self.done("infer", "firm", "--calibration", "5", "--quiet", "-o", "out/verdict.h5")
        self.assertRegex(text, "colleague to colleague: V[0-6]")
        self.assertIn("Assumed, and not tested", text)
        with netCDF4.Dataset(self.folder / "out/verdict.h5") as file:
            self.assertEqual(file.filetype, "cercle-verdict")
            self.assertEqual(list(file["channel"][:]), ["colleague"])
            report = json.loads(file["report"][0])
            people = file["team_people"][:]
        self.assertEqual(report["channels"][0]["calibration"]["without_contagion"][0]["panels"], 5)
        self.assertEqual(list(people), [8, 8, 8, 8])
        self.refused(["exists already", "--overwrite"], "infer", "firm", "-o", "out/verdict.h5")
        self.done("infer", "firm", "--calibration", "0", "--quiet", "-o", "out/verdict.h5", "--overwrite")

    def test_no_file_of_the_survey_nor_any_that_is_no_result_is_replaced(self):
        self.write("notes.txt", "mine")
        for command in ("infer", "power"):
            for name in ("firm/people.csv", "./firm/../firm/waves.csv", "firm/events.csv", "firm/survey.toml"):
                self.refused([name, "is a file of the survey"], command, "firm", "-o", name, "--overwrite")
            self.refused(["notes.txt", "is no result file"], command, "firm", "-o", "notes.txt", "--overwrite")
        self.assertEqual((self.folder / "firm/people.csv").read_text(), PEOPLE)
        self.assertEqual((self.folder / "notes.txt").read_text(), "mine")
        self.assertNotIn("firm/events.csv", self.files())

    def test_answers_with_dates_of_their_own_are_refused_and_gathered_where_that_is_said(self):
        self.write("firm/waves.csv", "".join(
            line if "date" in line else re.sub("-15,", f"-{10 + i % 13},", line)
            for i, line in enumerate(WAVES.splitlines(True))))
        self.refused(["answers to mood of 40 people have 65 dates from 2020-01-10 to 2024-01-22", 'wave = "month"'], "infer", "firm")
        self.write("firm/survey.toml", 'wave = "month"\n')
        self.assertRegex(self.done("infer", "firm", "--calibration", "0"), "colleague to colleague: V[0-6]")

    def test_no_id_of_a_person_or_team_is_in_the_file(self):
        self.write("secret/people.csv", PEOPLE.replace("p1", "jeanne1").replace(",t", ",secret-team"))
        self.write("secret/ties.csv", TIES.replace("p1", "jeanne1"))
        self.write("secret/waves.csv", WAVES.replace("p1", "jeanne1"))
        text = self.done("infer", "secret", "--calibration", "0", "-o", "v.h5")
        for told in (text.encode(), (self.folder / "v.h5").read_bytes()):
            self.assertNotIn(b"jeanne", told)
            self.assertNotIn(b"secret-team", told)

    def test_verdict_is_told_in_french(self):
        text = self.done("infer", "firm", "--calibration", "0", "--lang", "fr")
        self.assertIn("collègue → collègue", text)
        self.assertIn("Prochaine étape", text)

    def test_french_has_no_english_words_and_decimal_commas(self):
        self.done("template", "survey", "-o", "company", "--teams", "5", "--waves", "8", "--handovers", "40")
        text = self.done("infer", "company", "--calibration", "2", "--permutations", "99", "--quiet", "--lang", "fr")
        text += self.done("power", "company", "--panels", "10", "--quiet", "--lang", "fr")
        text += self.done("infer", "firm", "--calibration", "0", "--permutations", "99", "--lang", "fr")
        english = re.findall(r"(?i)\b(the|of|and|data|ties|waves(?!\.csv)|people|answered|estimate|resemblance along|clients handed|"
                             r"hand-overs|left out|evidence|shocks|homophily|found|above|employees?|not|follow)\b", text)
        self.assertEqual(english, [])
        self.assertEqual(re.findall(r"\d\.\d", text), [])
        self.assertRegex(text, r"T2 les réponses suivent .*[-+]0,\d+ \[[-+]?\d,\d+ ; [-+]?\d,\d+\]")

    def test_no_estimate_of_complete_teams_is_printed_or_written(self):
        self.write("firm/ties.csv", "from_id,to_id\n" + "".join(
            f"p{i},p{j}\n" for i in range(40) for j in range(40) if i % 4 == j % 4 and i != j))
        text = self.done("infer", "firm", "--quiet", "-o", "v0.h5")
        self.assertIn("V0", text)
        self.assertNotRegex(text, "T[1-6] |p after|w =")
        with netCDF4.Dataset(self.folder / "v0.h5") as file:
            for name in ("effect", "effect_low", "p_resemblance", "p_lag", "p_simultaneity", "size", "power_evidence"):
                self.assertIs(file[name][0], netCDF4.numpy.ma.masked, name)

    def test_an_instrument_is_asked_for(self):
        self.write("firm/waves.csv", WAVES + "".join(
            f"p{i},{2020 + w}-01-15,{(i * (w + 3) * 11) % 2},0,1,quit_soon\n" for i in range(0, 40) for w in range(4)))
        told = json.loads(self.done("infer", "firm", "--calibration", "0", "--json", "--outcome", "quit_soon"))
        self.assertEqual(told["employee_instrument"], "quit_soon")
        self.assertEqual(told["channels"][0]["data"]["waves"], 4)
        self.refused(["--outcome quit_son", "did you mean quit_soon?"], "infer", "firm", "--outcome", "quit_son")

    def test_settings_of_a_folder_are_read_as_documented(self):
        page = (program.SOURCES / "docs/inference.md").read_text()
        settings = re.search(r"```toml\n(.*?)```", page, re.S).group(1)
        self.write("firm/survey.toml", settings)
        self.write("firm/people.csv", PEOPLE.replace("person_id", "Matricule").replace("team", "Service", 1))
        self.write("firm/waves.csv", "".join(
            line.replace("person_id,date,score,scale_min,scale_max", "Matricule;date;Note") if "date" in line else
            "{};15/01/{};{},0;mood\n".format(line.split(",")[0], line.split(",")[1][:4], line.split(",")[2]) for line in WAVES.splitlines(True)
        ).replace("Note,instrument", "Note;instrument"))
        self.assertRegex(self.done("infer", "firm", "--calibration", "0"), "colleague to colleague: V[0-6]")
        self.write("firm/survey.toml", settings + "privacy = 3\n[scale.mod]\nmin = 0\n")
        self.refused(["survey.toml:"], "infer", "firm", "-o", "v.h5")
        self.assertNotIn("v.h5", self.files())
        self.write("firm/survey.toml", "privacy = 3\nscales = 1\n")
        self.refused(["survey.toml:1:11: privacy = 3 is below 5", "2:1: unknown setting scales (did you mean scale?)"],
                     "infer", "firm")

    def test_same_bytes_on_any_number_of_threads(self):
        texts = {self.done("infer", "firm", "--calibration", "3", "--quiet", "--threads", threads)
                 for threads in (1, 2, 3, 7)}
        self.assertEqual(len(texts), 1)

    def test_one_wave_cannot_be_asked(self):
        self.write("firm/waves.csv", "".join(
            line for line in WAVES.splitlines(True) if "date" in line or "2020-" in line))
        text = self.done("infer", "firm", "--quiet")
        self.assertIn("V0", text)
        self.assertIn("(one wave only)", text)

    def test_mistakes_are_told_and_nothing_is_written(self):
        self.write("firm/waves.csv", WAVES.replace("p3,2020-01-15,", "p3,15.1.2020,").replace(
            "p4,2021-01-15,", "x4,2021-01-15,"))
        self.refused(["waves.csv:", "is not a date", "1 person is not in"], "infer", "firm", "-o", "v.h5")
        self.assertNotIn("v.h5", self.files())
        self.write("firm/waves.csv", WAVES.replace(",score,", ",sccore,", 1))
        self.refused(["no column score", "did you mean sccore?"], "infer", "firm")
        self.write("firm/waves.csv", WAVES)
        self.refused(["--method", "did you mean moran?"], "infer", "firm", "--method", "morann")
        self.refused(["did you mean mood?"], "infer", "firm", "--method", "moran", "--outcome", "moood")
        self.refused(["2020-01-15"], "infer", "firm", "--method", "moran", "--wave", "2019-01-15")
        self.refused(["--layer", "add --method"], "infer", "firm", "--layer", "colleague")
        self.refused(["nowhere", "is not a folder"], "infer", "nowhere")

    def test_constant_scores_are_refused(self):
        self.write("firm/waves.csv", "person_id,date,score\n" + "".join(
            f"p{i},2020-01-15,3\n" for i in range(40)))
        self.refused(["all 40 scores are 3"], "infer", "firm", "--method", "moran")


class TemplateSurvey(program.ProgramTest):
    def test_makes_a_company_that_infer_and_power_read(self):
        self.done("template", "survey", "-o", "company", "--truth", "contagion", "--seed", "3",
                  "--teams", "4", "--waves", "9", "--handovers", "30")
        text = self.done("infer", "company", "--calibration", "0", "--permutations", "99")
        self.assertRegex(text, "employee to client: V[1-6]")
        told = json.loads(self.done("power", "company", "--panels", "10", "--quiet", "--json"))
        self.assertIn("employee_client", {each["channel"] for each in told})
        self.done("power", "company", "--panels", "10", "--quiet", "-o", "out/power.h5")
        with netCDF4.Dataset(self.folder / "out/power.h5") as file:
            self.assertEqual(file.filetype, "cercle-power")
            table = file["power"]
            self.assertEqual(list(table["channel"][:]), [each["channel"] for each in told])
            self.assertEqual(list(table["significant_025"][:]), [each["power"][1]["significant"] for each in told])
            self.assertEqual(table["evidence_025"][:].tolist(), [each["power"][1]["evidence"] for each in told])
            self.assertEqual(list(table["handovers"][:]), [each["handovers"] for each in told])
        self.refused(["exists already", "--overwrite"], "power", "company", "-o", "out/power.h5")
        self.refused(["holds the table of cercle power", "open its group power with xarray"],
                     "compare", "out/power.h5")
        self.done("template", "scenario", "--from", "company", "-o", "mine")
        plan = self.done("check", "mine/scenario.toml")
        self.assertIn("3 arms", plan)
        self.assertIn("32 positions (32 filled)", plan)
        self.assertIn("(128 served)", plan)
        self.done("run", "mine/scenario.toml", "-o", "mine/r.h5", "--replicates", "2", "--quiet")
        with netCDF4.Dataset(self.folder / "mine/r.h5") as file:
            self.assertEqual(set(file["series/employees"][..., 0].ravel()), {32}, "month 0: as on the roster")
            self.assertEqual(set(file["series/clients"][..., 0].ravel()), {128})
        self.refused(["mine/people.csv"], "template", "scenario", "--from", "company", "-o", "mine")
        self.refused(["add -o"], "template", "scenario", "--from", "company")
        self.refused(["company/people.csv"], "template", "survey", "-o", "company")
        self.refused(["did you mean contagion?"], "template", "survey", "-o", "b", "--truth", "contagoin")
        self.refused(["add -o"], "template", "survey")
        self.refused(["2 teams have 64 clients", "ask for 64 or fewer, or for 32 teams"],
                     "template", "survey", "-o", "b", "--handovers", "1000", "--teams", "2")
        self.done("template", "survey", "-o", "b", "--teams", "2", "--waves", "2")
        self.assertEqual((self.folder / "b/handovers.csv").read_text().count("\n"), 65)
        self.refused(["--truth", "template survey"], "template", "--truth", "none")
        self.refused(["--from", "template scenario"], "template", "survey", "-o", "c", "--from", "company")
        self.refused(["--seed", "template survey"], "template", "scenario", "-o", "c", "--from", "company",
                     "--seed", "3")
        self.assertFalse((self.folder / "c").exists())
        roster = (self.folder / "mine/people.csv").read_text()
        self.assertEqual(re.findall("(?m)^[ec]([0-9]+),", roster),
                         [str(i + 1) for i in range(32)] + [str(i + 1) for i in range(128)])
        self.done("template", "scenario", "--from", "company", "-o", "again")
        self.assertEqual((self.folder / "again/people.csv").read_text(), roster)
        self.assertEqual((self.folder / "again/ties.csv").read_text(), (self.folder / "mine/ties.csv").read_text())


if __name__ == "__main__":
    program.main()

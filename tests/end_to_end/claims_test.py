"""What the model says of the claims: `cercle claims`, as its users call it."""

import json

import xarray

import program

CHEAP = ("--replicates", "2", "--threads", "2")


class Claims(program.ProgramTest):
    def test_one_claim_is_told_at_length_in_either_language(self):
        english = self.done("claims", "C33", *CHEAP)
        french = self.done("claims", "c33", *CHEAP, "--lang", "fr")

        self.assertIn("31\u00a0% more productive", english)
        self.assertIn("output.productivity = 0.35", english)
        self.assertIn("cercle run scenarios/claims/c33.toml", english)
        self.assertIn("31\u00a0% plus productifs", french)
        self.assertIn("Mécanisme", french)

    def test_several_claims_are_a_table_of_a_hundred_columns_with_verdicts_counted(self):
        table = self.done("claims", "C33", "C25", "C32", *CHEAP)

        self.assertLessEqual(max(map(len, table.splitlines())), 100)
        self.assertIn("not testable here", table)
        self.assertRegex(table, r"(?m)^ +2  not testable here$")

    def test_every_claim_has_an_answer_in_both_languages(self):
        # The claims that are not testable cost nothing; the others run in tests of their own.
        answers = json.loads(self.done("claims", "C15", "C25", "C32", "C37", "C40", "--json"))

        self.assertEqual([answer["claim"] for answer in answers],
                         ["C15", "C25", "C32", "C37", "C40"])
        for answer in answers:
            self.assertEqual(answer["verdict"], "not testable here")
            self.assertTrue(answer["sentence"]["en"].startswith("Not testable here: "))
            self.assertTrue(answer["sentence"]["fr"].startswith("Non testable ici\u00a0: "))

    def test_answers_do_not_depend_on_threads(self):
        one = self.done("claims", "C34", "--json", "--replicates", "3", "--threads", "1")
        two = self.done("claims", "C34", "--json", "--replicates", "3", "--threads", "2")

        self.assertEqual(one, two)

    def test_the_file_is_read_by_xarray_and_its_scenarios_can_be_run(self):
        self.done("claims", "C33", "C25", *CHEAP, "-o", "claims.h5")

        with xarray.open_dataset(self.folder / "claims.h5", group="claims") as claims:
            self.assertEqual(list(claims["claim"].values), ["C33", "C25"])
            self.assertGreater(float(claims["effect"][0]), 0.2)
            self.assertTrue(claims["effect"].isnull()[1])
            self.assertEqual(claims["effect"].attrs["units"], "as unit says")
            self.assertEqual(str(claims["point"].values[0]), "C33.0")
            text = str(claims["scenario"].values[0])
            effect = float(claims["effect"][0])
        self.write("again.toml", text)
        self.done("run", "again.toml", "-o", "again.h5", "--quiet", "--replicates", "2")
        with xarray.open_dataset(self.folder / "again.h5") as runs:
            engaged, average = (runs["productivity"].sel(arm=arm).mean()
                                for arm in ("engaged", "average"))
        self.assertAlmostEqual(float((engaged - average) / average), effect, places=9)

    def test_mistakes_are_told_before_anything_runs(self):
        self.refused(["unknown claim C41", "C1 to C40", "did you mean"], "claims", "C41")
        self.refused(["no-claim"], "claims", "no-claim")
        self.refused(["replicates"], "claims", "C25", "--replicates", "1")
        self.refused(["--lang"], "claims", "C25", "--lang", "de")
        self.refused(["there is no folder"], "claims", "C25", "-o", "no/such/folder/claims.h5")
        self.refused(["is a folder"], "claims", "C25", "-o", ".")
        self.assertEqual(self.files(), [])

    def test_an_existing_file_is_not_replaced_unasked(self):
        self.done("claims", "C25", "-o", "claims.h5")
        before = (self.folder / "claims.h5").read_bytes()

        self.refused(["claims.h5", "exists already"], "claims", "C32", "-o", "claims.h5")
        self.assertEqual((self.folder / "claims.h5").read_bytes(), before)
        self.done("claims", "C32", "-o", "claims.h5", "--overwrite")
        self.refused(["is no result file"], "claims", "C32", "-o", "small.toml", "--overwrite")
        self.assertIn("cercle = 1", (self.folder / "small.toml").read_text(encoding="utf-8"))


if __name__ == "__main__":
    program.main()

"""The page that `cercle report` writes, and what it refuses."""

import re

import program


class Report(program.ProgramTest):
    def study(self, name="small.h5"):
        self.done("run", "small.toml", "-o", name, "--quiet")
        return name

    def page(self, name="page.html"):
        return (self.folder / name).read_text(encoding="utf-8")

    def test_a_study_becomes_one_page_that_needs_no_other_file(self):
        self.done("report", self.study(), "-o", "page.html")

        page = self.page()
        self.assertLess(len(page), 3e6)
        self.assertNotRegex(page, r"<(script|link|img)[^>]*\s(src|href)=\"(?!data:)")
        for part in ("answer", "differences", "trajectories", "people", "assumptions", "provenance"):
            self.assertIn(f'<section id="{part}">', page)
        self.assertIn("University of Washington Interactive Data Lab", page)

    def test_the_same_file_gives_the_same_page(self):
        study = self.study()
        self.done("report", study, "-o", "one.html")
        self.done("report", study, "-o", "two.html")

        self.assertEqual(self.page("one.html"), self.page("two.html"))

    def test_every_kind_of_file_has_its_sections_and_they_share_a_page(self):
        self.done("claims", "C33", "C25", "--replicates", "2", "-o", "claims.h5")
        self.done("template", "survey", "-o", "company", "--truth", "contagion", "--seed", "3")
        self.done("infer", "company", "--calibration", "2", "--permutations", "19", "-o", "verdict.h5",
                  "--quiet")
        self.done("report", self.study(), "claims.h5", "verdict.h5", "-o", "page.html", "--lang", "fr")

        page = self.page()
        self.assertIn('<section id="answer">', page)
        self.assertIn('<section id="claims-2">', page)
        self.assertIn('<section id="inference-3">', page)
        self.assertIn("Est-ce une contagion ?", page)

    def test_designs_bring_attribution_and_sensitivity(self):
        toggles = (program.SMALL + '[design]\nmethod = "toggles"\n'
                   '[[factor]]\nname = "price"\npaths = ["pricing.rule"]\n'
                   '[[factor]]\nname = "rest"\npaths = ["governance"]\n')
        self.write("toggles.toml", toggles)
        sobol = (program.SMALL + '[design]\nmethod = "saltelli"\nsize = 8\n'
                 '[[factor]]\npath = "contagion.colleague.weight"\nrange = [0.0, 0.5]\n'
                 '[[factor]]\npath = "needs.speed"\nrange = [0.1, 0.3]\n')
        self.write("sobol.toml", sobol)
        self.done("run", "toggles.toml", "-o", "toggles.h5", "--quiet")
        self.done("run", "sobol.toml", "-o", "sobol.h5", "--quiet", "--replicates", "2")
        self.done("report", "toggles.h5", "-o", "toggles.html")
        self.done("report", "sobol.h5", "-o", "sobol.html")

        self.assertIn('<section id="attribution">', self.page("toggles.html"))
        self.assertIn('<section id="sensitivity">', self.page("sobol.html"))

    def test_a_page_is_not_replaced_unasked(self):
        study = self.study()
        self.write("page.html", "mine")
        self.refused(["page.html", "--overwrite"], "report", study, "-o", "page.html")
        self.assertEqual(self.page(), "mine")

        self.done("report", study, "-o", "page.html", "--overwrite")
        self.assertIn("<!doctype html>", self.page())

    def test_what_is_no_result_is_told_and_leaves_no_page(self):
        study = self.study()
        whole = (self.folder / study).read_bytes()
        (self.folder / "half.h5").write_bytes(whole[:len(whole) // 2])
        self.write("empty.h5", "")
        self.write("text.h5", "not a result\n")
        self.done("run", "small.toml", "-o", "shard.h5", "--quiet", "--shard", "1/20")
        cases = {"nowhere.h5": "there is no such file", "half.h5": "cut short", "empty.h5": "is empty",
                 "text.h5": "not HDF5", "shard.shard-1-of-20.h5": "no finished"}
        before = self.files()

        for name, why in cases.items():
            self.refused([name, why], "report", name, "-o", "page.html")

        self.assertEqual(self.files(), before)

    def test_a_page_in_french_quotes_its_numbers_the_french_way(self):
        self.done("report", self.study(), "-o", "page.html", "--lang", "fr")

        page = self.page()
        self.assertIn('<html lang="fr">', page)
        self.assertRegex(page, re.compile(r"<h1>[^<]*\d,\d[^<]*</h1>"))

    def test_a_firm_alone_and_a_law_alone_have_their_pages_too(self):
        alone = program.SMALL[:program.SMALL.index("[[arm]]")]
        self.write("alone.toml", alone)
        self.done("run", "alone.toml", "-o", "alone.h5", "--quiet")
        self.done("report", "alone.h5", "-o", "alone.html")
        law = program.SOURCES / "scenarios/laboratory/sis_complete_graph.toml"
        self.done("run", law, "-o", "law.h5", "--quiet", "--replicates", "4")
        self.done("report", "law.h5", "-o", "law.html")

        self.assertNotIn('<section id="differences">', self.page("alone.html"))
        self.assertIn("nothing to compare it with", self.page("alone.html"))
        self.assertIn('<section id="answer">', self.page("law.html"))


if __name__ == "__main__":
    program.main()

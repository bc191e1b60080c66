"""The page that `cercle report` writes, and what it refuses."""

import re
import resource

import netCDF4

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
        own = page[:page.index("<script>")]
        self.assertEqual(re.findall(r"<(?:script|link|img)[^>]*\s(?:src|href)=\"(?!data:)", own), [])
        self.assertEqual(page.count("<script src"), 0)
        for part in ("answer", "differences", "trajectories", "people", "assumptions", "provenance"):
            self.assertEqual(page.count(f'<section id="{part}">'), 1, part)
        self.assertTrue("University of Washington Interactive Data Lab" in page)

    def test_the_same_file_gives_the_same_page(self):
        study = self.study()
        self.done("report", study, "-o", "one.html")
        self.done("report", study, "-o", "two.html")

        self.assertTrue(self.page("one.html") == self.page("two.html"))

    def test_every_kind_of_file_has_its_sections_and_they_share_a_page(self):
        self.done("claims", "C33", "C25", "--replicates", "2", "-o", "claims.h5")
        self.done("template", "survey", "-o", "company", "--truth", "contagion", "--seed", "3")
        self.done("infer", "company", "--calibration", "2", "--permutations", "19", "-o", "verdict.h5",
                  "--quiet")
        self.done("report", self.study(), "claims.h5", "verdict.h5", "-o", "page.html", "--lang", "fr")

        page = self.page()
        self.assertTrue('<section id="answer">' in page)
        self.assertTrue('<section id="claims-2">' in page)
        self.assertTrue('<section id="inference-3">' in page)
        self.assertTrue("Est-ce une contagion ?" in page)

    def test_designs_bring_attribution_and_sensitivity(self):
        toggles = (program.SMALL + '[design]\nmethod = "toggles"\n'
                   '[[factor]]\nname = "price"\npaths = ["pricing.rule"]\n'
                   '[[factor]]\nname = "rest"\npaths = ["governance.regime"]\n')
        self.write("toggles.toml", toggles)
        sobol = (program.SMALL + '[design]\nmethod = "saltelli"\nsize = 8\n'
                 '[[factor]]\npath = "contagion.colleague.weight"\nrange = [0.0, 0.5]\n'
                 '[[factor]]\npath = "needs.speed"\nrange = [0.1, 0.3]\n')
        self.write("sobol.toml", sobol)
        self.done("run", "toggles.toml", "-o", "toggles.h5", "--quiet")
        self.done("run", "sobol.toml", "-o", "sobol.h5", "--quiet", "--replicates", "2")
        self.done("report", "toggles.h5", "-o", "toggles.html")
        self.done("report", "sobol.h5", "-o", "sobol.html")

        self.assertTrue('<section id="attribution">' in self.page("toggles.html"))
        self.assertTrue('<section id="sensitivity">' in self.page("sobol.html"))

    def section(self, name, page="page.html"):
        text = self.page(page)
        begin = text.index(f'<section id="{name}">')
        return text[begin:text.index("</section>", begin)]

    def test_what_a_page_goes_without_is_told(self):
        self.write("toggles.toml", program.SMALL + '[design]\nmethod = "toggles"\n'
                   '[[factor]]\nname = "price"\npaths = ["pricing.rule"]\n'
                   '[[factor]]\nname = "rest"\npaths = ["governance.regime"]\n')
        self.write("grid.toml", program.SMALL + '[design]\nmethod = "grid"\n'
                   '[[factor]]\npath = "needs.speed"\nlevels = [0.1, 0.2]\n')
        self.done("run", "toggles.toml", "-o", "toggles.h5", "--quiet", "--set", "observe.series=none")
        self.done("run", "grid.toml", "-o", "grid.h5", "--quiet")
        with netCDF4.Dataset(self.folder / "toggles.h5", "r+") as file:
            mixed = [point for point, row in enumerate(file["design"][:]) if not all(row == 1)]
            file["status"][0, mixed[0], :] = 0
        self.done("report", "toggles.h5", "-o", "toggles.html")
        self.done("report", "grid.h5", "-o", "grid.html", "--lang", "fr")

        self.assertFalse('<section id="attribution">' in self.page("toggles.html"))
        told = self.section("left-out", "toggles.html")
        for part in ("What makes the difference: no replicate is finished", "Month by month: the file keeps no",
                     "The people: "):
            self.assertIn(part, told)
        self.assertTrue("42 of 48 runs done" in self.page("toggles.html"))
        self.assertIn("ne pose pas de question", self.section("left-out", "grid.html"))
        self.assertIn("point 0", self.section("people", "grid.html"))

    def test_people_are_shown_only_of_the_runs_that_are_in_the_file(self):
        study = self.study()
        self.done("report", study, "-o", "same.html")
        with netCDF4.Dataset(self.folder / study, "r+") as file:
            series = file["series"]["engagement_employee"]
            series[...] = series[...] + 0.01
        self.done("report", study, "-o", "other.html")

        self.assertTrue('<section id="people">' in self.page("same.html"))
        self.assertFalse('<section id="people">' in self.page("other.html"))
        self.assertIn("does not make the runs of the file again", self.section("left-out", "other.html"))

    def test_a_page_that_is_mailed_tells_no_folders_and_no_small_teams(self):
        names = [f"p{i}" for i in range(12)]
        self.write("ours_alone/ties.csv", "from_id,to_id\n" + "".join(
            f"{one},{other}\n" for one, other in zip(names, names[1:] + names[:1])))
        self.write("ours_alone/people.csv", "person_id,team\n" + "".join(
            f"{name},{'alone' if i == 0 else 'most'}\n" for i, name in enumerate(names)))
        folder = self.folder / "ours_alone"
        self.done("run", "small.toml", "-o", "ours_alone/our file.h5", "--quiet",
                  "--set", f"network.colleague.file={folder}/ties.csv",
                  "--set", f"network.people.file={folder}/people.csv")
        self.done("report", "ours_alone/our file.h5", "-o", "page.html")

        page = self.page()
        self.assertFalse("ours_alone" in page)
        self.assertIn("network.colleague.file=ties.csv", self.section("provenance"))
        self.assertIn("cercle verify &#39;our file.h5&#39;", self.section("provenance"))
        self.assertIn("Small teams", self.section("people"))
        self.assertNotIn("Team ", self.section("people"))

    def test_files_of_claims_and_verdicts_tell_seed_and_command(self):
        self.done("claims", "C33", "--replicates", "2", "-o", "claims.h5")
        self.done("template", "survey", "-o", "company", "--truth", "contagion", "--seed", "3")
        self.done("infer", "company", "--calibration", "0", "--permutations", "19", "--seed", "11",
                  "-o", "verdict.h5", "--quiet")
        self.done("report", "claims.h5", "verdict.h5", "-o", "page.html")

        verdict = self.section("provenance-inference-2")
        for part in ("<td>Seed</td><td>11</td>", "<td>Permutations</td><td>19</td>", "--seed 11", "Command"):
            self.assertIn(part, verdict)
        claims = self.section("provenance-claims")
        self.assertRegex(claims, r"<td>Seed</td><td>\d+</td>")
        self.assertIn("claims C33 --replicates 2", claims)

    def test_many_design_points_take_no_longer_than_many_replicates(self):
        self.write("lhs.toml", program.SMALL.replace("replicates = 6", "replicates = 1") +
                   '[design]\nmethod = "lhs"\nsize = 1500\n'
                   '[[factor]]\npath = "needs.speed"\nrange = [0.1, 0.3]\n')
        self.write("many.toml", program.SMALL.replace("replicates = 6", "replicates = 1500"))
        taken = {}
        for name in ("lhs", "many"):
            self.done("run", f"{name}.toml", "-o", f"{name}.h5", "--quiet")
            taken[name] = self.processor_time("report", f"{name}.h5", "-o", f"{name}.html",
                                              also=("export", f"{name}.h5", "-o", name))

        # Four times and half a second: before points were read in blocks it was thirty times.
        self.assertLess(taken["lhs"], 4 * taken["many"] + 0.5, taken)

    def processor_time(self, *arguments, also):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.done(*arguments)
        self.done(*also)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def test_what_a_design_varies_is_not_told_as_fixed(self):
        self.write("grid.toml", program.SMALL + '[design]\nmethod = "grid"\n'
                   '[[factor]]\npath = "contagion.colleague.weight"\nlevels = [0.1, 0.4]\n'
                   '[[factor]]\npath = "pricing.rule"\nlevels = ["fair", "market"]\n')
        self.done("run", "grid.toml", "-o", "grid.h5", "--quiet")
        self.done("report", "grid.h5", "-o", "page.html")

        page = self.page()
        varied = page[page.index("Varied by the design"):]
        varied = re.sub(r"<[^>]*>", "|", varied[:varied.index("</table>")])
        self.assertRegex(varied, r"contagion\.colleague\.weight\|+0\.1, 0\.4\|")
        self.assertIn('&quot;fair&quot;, &quot;market&quot;', varied)
        for name in ("contagion.colleague.weight", "pricing.rule"):
            self.assertEqual(page.count(f"<td>{name}</td>") + page.count(f'">{name}</td>'), 1, name)
        self.assertNotIn("pricing.rule", self.done("compare", "grid.h5"))
        self.done("export", "grid.h5", "-o", "csv")
        columns = (self.folder / "csv" / "columns.csv").read_text(encoding="utf-8")
        self.assertIn('0 = ""fair"", 1 = ""market""', columns)

    def test_a_file_is_named_once(self):
        self.refused(["named twice"], "report", self.study(), "./small.h5", "-o", "page.html")

    def test_a_page_explains_its_words(self):
        self.done("report", self.study(), "-o", "page.html")
        words = self.page()[self.page().index('<section id="words">'):]
        self.assertIn("Net promoter score", words[:words.index("</section>")])

    def test_a_page_is_not_replaced_unasked(self):
        study = self.study()
        self.write("page.html", "mine")
        self.refused(["page.html", "--overwrite"], "report", study, "-o", "page.html")
        self.assertEqual(self.page(), "mine")

        self.done("report", study, "-o", "page.html", "--overwrite")
        self.assertTrue(self.page().startswith("<!doctype html>"))

    def test_a_page_never_replaces_results(self):
        study = self.study()
        self.study("other.h5")
        (self.folder / "link.html").symlink_to("other.h5")
        before = {name: (self.folder / name).read_bytes() for name in ("small.h5", "other.h5")}

        for output in ("small.h5", "./small.h5", "other.h5", "link.html"):
            self.refused([output, "a page never replaces one"],
                         "report", study, "-o", output, "--overwrite")
        self.refused(["pages cannot go to stdout"], "report", study, "-o", "-")

        for name, content in before.items():
            self.assertTrue((self.folder / name).read_bytes() == content, name)

    def test_what_is_no_result_is_told_and_leaves_no_page(self):
        study = self.study()
        whole = (self.folder / study).read_bytes()
        (self.folder / "half.h5").write_bytes(whole[:len(whole) // 2])
        self.write("empty.h5", "")
        self.write("text.h5", "not a result\n")
        for name, change in {
                "pending.h5": lambda file: file["status"].__setitem__(slice(None), 0),
                "newer.h5": lambda file: file.setncattr("format_version", 9),
                "other.h5": lambda file: file.setncattr("filetype", "somebody-elses")}.items():
            (self.folder / name).write_bytes(whole)
            with netCDF4.Dataset(self.folder / name, "r+") as file:
                change(file)
        cases = {"nowhere.h5": "there is no such file", "half.h5": "cut short", "empty.h5": "is empty",
                 "text.h5": "not HDF5", "pending.h5": "finished", "newer.h5": "newer",
                 "other.h5": "of another kind"}
        before = self.files()

        for name, why in cases.items():
            self.refused([name, why], "report", name, "-o", "page.html")

        self.assertEqual(self.files(), before)

    def test_a_page_in_french_quotes_its_numbers_the_french_way(self):
        self.done("report", self.study(), "-o", "page.html", "--lang", "fr")

        page = self.page()
        self.assertTrue('<html lang="fr">' in page)
        self.assertRegex(page[page.index("<h1>"):page.index("</h1>")], r"\d,\d")

    def test_a_firm_alone_and_a_law_alone_have_their_pages_too(self):
        alone = program.SMALL[:program.SMALL.index("[[arm]]")]
        self.write("alone.toml", alone)
        self.done("run", "alone.toml", "-o", "alone.h5", "--quiet")
        self.done("report", "alone.h5", "-o", "alone.html")
        law = program.SOURCES / "scenarios/laboratory/sis_complete_graph.toml"
        self.done("run", law, "-o", "law.h5", "--quiet", "--replicates", "4")
        self.done("report", "law.h5", "-o", "law.html")

        self.assertFalse('<section id="differences">' in self.page("alone.html"))
        self.assertTrue("nothing to compare it with" in self.page("alone.html"))
        self.assertTrue('<section id="answer">' in self.page("law.html"))


if __name__ == "__main__":
    program.main()

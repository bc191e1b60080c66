"""The table of docs/claims.md is of the claims that are shipped, and adds up.

Its figures are those of a whole `cercle claims`, minutes of work: they are not run again here. But a
claim that is renamed, judged by another outcome or threshold, or no longer testable shows.
"""

import re
import tomllib
import unittest

import program

PAGE = program.SOURCES / "docs" / "claims.md"
IN_HUNDREDTHS = {"engagement_employee", "engagement_client", "churn", "quits", "market_share"}
WORDS = {"follows": "follows from the model",
         "only if assumed": "follows only under these assumed values",
         "does not follow": "does not follow",
         "not testable": "not testable here",
         "undecided": "undecided, more replicates are needed"}
INTERVAL = r"\[(?P<low>[-\d.]+), (?P<high>[-\d.]+)\]"
ROW = re.compile(r"(?P<name>C\d+ .*?)(?:  +.*" + INTERVAL + r")?  +(?P<verdict>" +
                 "|".join(WORDS) + r")$")


def rows_of(lines):
    """The rows of the table; a name too long for its line goes on in the next."""
    rows = []
    for line in lines:
        match = ROW.match(line)
        if match:
            rows.append(match.groupdict())
        elif rows and line.startswith("  "):
            rows[-1]["name"] += " " + line.strip()
    return rows


class ClaimsPage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        page = PAGE.read_text(encoding="utf-8")
        table, cls.counts = page.split("```text\n")[1].split("```")[0].split("\n\n", 1)
        cls.rows = rows_of(table.splitlines()[2:])
        cls.claims = []
        for number in range(1, 41):
            path = program.SOURCES / "scenarios" / "claims" / f"c{number}.toml"
            cls.claims.append(tomllib.loads(path.read_text(encoding="utf-8"))["claim"])

    def test_rows_are_the_shipped_claims_by_name(self):
        self.assertEqual([row["name"].split(" ", 1) for row in self.rows],
                         [[claim["id"], claim["name"]["en"]] for claim in self.claims])

    def test_exactly_the_claims_with_a_limit_are_not_testable(self):
        for row, claim in zip(self.rows, self.claims):
            self.assertEqual(row["verdict"] == "not testable", "limit" in claim, claim["id"])

    def test_verdicts_fit_intervals_and_the_smallest_effects_that_matter(self):
        for row, claim in zip(self.rows, self.claims):
            if "limit" in claim:
                continue
            hundredths = "per" in claim or claim["outcome"] in IN_HUNDREDTHS
            smallest = claim["smallest"] * (100.0 if hundredths else 1.0)
            ends = sorted(float(row[end]) * (1.0 if claim["direction"] == "rises" else -1.0)
                          for end in ("low", "high"))
            rounding = 0.051 if hundredths else 0.0051
            with self.subTest(claim=claim["id"]):
                if row["verdict"] in ("follows", "only if assumed"):
                    self.assertGreaterEqual(ends[0] + rounding, smallest)
                elif row["verdict"] == "does not follow":
                    self.assertLess(ends[1] - rounding, smallest)
                else:
                    self.assertLessEqual(ends[0] - rounding, smallest)
                    self.assertGreaterEqual(ends[1] + rounding, smallest)

    def test_verdicts_are_counted(self):
        for word, long in WORDS.items():
            count = sum(row["verdict"] == word for row in self.rows)
            if count > 0:
                self.assertRegex(self.counts, rf"(?m)^ *{count}  {re.escape(long)}$")


if __name__ == "__main__":
    program.main()

#!/usr/bin/env python3
"""Writes a survey of 50 000 employees, 500 000 ties and so many waves for `cercle infer` to be timed on.

benchmarks/large_survey.py FOLDER [WAVES]; the same files every time.
"""

import pathlib
import random
import sys

PEOPLE, TIES_EACH, TEAM_SIZE, ANSWERED = 50_000, 10, 10, 0.8


def ties_of(person, draw):
    """Half of them inside the team, which is therefore never complete, half anywhere."""
    first = person - person % TEAM_SIZE
    mates = [mate for mate in range(first, first + TEAM_SIZE) if mate != person]
    chosen = set(draw.sample(mates, TIES_EACH // 2))
    while len(chosen) < TIES_EACH:
        other = draw.randrange(PEOPLE)
        if other != person:
            chosen.add(other)
    return sorted(chosen)


def main():
    folder = pathlib.Path(sys.argv[1])
    waves = int(sys.argv[2]) if len(sys.argv) > 2 else 12
    draw = random.Random(1)
    folder.mkdir(parents=True)
    with open(folder / "people.csv", "w") as file:
        file.write("person_id,kind,team\n")
        file.writelines(f"p{i},employee,t{i // TEAM_SIZE}\n" for i in range(PEOPLE))
    with open(folder / "ties.csv", "w") as file:
        file.write("from_id,to_id,kind\n")
        file.writelines(f"p{i},p{j},colleague\n" for i in range(PEOPLE) for j in ties_of(i, draw))
    level = [draw.gauss(0.0, 1.0) for _ in range(PEOPLE)]
    with open(folder / "waves.csv", "w") as file:
        file.write("person_id,date,score,scale_min,scale_max,instrument\n")
        for wave in range(waves):
            date = f"{2020 + wave // 4}-{1 + wave % 4 * 3:02}-15"
            for i in range(PEOPLE):
                if draw.random() < ANSWERED:
                    score = min(100, max(0, round(60 + 12 * level[i] + 9 * draw.gauss(0.0, 1.0))))
                    file.write(f"p{i},{date},{score},0,100,engagement\n")


if __name__ == "__main__":
    main()

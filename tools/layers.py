#!/usr/bin/env python3
"""Fails when a source file includes upwards, in a circle, or a library outside its place."""

import re
import sys
from fnmatch import fnmatch
from pathlib import Path

MAY_INCLUDE = {
    "sim": {"sim"},
    "models": {"sim", "models"},
    "scenarios": {"sim", "models", "scenarios"},
    "analysis": {"sim", "scenarios", "analysis"},
    "apps": {"sim", "models", "scenarios", "analysis", "apps"},
}

# First words of a library's headers, and the files that may include them.
LIBRARIES = [
    ("oneTBB", r"(tbb|oneapi)/", ["sim/parallel*"]),
    ("HDF5", r"(hdf5|H5|hdf5_hl)", ["sim/hdf5*", "sim/netcdf*", "sim/results*"]),
    ("toml++", r"(toml\+\+|tomlplusplus|toml\.h)", ["scenarios/*.cpp"]),
    ("MPI", r"mpi\.h", ["sim/ranks*"]),
    ("METIS", r"metis\.h", ["*.cpp"]),
    ("Boost.Graph", r"boost/(graph|property_map)/", ["*.cpp"]),
    ("Random123", r"Random123/", ["sim/random*"]),
    ("CLI11", r"CLI/", ["apps/*"]),
    ("spdlog", r"spdlog/", ["apps/*"]),
]
LONGEST = 300
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def sources(root):
    for layer in MAY_INCLUDE:
        for path in sorted((root / layer).rglob("*")):
            if path.suffix in (".hpp", ".cpp"):
                yield path.relative_to(root).as_posix()


def includes(root, name):
    for number, line in enumerate((root / name).read_text(encoding="utf-8").splitlines(), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match.group(2)


def misplaced(name, number, header):
    layer, target = name.split("/")[0], header.split("/")[0]
    if target in MAY_INCLUDE and "/" in header and target not in MAY_INCLUDE[layer]:
        allowed = ", ".join(sorted(MAY_INCLUDE[layer]))
        yield f"{name}:{number}: {layer} may not include {header} ({layer} may include: {allowed})"
    for library, pattern, places in LIBRARIES:
        if re.match(pattern, header) and not any(fnmatch(name, place) for place in places):
            yield f"{name}:{number}: {library} stays in {', '.join(places)} (found {header})"


def circles(graph):
    """Include paths that come back to where they started, each told once."""
    state, path, found = {}, [], []

    def visit(name):
        state[name] = "open"
        path.append(name)
        for number, header in graph.get(name, []):
            if state.get(header) == "open":
                ring = path[path.index(header):] + [header]
                found.append(f"{name}:{number}: includes in a circle: {' -> '.join(ring)}")
            elif header in graph and header not in state:
                visit(header)
        path.pop()
        state[name] = "done"

    for name in sorted(graph):
        if name not in state:
            visit(name)
    return found


def folder_circles(graph):
    """Layers that include each other, whatever the files."""
    edges = {(name.split("/")[0], header.split("/")[0]): f"{name}:{number}"
             for name, headers in graph.items() for number, header in headers if header in graph}
    return [f"{where}: {low} and {high} include each other"
            for (low, high), where in sorted(edges.items()) if low < high and (high, low) in edges]


def problems(root):
    graph = {name: list(includes(root, name)) for name in sources(root)}
    for name, headers in graph.items():
        for number, header in headers:
            yield from misplaced(name, number, header)
        length = len((root / name).read_text(encoding="utf-8").splitlines())
        if length > LONGEST:
            yield f"{name}:{LONGEST + 1}: {length} lines, more than {LONGEST} (a file fits in the head)"
    yield from circles(graph)
    yield from folder_circles(graph)


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    found = list(problems(root))
    for problem in found:
        print(problem)
    count = len(list(sources(root)))
    if count == 0:
        print(f"{root}: no source files found")
        return 1
    print(f"layers: {count} files, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

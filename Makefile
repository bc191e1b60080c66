# A thin front: the build itself is CMake with presets (CMakePresets.json).
PREFIX ?= /usr/local
JOBS ?= $(shell nproc)
SOURCES = $(shell git ls-files '*.cpp' '*.hpp')

.PHONY: build mpi demo check check-statistics check-slurm bench install format lint sanitize clean help

# The program alone is configured first; a tree that has tests already keeps them.
build: ## build the program: build/release/cercle
	@tools/install-deps run
	@tools/report_assets/fetch || true # a cluster without the network builds all the same
	@test -f build/release/build.ninja || cmake --preset demo --log-level=WARNING
	@cmake --build build/release -j $(JOBS) --target cercle

mpi: ## build the program with MPI: build/mpi/cercle
	@tools/install-deps mpi
	@cmake --preset mpi --log-level=WARNING
	@cmake --build build/mpi -j $(JOBS) --target cercle

demo: build ## install what is missing, build, run the main study, print the comparison, write the report
	@mkdir -p results
	build/release/cercle run scenarios/scop_vs_conventional.toml -o results/demo.h5 --overwrite
	@build/release/cercle compare results/demo.h5
	@build/release/cercle report results/demo.h5 -o results/demo.html --overwrite
	@echo "Written: results/demo.html (open it in a browser), results/demo.h5 (xarray, h5dump or ncdump)"

check: ## install what is missing, build, run every test
	@tools/install-deps test
	@tools/report_assets/fetch
	@tests/browser/fetch
	@cmake --preset release --log-level=WARNING
	@cmake --build build/release -j $(JOBS)
	@ctest --test-dir build/release -j $(JOBS) --output-on-failure

check-statistics: ## the tests that simulate hundreds of worlds: minutes
	@tools/install-deps test
	@cmake --preset release --log-level=WARNING
	@cmake --build build/release -j $(JOBS)
	@CERCLE_STATISTICS=1 ctest --test-dir build/release -R Acceptance --output-on-failure

check-slurm: build mpi ## try the jobs of tools/slurm on a Slurm of one machine, made for it
	@tools/install-deps slurm
	@tools/slurm/check

bench: ## run the benchmarks
	@tools/install-deps test
	@cmake --preset release --log-level=WARNING
	@cmake --build build/release -j $(JOBS)
	@for program in build/release/benchmarks/*_bench; do $$program || exit 1; done

install: build ## install the program under PREFIX (/usr/local)
	@cmake --install build/release --prefix $(PREFIX)

format: ## lay out every source file
	@tools/install-deps lint
	@clang-format -i $(SOURCES)

lint: ## layout and clang-tidy; any finding is an error
	@tools/install-deps lint
	@clang-format --dry-run --Werror $(SOURCES)
	@cmake --preset lint --log-level=WARNING
	@cmake --build build/lint --target cercle_version_header
	@git ls-files 'sim/*.cpp' 'models/*.cpp' 'scenarios/*.cpp' 'analysis/*.cpp' 'apps/*.cpp' \
	    | xargs -P $(JOBS) -n 4 clang-tidy-16 -p build/lint --quiet

sanitize: ## run the tests under the address and undefined-behaviour sanitizers
	@tools/install-deps test
	@cmake --preset sanitize --log-level=WARNING
	@cmake --build build/sanitize -j $(JOBS)
	@ctest --test-dir build/sanitize -j $(JOBS) --output-on-failure

clean: ## remove everything built
	@rm -rf build

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' Makefile

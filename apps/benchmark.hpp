#pragma once

#include <string>
#include <vector>

namespace cercle::apps {

/// The figures of a benchmark: a table of numbers with a label to each row.
struct BenchReport {
    std::string name;
    std::string question;
    std::string verified; ///< what was checked before anything was timed
    std::vector<std::string> columns;
    struct Row {
        std::string label;
        std::vector<double> figures;
    };
    std::vector<Row> rows = {};
};

/// How large the worlds of a benchmark are.
enum class BenchSize { full, quick };

/// Each verifies its results first, and throws LogicError instead of timing wrong ones.
BenchReport bench_events(BenchSize size);
BenchReport bench_contagion(BenchSize size);

/// Processor seconds that this thread has worked.
double processor_seconds();

/// Seconds on the wall.
double wall_seconds();

}

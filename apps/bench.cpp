#include <array>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "analysis/text_table.hpp"
#include "apps/benchmark.hpp"
#include "apps/machine.hpp"
#include "apps/messages.hpp"
#include "apps/verb.hpp"
#include "sim/error.hpp"
#include "sim/suggestions.hpp"

namespace cercle::apps {
namespace {

struct Benchmark {
    const char* name;
    BenchReport (*run)(BenchSize);
};
constexpr std::array<Benchmark, 2> benchmarks = {
    {{"contagion", &bench_contagion}, {"events", &bench_events}}};

/// Counts as they are, other figures with three digits.
std::string shown(double figure) {
    const bool count = figure >= 1000.0 && figure == std::floor(figure);
    return count ? fmt::format("{:.0f}", figure) : fmt::format("{:.3g}", figure);
}

std::string text_of(const BenchReport& report) {
    constexpr std::size_t widest = 100;
    analysis::TextTable table{.header = report.columns, .rows = {}};
    for (const BenchReport::Row& row : report.rows) {
        std::vector<std::string> cells{row.label};
        for (const double figure : row.figures) cells.push_back(shown(figure));
        table.rows.push_back(std::move(cells));
    }
    std::string text = analysis::wrapped(report.question, widest);
    text += analysis::wrapped("Verified: " + report.verified, widest);
    for (const std::string& line : analysis::lines_of(table, widest)) text += line + "\n";
    return text + "\n";
}

nlohmann::ordered_json json_of(const BenchReport& report) {
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    for (const BenchReport::Row& row : report.rows) {
        nlohmann::ordered_json cells{{"case", row.label}};
        for (std::size_t i = 0; i < row.figures.size(); ++i) {
            cells[report.columns[i + 1]] = row.figures[i];
        }
        rows.push_back(std::move(cells));
    }
    return {{"name", report.name},
            {"question", report.question},
            {"verified", report.verified},
            {"rows", rows}};
}

class Bench final : public Verb {
public:
    void declare(CLI::App& command) override {
        command.add_option("NAME", name_, "contagion or events; all without it");
        command.add_flag("--quick", quick_, "small worlds, for a first impression");
        command.add_flag("--json", json_, "print JSON");
    }

    int act() override {
        check_name();
        nlohmann::ordered_json all = nlohmann::ordered_json::array();
        if (!json_) print(machine_text() + "\n\n");
        for (const Benchmark& benchmark : benchmarks) {
            if (!name_.empty() && name_ != benchmark.name) continue;
            const BenchReport report = benchmark.run(quick_ ? BenchSize::quick : BenchSize::full);
            if (json_) {
                all.push_back(json_of(report));
            } else {
                print(text_of(report));
            }
        }
        if (json_)
            print(nlohmann::ordered_json{{"machine", machine_text()}, {"benchmarks", all}}.dump(2) +
                  "\n");
        return exit_code::done;
    }

private:
    void check_name() const {
        std::vector<std::string> names;
        for (const Benchmark& benchmark : benchmarks) {
            if (name_.empty() || name_ == benchmark.name) return;
            names.emplace_back(benchmark.name);
        }
        throw sim::UserError(fmt::format("cercle bench: no benchmark \"{}\"{} (there are {})",
                                         name_, sim::did_you_mean(name_, names),
                                         fmt::join(names, ", ")));
    }

    std::string name_;
    bool quick_ = false;
    bool json_ = false;
};

}

std::unique_ptr<Verb> bench_verb() { return std::make_unique<Bench>(); }

}

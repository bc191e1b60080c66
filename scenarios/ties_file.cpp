#include "scenarios/ties_file.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "sim/suggestions.hpp"

namespace cercle::scenarios {
namespace {

const std::vector<std::string> known_kinds{"colleague", "manager",    "account", "client_client",
                                           "advice",    "friendship", "trust",   "help"};

constexpr double largest_weight = 1e30;

/// Reads one row at a time, noting what is wrong with it.
class RowReader {
public:
    RowReader(const sim::CsvTable& table, const TieKinds& kinds, sim::FileProblems& problems)
        : table_(table), kinds_(kinds), problems_(problems), accepted_(known_kinds) {
        accepted_.insert(accepted_.end(), kinds.asked.begin(), kinds.asked.end());
    }

    /// Whether the row is right; then `tie` holds it.
    bool read(std::size_t row, FileTie& tie) {
        row_ = row;
        is_right_ = true;
        tie = {.line = table_.line(row),
               .from = text("from_id"),
               .to = text("to_id"),
               .kind = kind(),
               .weight = weight(),
               .start_date = date("start_date"),
               .end_date = date("end_date")};
        if (tie.from.empty()) problem("from_id is empty");
        if (tie.to.empty()) problem("to_id is empty");
        if (is_right_ && tie.from == tie.to) {
            problem(fmt::format("{} has a tie with themselves (a tie joins two people)", tie.from));
        }
        if (!tie.start_date.empty() && !tie.end_date.empty() && tie.end_date < tie.start_date) {
            problem(fmt::format("the tie ends ({}) before it starts ({})", tie.end_date,
                                tie.start_date));
        }
        return is_right_;
    }

private:
    std::string text(std::string_view column) const {
        const auto found = table_.column(column);
        return found ? table_.cell(row_, *found) : std::string();
    }
    void problem(const std::string& sentence) {
        is_right_ = false;
        problems_.add(table_.file(), table_.line(row_), sentence);
    }
    std::string kind() {
        const std::string given = text("kind");
        if (given.empty()) return kinds_.usual;
        if (std::ranges::find(accepted_, given) == accepted_.end()) {
            problem(fmt::format("unknown kind of tie \"{}\"{}; known are {}", given,
                                sim::did_you_mean(given, accepted_), fmt::join(known_kinds, ", ")));
        }
        return given;
    }
    double weight() {
        if (!table_.column("weight")) return 1.0;
        const std::string field = text("weight");
        const auto number = sim::number_in(field);
        if (!number) {
            problem(sim::not_a_number("weight", field));
        } else if (!(*number > 0.0) || !(static_cast<float>(*number) > 0.0F)) {
            problem(fmt::format("weight = {} is not above 0 (a tie is contact); leave out who has "
                                "none",
                                field));
        } else if (*number > largest_weight) {
            problem(
                fmt::format("weight = {} is above {} (weights are summed)", field, largest_weight));
        }
        return number.value_or(1.0);
    }
    std::string date(std::string_view column) {
        std::string given = text(column);
        if (!given.empty() && !is_date(given)) {
            problem(fmt::format("{} = \"{}\" is not a date (write 2026-11-22)", column, given));
        }
        return given;
    }

    const sim::CsvTable& table_;
    const TieKinds& kinds_;
    sim::FileProblems& problems_;
    std::vector<std::string> accepted_;
    std::size_t row_ = 0;
    bool is_right_ = true;
};

}

bool is_date(const std::string& text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    const auto number = [&](std::size_t from, std::size_t count) {
        int value = 0;
        for (std::size_t i = from; i < from + count; ++i) {
            if (text[i] < '0' || text[i] > '9') return -1;
            value = 10 * value + (text[i] - '0');
        }
        return value;
    };
    const int year = number(0, 4);
    const int month = number(5, 2);
    const int day = number(8, 2);
    if (year < 0 || month < 0 || day < 0) return false;
    return std::chrono::year_month_day(std::chrono::year(year),
                                       std::chrono::month(static_cast<unsigned>(month)),
                                       std::chrono::day(static_cast<unsigned>(day)))
        .ok();
}

TiesFile read_ties(const sim::TextFile& file, const TieKinds& kinds, sim::FileProblems& problems) {
    return ties_in(sim::read_csv(file, "file of ties", problems), kinds, problems);
}

const std::vector<std::string>& ties_columns() {
    static const std::vector<std::string> columns{"from_id",    "to_id",    "kind",       "weight",
                                                  "start_date", "end_date", "assigned_by"};
    return columns;
}

TiesFile ties_in(const sim::CsvTable& table, const TieKinds& kinds, sim::FileProblems& problems) {
    TiesFile result{.file = table.file(), .ties = {}, .rows = table.rows()};
    if (table.columns().empty()) return result;
    if (!sim::has_columns(table, std::vector<std::string>{"from_id", "to_id"}, problems)) {
        return result;
    }
    sim::refuse_misspelt(table, ties_columns(), problems);
    if (table.rows() == 0 && problems.empty()) {
        problems.add(result.file, 0,
                     kinds.usual == "account"
                         ? "has no accounts (it is only a header); leave network.service.file out, "
                           "and accounts are generated"
                         : "has no ties (it is only a header); for a graph without ties set "
                           "network.colleague.generator = \"none\" and no file");
    }
    RowReader reader(table, kinds, problems);
    FileTie tie;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        if (reader.read(row, tie)) result.ties.push_back(tie);
    }
    return result;
}

}

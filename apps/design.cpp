#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "apps/messages.hpp"
#include "apps/numbers.hpp"
#include "apps/verb.hpp"
#include "scenarios/design.hpp"
#include "sim/csv.hpp"
#include "sim/error.hpp"
#include "sim/suggestions.hpp"

namespace cercle::apps {
namespace {

const std::vector<std::string> sampling_methods{"random", "lhs", "sobol", "saltelli", "morris"};

/// Reads "x1=-3.14:3.14".
scenarios::Factor factor_in(const std::string& text) {
    const std::size_t equals = text.find('=');
    const std::size_t colon = text.find(':', equals == std::string::npos ? 0 : equals);
    if (equals == 0 || equals == std::string::npos || colon == std::string::npos) {
        throw sim::UserError("--factor " + text + ": is not name=low:high");
    }
    scenarios::Factor factor{.name = text.substr(0, equals), .paths = {text.substr(0, equals)}};
    const auto low = sim::number_in(text.substr(equals + 1, colon - equals - 1));
    const auto high = sim::number_in(text.substr(colon + 1));
    if (!low || !high || !(*low < *high)) {
        throw sim::UserError("--factor " + text +
                             ": has no range that rises from one number to "
                             "another (name=low:high)");
    }
    factor.low = *low;
    factor.high = *high;
    return factor;
}

/// Prints the points of a design for a model of someone else's.
class PrintDesign final : public Verb {
public:
    void declare(CLI::App& command) override {
        command.add_option("--method", method_.name, "random, lhs, sobol, saltelli or morris")
            ->required();
        command.add_option("--factor", factors_, "name=low:high; once for each factor")
            ->required()
            ->allow_extra_args(false);
        command
            .add_option("--size", method_.size,
                        "points; base rows of saltelli, trajectories of morris")
            ->required()
            ->check(whole_number(1, most_runs));
        command.add_option("--levels", method_.levels, "of morris, even")
            ->check(whole_number(2, 1000))
            ->capture_default_str();
        command.add_option("--seed", method_.seed, "of the design")
            ->check(seed_number())
            ->capture_default_str();
    }

    int act() override {
        if (std::ranges::find(sampling_methods, method_.name) == sampling_methods.end()) {
            throw sim::UserError(fmt::format("--method {}: there is no such method ({}){}",
                                             method_.name, fmt::join(sampling_methods, ", "),
                                             sim::did_you_mean(method_.name, sampling_methods)));
        }
        std::vector<scenarios::Factor> factors;
        for (const std::string& text : factors_) factors.push_back(factor_in(text));
        refuse_what_does_not_fit(factors);
        print_points(scenarios::make_design(method_, factors));
        return exit_code::done;
    }

private:
    void refuse_what_does_not_fit(const std::vector<scenarios::Factor>& factors) const {
        for (std::size_t i = 0; i < factors.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                if (factors[i].name != factors[j].name) continue;
                throw sim::UserError(fmt::format("--factor {}: is there twice", factors[i].name));
            }
        }
        if (method_.name == "saltelli" && factors.size() < 2) {
            throw sim::UserError("--method saltelli: with one factor (its indices share the "
                                 "variance out between factors); add a --factor");
        }
        if (method_.name == "morris" && method_.levels % 2 != 0) {
            throw sim::UserError(fmt::format("--levels {}: is odd (Morris' jumps reach every level "
                                             "equally often for an even number of them)",
                                             method_.levels));
        }
        constexpr double most = 1e7;
        const double points = scenarios::points_of(method_, factors);
        if (points > most) {
            throw sim::UserError(fmt::format("--size {}: makes {:.3g} points (at most {:.0e})",
                                             method_.size, points, most));
        }
    }

    static void print_points(const scenarios::Design& design) {
        std::vector<std::string> names;
        for (const scenarios::Factor& factor : design.factors) names.push_back(factor.name);
        print(fmt::format("{}\n", fmt::join(names, ",")));
        for (std::size_t point = 0; point < design.points(); ++point) {
            std::string line;
            for (std::size_t factor = 0; factor < names.size(); ++factor) {
                line += fmt::format("{}{}", factor == 0 ? "" : ",", design.entry(point, factor));
            }
            print(line + "\n");
        }
    }

    scenarios::DesignMethod method_;
    std::vector<std::string> factors_;
};

}

std::unique_ptr<Verb> design_verb() { return std::make_unique<PrintDesign>(); }

}

#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "models/observables.hpp"
#include "scenarios/reader.hpp"
#include "sim/suggestions.hpp"

namespace cercle::scenarios {
namespace {

const std::vector<std::string> claim_keys{
    "against", "assumes", "because", "direction", "id",  "limit",    "measure", "mechanism", "name",
    "null",    "off",     "on",      "outcome",   "per", "smallest", "test",    "text"};

std::vector<std::string> outcome_names() {
    std::vector<std::string> names;
    const models::CompanyObservables observables{sim::Settings(all_parameters())};
    for (const sim::Metric& metric : observables.outcomes()) names.push_back(metric.name);
    return names;
}

/// Reads the table [claim] of a scenario whose arms are known.
class ClaimReader {
public:
    ClaimReader(const Scenario& scenario, const Vocabulary& vocabulary, ProblemList& problems)
        : scenario_(scenario), vocabulary_(vocabulary), problems_(problems) {}

    Claim read(const Member& given);

private:
    void complain(Place place, const std::string& sentence) {
        problems_.add(place, "claim", sentence);
    }
    void check_keys(const Table& table, const std::string& of,
                    const std::vector<std::string>& keys);
    const Node* wanted(const Table& table, const std::string& key);
    std::string text(const Table& table, const std::string& key);
    double number(const Table& table, const std::string& key);
    Bilingual both_languages(const Table& table, const std::string& key);
    std::string one_of(const Table& table, const std::string& key,
                       const std::vector<std::string>& choices, const std::string& kind);
    ArmDifference difference(const Table& table);
    std::optional<ArmDifference> other_difference(const Table& table, const std::string& key,
                                                  const std::vector<std::string>& keys);
    void read_against(const Table& table, Claim& claim);
    const sim::Parameter* parameter(const Node& name);
    std::optional<sim::Value> value(const sim::Parameter& parameter, const Table& table,
                                    const std::string& key);
    std::vector<std::string> paths(const Table& table, const std::string& key);
    void read_assumptions(const Table& table, Claim& claim);
    void read_null(const Table& table, Claim& claim);
    void read_test(const Table& table, Claim& claim);
    void check_isolation(const Claim& claim);

    const Scenario& scenario_;
    const Vocabulary& vocabulary_;
    ProblemList& problems_;
    Place place_; ///< of the claim, for what it lacks
};

void ClaimReader::check_keys(const Table& table, const std::string& of,
                             const std::vector<std::string>& keys) {
    for (const Member& member : table) {
        if (std::ranges::find(keys, member.key) != keys.end()) continue;
        complain(member.place, fmt::format("unknown parameter {}.{}{}", of, member.key,
                                           sim::did_you_mean(member.key, keys)));
    }
}

const Node* ClaimReader::wanted(const Table& table, const std::string& key) {
    const Member* found = member(table, key);
    if (!found) complain(place_, fmt::format("claim: {} is missing", key));
    return found ? &found->value : nullptr;
}

std::string ClaimReader::text(const Table& table, const std::string& key) {
    const Node* node = wanted(table, key);
    if (!node) return {};
    if (node->text() && !node->text()->empty()) return *node->text();
    complain(node->place, fmt::format("claim: {} = {} is not a text", key, shown(*node)));
    return {};
}

double ClaimReader::number(const Table& table, const std::string& key) {
    const Node* node = wanted(table, key);
    if (!node) return 0.0;
    if (const auto* whole = std::get_if<std::int64_t>(&node->value); whole && *whole > 0)
        return static_cast<double>(*whole);
    if (const auto* real = std::get_if<double>(&node->value); real && *real > 0.0) return *real;
    complain(node->place, fmt::format("claim: {} = {} is not a number > 0", key, shown(*node)));
    return 0.0;
}

Bilingual ClaimReader::both_languages(const Table& table, const std::string& key) {
    const Node* node = wanted(table, key);
    if (!node) return {};
    if (!node->table()) {
        complain(node->place, fmt::format("claim: {} wants en = \"...\" and fr = \"...\"", key));
        return {};
    }
    check_keys(*node->table(), "claim." + key, {"en", "fr"});
    return {text(*node->table(), "en"), text(*node->table(), "fr")};
}

std::string ClaimReader::one_of(const Table& table, const std::string& key,
                                const std::vector<std::string>& choices, const std::string& kind) {
    const std::string name = text(table, key);
    if (name.empty() || std::ranges::find(choices, name) != choices.end()) return name;
    complain(member(table, key)->value.place,
             fmt::format("claim: {} = \"{}\" is no {} (there are {}){}", key, name, kind,
                         fmt::join(choices, ", "), sim::did_you_mean(name, choices)));
    return {};
}

/// `outcome`, `on` and `off` of a table; only the claim's own contrast must have an `off`.
ArmDifference ClaimReader::difference(const Table& table) {
    static const std::vector<std::string> outcomes = outcome_names();
    std::vector<std::string> arms;
    for (const Arm& arm : scenario_.arms) arms.push_back(arm.name);
    return {one_of(table, "outcome", outcomes, "outcome"), one_of(table, "on", arms, "arm"),
            member(table, "off") ? one_of(table, "off", arms, "arm") : std::string()};
}

std::optional<ArmDifference> ClaimReader::other_difference(const Table& table,
                                                           const std::string& key,
                                                           const std::vector<std::string>& keys) {
    const Member* given = member(table, key);
    if (!given) return std::nullopt;
    if (!given->value.table()) {
        complain(given->value.place, fmt::format("claim: {} is not a table", key));
        return std::nullopt;
    }
    check_keys(*given->value.table(), "claim." + key, keys);
    return difference(*given->value.table());
}

/// What is taken off the effect, by itself or as a share of something.
void ClaimReader::read_against(const Table& table, Claim& claim) {
    const std::vector<std::string> keys{"off", "on", "outcome"};
    claim.per = other_difference(table, "per", keys);
    claim.against = other_difference(table, "against", {"off", "on", "outcome", "per"});
    if (!claim.against) return;
    const Table& against = *member(table, "against")->value.table();
    claim.against_per = other_difference(against, "per", keys);
    if (claim.against_per && !claim.per) {
        complain(member(against, "per")->place,
                 "claim: against.per makes a share of what is taken off, but the effect is none "
                 "(a share can only be taken off a share) add claim.per");
    }
}

const sim::Parameter* ClaimReader::parameter(const Node& name) {
    const sim::Parameter* found = name.text() ? vocabulary_.parameter(*name.text()) : nullptr;
    if (!found) {
        complain(name.place, fmt::format("claim: {} is no parameter{}", shown(name),
                                         name.text() ? suggestion(vocabulary_, *name.text(), {})
                                                     : std::string()));
    }
    return found;
}

std::optional<sim::Value> ClaimReader::value(const sim::Parameter& parameter, const Table& table,
                                             const std::string& key) {
    const Node* node = wanted(table, key);
    return node ? read_value(parameter, *node, problems_) : std::nullopt;
}

/// The rows of a list of tables; none, and a problem, for anything else.
List rows_of(const Node& node, ProblemList& problems) {
    List rows;
    for (const Node& row : node.list() ? *node.list() : List{node}) {
        if (row.table()) {
            rows.push_back(row);
        } else {
            problems.add(row.place, "claim", "claim: a table { path = ... } is wanted here");
        }
    }
    return rows;
}

std::vector<std::string> ClaimReader::paths(const Table& table, const std::string& key) {
    std::vector<std::string> list;
    const Node* node = wanted(table, key);
    if (!node) return list;
    for (const Node& name : node->list() ? *node->list() : List{*node}) {
        if (const sim::Parameter* found = parameter(name)) list.push_back(found->path);
    }
    return list;
}

void ClaimReader::read_assumptions(const Table& table, Claim& claim) {
    const Member* given = member(table, "assumes");
    if (!given) return;
    for (const Node& row : rows_of(given->value, problems_)) {
        check_keys(*row.table(), "claim.assumes", {"high", "low", "path", "why"});
        const Node* path = wanted(*row.table(), "path");
        const sim::Parameter* found = path ? parameter(*path) : nullptr;
        if (!found) continue;
        auto low = value(*found, *row.table(), "low");
        auto high = value(*found, *row.table(), "high");
        const Bilingual why =
            member(*row.table(), "why") ? both_languages(*row.table(), "why") : Bilingual{};
        if (low && high) claim.assumes.push_back({found->path, *low, *high, why});
    }
}

void ClaimReader::read_null(const Table& table, Claim& claim) {
    const Member* given = member(table, "null");
    if (!given) return;
    for (const Node& row : rows_of(given->value, problems_)) {
        check_keys(*row.table(), "claim.null", {"path", "value"});
        const Node* path = wanted(*row.table(), "path");
        const sim::Parameter* found = path ? parameter(*path) : nullptr;
        if (!found) continue;
        if (auto is = value(*found, *row.table(), "value")) {
            claim.null_world.emplace_back(found->path, *is);
        }
    }
}

void ClaimReader::read_test(const Table& table, Claim& claim) {
    claim.test = both_languages(table, "test");
    if (member(table, "measure")) claim.measure = both_languages(table, "measure");
    claim.judged = difference(table);
    if (!member(table, "off")) complain(place_, "claim: off is missing");
    read_against(table, claim);
    claim.rises = one_of(table, "direction", {"rises", "falls"}, "direction") == "rises";
    claim.smallest = number(table, "smallest");
    claim.because = both_languages(table, "because");
    claim.mechanism = paths(table, "mechanism");
    read_assumptions(table, claim);
    read_null(table, claim);
}

/// The arms differ in the mechanism and in nothing else.
void ClaimReader::check_isolation(const Claim& claim) {
    const sim::Settings& first = scenario_.arms.front().settings;
    for (const std::string& path : first.paths()) {
        const bool named = std::ranges::find(claim.mechanism, path) != claim.mechanism.end();
        const bool differs = std::ranges::any_of(scenario_.arms, [&](const Arm& arm) {
            return arm.settings.value(path) != first.value(path);
        });
        if (named == differs) continue;
        complain(place_,
                 named ? fmt::format("claim: mechanism names {}, in which no arms differ", path)
                       : fmt::format("claim: arms differ in {}, which is not part of its "
                                     "mechanism (a claim is isolated by its arms) name it "
                                     "or set it alike",
                                     path));
    }
}

Claim ClaimReader::read(const Member& given) {
    place_ = given.place;
    Claim claim;
    const Table* table = given.value.table();
    if (!table) {
        complain(given.value.place, "claim is not a table (write [claim])");
        return claim;
    }
    check_keys(*table, "claim", claim_keys);
    claim.id = text(*table, "id");
    claim.name = both_languages(*table, "name");
    claim.text = both_languages(*table, "text");
    if (member(*table, "limit")) {
        claim.limit = both_languages(*table, "limit");
        return claim;
    }
    read_test(*table, claim);
    if (problems_.empty()) check_isolation(claim);
    return claim;
}

}

std::optional<Claim> read_claim(const Table& top, const Scenario& scenario,
                                const Vocabulary& vocabulary, ProblemList& problems) {
    const Member* given = member(top, "claim");
    if (!given) return std::nullopt;
    return ClaimReader(scenario, vocabulary, problems).read(*given);
}

}

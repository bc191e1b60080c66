#include <filesystem>
#include <map>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "analysis/linear_answers.hpp"
#include "analysis/network_report.hpp"
#include "analysis/wording.hpp"
#include "apps/messages.hpp"
#include "apps/verb.hpp"
#include "scenarios/linear_law.hpp"
#include "scenarios/network_files.hpp"
#include "scenarios/networks.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/ties_file.hpp"
#include "sim/error.hpp"

namespace cercle::apps {
namespace {

using scenarios::Direction;
using scenarios::Duplicates;

const std::map<std::string, Direction> directions = {{"auto", Direction::automatic},
                                                     {"undirected", Direction::undirected},
                                                     {"directed", Direction::directed}};
const std::map<std::string, Duplicates> duplicates = {{"refuse", Duplicates::refuse},
                                                      {"sum", Duplicates::sum},
                                                      {"mean", Duplicates::mean},
                                                      {"max", Duplicates::max}};

class Network final : public Verb {
public:
    void declare(CLI::App& command) override;
    int act() override;

private:
    void declare_files(CLI::App& command);
    void declare_generator(CLI::App& command);
    bool is_scenario() const;
    void check_options(const CLI::App& command) const;
    scenarios::OfficeNetwork of_scenario(const scenarios::ScenarioSource& source) const;
    scenarios::OfficeNetwork generated() const;
    void tell(const analysis::NetworkReport& report) const;
    scenarios::ScenarioSource law_source() const;
    int tell_law() const;

    const CLI::App* command_ = nullptr;
    std::string file_;
    std::string people_;
    std::string service_;
    scenarios::OfficeFiles office_;
    std::string direction_ = "auto";
    std::string duplicates_ = "refuse";
    std::string by_;
    std::string law_;
    std::string generator_;
    std::vector<std::string> set_;
    std::string nodes_;
    std::string degree_;
    std::string seed_;
    std::string output_;
    bool json_ = false;
};

void Network::declare(CLI::App& command) {
    command_ = &command;
    auto* file = command.add_option("FILE", file_, "CSV file of ties, or a scenario (.toml, -)");
    declare_files(command);
    declare_generator(command);
    command.get_option("--generate")->excludes(file);
    command.add_option("-o,--output", output_,
                       "write the ties to this CSV file, and people.csv beside it");
    command
        .add_option("--law", law_,
                    "what linear algebra says of a law: degroot, friedkin_johnsen, "
                    "nar, linear; its parameters by --set or in the scenario")
        ->transform([](std::string name) {
            constexpr std::string_view table = "contagion.";
            return name.starts_with(table) ? name.substr(table.size()) : name;
        })
        ->check(CLI::IsMember(scenarios::linear_laws()));
    command.add_flag("--json", json_, "print JSON");
}

void Network::declare_files(CLI::App& command) {
    command.add_option("--people", people_, "CSV file of people; default: people.csv beside");
    command.add_option("--service", service_, "CSV file of who serves whom");
    command.add_option("--kind", office_.kind, "kind of ties among colleagues")
        ->capture_default_str();
    command.add_option("--direction", direction_, "auto, undirected or directed")
        ->check(CLI::IsMember({"auto", "undirected", "directed"}))
        ->capture_default_str();
    command.add_option("--duplicates", duplicates_, "refuse, sum, mean or max")
        ->check(CLI::IsMember({"refuse", "sum", "mean", "max"}))
        ->capture_default_str();
    command.add_option("--date", office_.date, "ties in force on that day");
    command.add_option("--by", by_, "column of people.csv to describe mixing by; default: team");
}

void Network::declare_generator(CLI::App& command) {
    command.add_option(
        "--generate", generator_,
        "draw ties: office, blocks, small_world, scale_free, random, complete, ring, "
        "star, lattice, configuration");
    command.add_option("--nodes", nodes_, "people of a drawn network");
    command.add_option("--degree", degree_, "mean number of ties of a drawn network");
    command.add_option("--seed", seed_, "seed of a drawn network");
    command.add_option("--set", set_, "path=value for a scenario or drawn network")
        ->allow_extra_args(false);
}

bool Network::is_scenario() const {
    return file_ == "-" || std::filesystem::path(file_).extension() == ".toml";
}

/// An option that belongs to another kind of input would do nothing: say what does.
void Network::check_options(const CLI::App& command) const {
    struct Kind {
        const char* input;
        std::vector<std::string> options;
        const char* advice;
    };
    const Kind of_file{
        "a file of ties",
        {"--people", "--service", "--kind", "--direction", "--duplicates", "--date", "--by"},
        "a scenario and a drawn network take --set network.colleague...=..."};
    const Kind drawn{"a drawn network", {"--nodes", "--degree", "--seed"}, "add --generate"};
    const Kind settable{"a scenario, a drawn network or a --law",
                        {"--set"},
                        "for a file of ties: --people, --service, --kind, --direction, "
                        "--duplicates, --date, --by"};
    std::vector<Kind> foreign;
    if (!generator_.empty()) {
        foreign = {of_file};
    } else if (is_scenario()) {
        foreign = {of_file, drawn};
    } else if (!law_.empty()) {
        foreign = {drawn, {"a description without --law", {"--by"}, "leave it out"}};
    } else {
        foreign = {drawn, settable};
    }
    for (const Kind& kind : foreign) {
        for (const std::string& option : kind.options) {
            if (command.get_option(option)->count() == 0) continue;
            throw sim::UserError(fmt::format("cercle network: {} does nothing here (it is for {}); "
                                             "{}",
                                             option, kind.input, kind.advice));
        }
    }
}

scenarios::OfficeNetwork Network::of_scenario(const scenarios::ScenarioSource& source) const {
    const scenarios::Scenario scenario = scenarios::read_scenario(source);
    return scenarios::office_network(scenario.arms.front().settings, scenario.folder);
}

scenarios::OfficeNetwork Network::generated() const {
    std::vector<scenarios::OptionValue> options;
    const auto add = [&](const char* option, const std::string& path, const std::string& value) {
        if (!value.empty()) options.push_back({option, path + "=" + value});
    };
    add("--generate", "network.colleague.generator", generator_);
    add("--nodes", "network.colleague.nodes", nodes_);
    add("--degree", "network.colleague.degree", degree_);
    add("--seed", "network.seed", seed_);
    return of_scenario({.name = "cercle network",
                        .text = "cercle = 1\nseed = 1\n",
                        .folder = ".",
                        .overrides = set_,
                        .options = std::move(options)});
}

void Network::tell(const analysis::NetworkReport& report) const {
    print(json_ ? analysis::network_report_json(report) : analysis::network_report_text(report));
}

/// The scenario in which the law runs alone on the network that is asked for.
scenarios::ScenarioSource Network::law_source() const {
    if (is_scenario()) return scenarios::load_scenario_file(file_, set_);
    std::vector<std::string> overrides = set_;
    const auto set = [&](const char* path, const std::string& value) {
        if (!value.empty()) overrides.push_back(fmt::format("network.{}={}", path, value));
    };
    set("colleague.file", file_);
    set("colleague.generator", generator_);
    set("colleague.nodes", nodes_);
    set("colleague.degree", degree_);
    set("seed", seed_);
    set("people.file", people_);
    if (!file_.empty()) {
        set("colleague.kind", office_.kind);
        set("colleague.direction", direction_);
        set("colleague.duplicates", duplicates_);
        set("colleague.date", office_.date);
    }
    return {.name = "cercle network",
            .text = fmt::format("cercle = 1\nseed = 1\nlaws = [\"contagion.{}\"]\n", law_),
            .folder = ".",
            .overrides = std::move(overrides)};
}

int Network::tell_law() const {
    const scenarios::Scenario scenario = scenarios::read_scenario(law_source());
    const scenarios::LinearLaw law =
        scenarios::linear_law(scenario.arms.front().settings, scenario.folder);
    if (law.name != law_) {
        throw sim::UserError(fmt::format("--law {}: {} runs contagion.{} (a scenario brings its "
                                         "own law) leave one of them out",
                                         law_, file_, law.name));
    }
    const analysis::LinearAnswers answers = analysis::linear_answers(law);
    if (json_) {
        print(analysis::linear_answers_json(law, answers));
        return exit_code::done;
    }
    const std::string source = file_.empty() ? "generator " + generator_ : file_;
    print(analysis::network_report_text(analysis::network_report(law.graph, source)));
    print(analysis::linear_answers_text(law, answers));
    return exit_code::done;
}

int Network::act() {
    if (file_.empty() && generator_.empty()) {
        throw sim::UserError(
            "cercle network: nothing to describe (a file or a generator is needed) "
            "name a FILE, or --generate small_world");
    }
    check_options(*command_);
    if (!office_.date.empty() && !scenarios::is_date(office_.date)) {
        throw sim::UserError(
            fmt::format("--date {}: is not a date (write 2026-11-22)", office_.date));
    }
    if (!law_.empty()) return tell_law();
    scenarios::OfficeNetwork office;
    if (!generator_.empty()) {
        office = generated();
        tell(analysis::network_report(office, "generator " + generator_));
    } else if (is_scenario()) {
        office = of_scenario(scenarios::load_scenario_file(file_, set_));
        tell(analysis::network_report(office, file_));
    } else {
        office_.ties = {file_};
        office_.people = {people_};
        office_.service = {service_};
        office_.direction = directions.at(direction_);
        office_.duplicates = duplicates.at(duplicates_);
        tell(analysis::network_report(office_, by_));
        if (!output_.empty()) office = scenarios::read_office(office_).office;
    }
    if (!output_.empty()) {
        analysis::write_network(office, output_);
        spdlog::info("{}: {}", output_, analysis::counted(office.colleague.size(), "tie"));
    }
    return exit_code::done;
}

}

std::unique_ptr<Verb> network_verb() { return std::make_unique<Network>(); }

}

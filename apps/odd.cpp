#include <span>

#include <fmt/format.h>

#include "apps/messages.hpp"
#include "apps/parameter_text.hpp"
#include "apps/verb.hpp"
#include "models/catalogue.hpp"
#include "models/state.hpp"
#include "scenarios/scenario.hpp"
#include "sim/embedded_file.hpp"

namespace cercle::apps {

/// docs/model.md, embedded by cmake/embed.cmake.
std::span<const sim::EmbeddedFile> model_files();

namespace {

/// A cell of a Markdown table: bars would end it.
std::string cell(std::string text) {
    for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) {
        text.insert(at, "\\");
    }
    return text;
}

template <class View> std::string state_of(const char* name) {
    std::string text =
        fmt::format("\n### {}\n| variable | unit | meaning |\n|---|---|---|\n", name);
    const sim::Population population = sim::population_of<View>(name, 1, 1);
    for (const sim::ColumnSpec& column : population.schema()) {
        text += fmt::format("| `{}` | {} | {} |\n", column.name, column.unit, cell(column.meaning));
    }
    return text;
}

std::string state_variables() {
    return "\n## Appendix A. State variables\nEvery column of a world, as the program holds it.\n" +
           state_of<models::Firms>("Firms") + state_of<models::Employees>("Employees") +
           state_of<models::Clients>("Clients") + state_of<models::Teams>("Teams") +
           state_of<models::Sites>("Sites") + state_of<models::Environment>("Environment");
}

std::string processes() {
    std::string text = "\n## Appendix B. Processes, in the order of a step\n"
                       "| law | stage | equations | what it does |\n|---|---|---|---|\n";
    for (const models::Law& law : models::laws()) {
        text += fmt::format("| `{}` | {} | {} | {} |\n", law.name, law.stage, law.equations,
                            cell(law.meaning));
    }
    return text;
}

std::string parameters() {
    std::string text = "\n## Appendix C. Parameters\n"
                       "| parameter | default | unit | range | meaning | source |\n"
                       "|---|---|---|---|---|---|\n";
    for (const sim::Parameter& row : scenarios::all_parameters()) {
        text += fmt::format("| `{}` | {} | {} | {} | {} | {} |\n", row.path,
                            cell(sim::to_text(row.fallback)), row.unit, cell(allowed_text(row)),
                            cell(row.meaning), cell(row.source));
    }
    return text;
}

/// The description of the model by the ODD protocol: its text, then what the code itself knows.
class Odd final : public Verb {
public:
    void declare(CLI::App&) override {}

    int act() override {
        print(std::string(model_files().front().text) + state_variables() + processes() +
              parameters());
        return exit_code::done;
    }
};

}

std::unique_ptr<Verb> odd_verb() { return std::make_unique<Odd>(); }

}

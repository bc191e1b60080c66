#include "models/laboratory/contact_process.hpp"
#include "models/laboratory/laws.hpp"

namespace cercle::models {

namespace {

const std::string name = "contagion.sis";

}

/// Susceptible, infected, susceptible: with b transmission, g recovery and m infected neighbours,
///   0 -> 1 at rate b m,  1 -> 0 at rate g.
/// It dies out below a threshold, b / g < 1 / lambda_max of the graph.
/// Source: Pastor-Satorras and Vespignani 2001; threshold Van Mieghem et al. 2009.
LaboratoryLaw sis_law() {
    const std::string source = "Pastor-Satorras and Vespignani 2001 for the law; no default";
    return {
        .law = {.name = name,
                .stage = "contagion",
                .meaning = "infects susceptible nodes through infected neighbours, who recover",
                .equations = "SIS",
                .parameters = contact_parameters(name, source),
                .build =
                    [](const sim::Settings& settings) {
                        return contact_process(settings, name, AfterRecovery::susceptible);
                    },
                .check = [](const sim::Settings& settings,
                            sim::Problems& problems) { check_contact(settings, name, problems); }},
        .rest = Rest::extinct,
    };
}

}

#include "models/laboratory/contact_process.hpp"
#include "models/laboratory/laws.hpp"

namespace cercle::models {

namespace {

const std::string name = "contagion.sir";

}

/// Susceptible, infected, recovered for good: with m infected neighbours,
///   0 -> 1 at rate b m,  1 -> 2 at rate g.
/// Source: Kermack and McKendrick 1927; on networks Newman 2002.
LaboratoryLaw sir_law() {
    const std::string source = "Kermack and McKendrick 1927 for the law; no default";
    return {
        .law = {.name = name,
                .stage = "contagion",
                .meaning =
                    "infects susceptible nodes through infected neighbours, who become immune",
                .equations = "SIR",
                .parameters = contact_parameters(name, source),
                .build =
                    [](const sim::Settings& settings) {
                        return contact_process(settings, name, AfterRecovery::immune);
                    },
                .check = [](const sim::Settings& settings,
                            sim::Problems& problems) { check_contact(settings, name, problems); }},
        .states = 3,
        .rest = Rest::extinct,
    };
}

}

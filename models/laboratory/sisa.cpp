#include "models/laboratory/contact_process.hpp"
#include "models/laboratory/laws.hpp"

namespace cercle::models {

namespace {

const std::string name = "contagion.sisa";

}

/// SIS with spontaneous infection: with m infected neighbours,
///   0 -> 1 at rate a + b m,  1 -> 0 at rate g.
/// Source: Hill, Rand, Nowak and Christakis 2010, Proc R Soc B 277:3827.
LaboratoryLaw sisa_law() {
    const std::string source = "Hill et al. 2010 for the law; no default";
    sim::ParameterTable table = contact_parameters(name, source);
    table.insert(table.begin(),
                 {name + ".spontaneous", sim::no_default, "1/month", sim::non_negative, source,
                  "rate at which a node comes into state 1 by itself"});
    return {
        .law = {.name = name,
                .stage = "contagion",
                .meaning =
                    "infects nodes through neighbours and out of nothing, until they recover",
                .equations = "SISa",
                .parameters = table,
                .build =
                    [](const sim::Settings& settings) {
                        return contact_process(settings, name, AfterRecovery::susceptible);
                    },
                .check = [](const sim::Settings& settings,
                            sim::Problems& problems) { check_contact(settings, name, problems); }},
        .needs_start = false,
    };
}

}

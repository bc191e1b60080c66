#include "models/contagion/target.hpp"

namespace cercle::models {

Target::Target(const sim::Settings& settings)
    : autonomy_(settings.real("engagement.autonomy")),
      competence_(settings.real("engagement.competence")),
      relatedness_(settings.real("engagement.relatedness")),
      information_(settings.real("engagement.information")), pay_(settings.real("engagement.pay")),
      ownership_(settings.real("engagement.ownership")),
      cosmetic_(settings.real("engagement.cosmetic_voice")),
      insecurity_(settings.real("engagement.insecurity")),
      impulse_(settings.real("impulse.employee")), policies_(settings) {}

const sim::ParameterTable& Target::parameters() {
    using sim::between;
    static const std::string needs =
        "Van den Broeck et al. 2016, Cerasoli et al. 2016; scaled: assumed";
    static const std::string small = "O'Boyle et al. 2016 (r = .04, hence small); scaled: assumed";
    static const sim::ParameterTable table = {
        {"engagement.autonomy", 1.5, "logit", between(0, 3), needs,
         "effect of a satisfied need for autonomy on engagement"},
        {"engagement.competence", 1.5, "logit", between(0, 3), needs,
         "effect of a satisfied need for competence"},
        {"engagement.relatedness", 1.2, "logit", between(0, 3), needs,
         "effect of a satisfied need for relatedness"},
        {"engagement.information", 0.5, "logit", between(0, 3), small, "effect of being informed"},
        {"engagement.pay", 0.5, "logit", between(0, 3), small, "effect of fair pay"},
        {"engagement.ownership", 0.10, "logit", between(-1, 1), small, "effect of being a member"},
        {"engagement.cosmetic_voice", 1.0, "logit", between(0, 5), "assumed",
         "cost of each unit of voice claimed but not given"},
        {"engagement.insecurity", 0.3, "logit", between(0, 3), "assumed",
         "cost of a stability S of -1, in proportion to max(0, -S)"},
        {"impulse.employee", 0.0, "logit", between(-3, 3), "chosen by the user (an experiment)",
         "lasting push on what every employee's engagement tends to; to measure the loop"},
    };
    return table;
}

}

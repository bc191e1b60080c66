#pragma once

#include <memory>
#include <string>

#include "models/catalogue.hpp"

namespace cercle::models {

/// What happens to one node, in events per month: from nothing, from each neighbour in state 1,
/// and the end of state 1.
struct ContactRates {
    double spontaneous = 0.0;
    double transmission = 0.0;
    double recovery = 0.0;
};

/// Where a node goes from state 1: back to 0, or to 2 for good.
enum class AfterRecovery : std::uint8_t { susceptible, immune };

/// The rates of a law of this name, from its table.
ContactRates contact_rates(const sim::Settings& settings, const std::string& law);

/// Rows of the table that the laws of contact share: transmission, recovery, clock.
sim::ParameterTable contact_parameters(const std::string& law, const std::string& source);

/// Tells of rates that make a probability above 1 of a step of the synchronous clock, with the
/// largest step that does not.
void check_contact(const sim::Settings& settings, const std::string& law, sim::Problems& problems);

/// The process of the clock that the settings choose.
std::unique_ptr<sim::Process> contact_process(const sim::Settings& settings, const std::string& law,
                                              AfterRecovery after);

}

#pragma once

#include "scenarios/networks.hpp"
#include "sim/text_file.hpp"

/// The parts of office_network and client_network.
namespace cercle::scenarios {

/// `network.seed`: what every draw of a network's shape depends on.
std::uint64_t network_seed(const sim::Settings& settings);

/// Draws the office that `network.colleague.generator` names. Managers are not chosen yet.
OfficeNetwork generated_office(const sim::Settings& settings, const sim::TextFolder& folder);

/// Makes the person with the most contact (highest strength) the manager of a team without one.
void choose_managers(OfficeNetwork& office);

/// The value of a degree parameter for graphs that want a whole even number below the nodes; throws
/// UserError otherwise.
std::size_t even_degree(const sim::Settings& settings, const std::string& path);

}

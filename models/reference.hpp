#pragma once

#include "sim/parameter.hpp"

namespace cercle::models {

/// The reference the mechanisms are neutral at: an average employee, client and firm.
struct Reference {
    float employee;   ///< mean engagement of employees, logit
    float client;     ///< mean engagement of clients, logit
    float engagement; ///< E at which productivity, illness and absence take their base values
    float price;      ///< price of one unit of volume elsewhere, EUR/month

    explicit Reference(const sim::Settings& settings)
        : employee(settings.real("employee.mean")), client(settings.real("client.mean")),
          engagement(settings.real("output.reference_engagement")),
          price(settings.real("market.price")) {}
};

}

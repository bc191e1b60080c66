#pragma once

#include <exception>
#include <functional>
#include <string>

#include "sim/ranks.hpp"

namespace cercle::apps {

/// Thrown on the ranks that only hear of a failure: rank 0 tells the user, they end alike.
struct LedAway {
    int exit_code;
};

/// Thrown on rank 0 for a failure that the other ranks have heard of.
struct ToldToAll {
    std::exception_ptr failure;
};

/// Lets rank 0 do what one alone must do; its text is given to all. What it throws is thrown there
/// as ToldToAll, and LedAway on the other ranks.
std::string led(const sim::Ranks& ranks, const std::function<std::string()>& work);

}

#pragma once

#include <string>

#include "sim/study_parts.hpp"

namespace cercle::apps {

/// The shard that "2/4" names; throws UserError for anything else.
sim::Shard shard_given(const std::string& text);

}

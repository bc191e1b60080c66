#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cercle::sim {

/// Fewest insertions, deletions, replacements and swaps of neighbours that turn one word into the
/// other; capital letters count as small ones.
std::size_t edit_distance(std::string_view one, std::string_view other);

/// The candidate that was probably meant by a misspelt word (at most a third of its letters wrong);
/// the first of equals. None when no candidate is near.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

/// " (did you mean X?)", or nothing when no candidate is near.
std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);

}

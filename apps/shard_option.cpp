#include "apps/shard_option.hpp"

#include <charconv>

#include <fmt/format.h>

#include "sim/error.hpp"

namespace cercle::apps {
namespace {

constexpr std::size_t most_shards = 100'000;

}

sim::Shard shard_given(const std::string& text) {
    sim::Shard shard{0, 0};
    const char* const end = text.data() + text.size();
    const auto number = std::from_chars(text.data(), end, shard.number);
    const bool slash = number.ec == std::errc() && number.ptr != end && *number.ptr == '/';
    const auto count = slash ? std::from_chars(number.ptr + 1, end, shard.count) : number;
    if (!slash || count.ec != std::errc() || count.ptr != end) {
        throw sim::UserError(fmt::format("--shard {}: is no part of a study (which of how many is "
                                         "wanted) write I/N, such as 2/4",
                                         text));
    }
    if (shard.number < 1 || shard.number > shard.count || shard.count > most_shards) {
        throw sim::UserError(fmt::format("--shard {}: there is no such part (parts are numbered "
                                         "from 1 to their number, at most {}) write {}/{}",
                                         text, most_shards, 1,
                                         std::clamp(shard.count, std::size_t{1}, most_shards)));
    }
    return shard;
}

}

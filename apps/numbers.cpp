#include "apps/numbers.hpp"

#include <charconv>
#include <cstdint>
#include <limits>
#include <string>

#include <fmt/format.h>

namespace cercle::apps {
namespace {

/// Whether the whole of a text is a number of that type.
template <class Number> bool reads(const std::string& text, Number& number) {
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    return error == std::errc() && stop == end;
}

/// An option's check; its message stands after the name of the option.
template <class Number> CLI::Validator in_range(Number low, Number high, const char* what) {
    return {[=](std::string& text) -> std::string {
                Number number{};
                if (reads(text, number) && number >= low && number <= high) return "";
                return fmt::format("\"{}\" is not {} from {} to {}", text, what, low, high);
            },
            fmt::format("{} to {}", low, high)};
}

}

CLI::Validator whole_number(std::size_t low, std::size_t high) {
    return in_range(low, high, "a whole number");
}

CLI::Validator seed_number() { return whole_number(0, std::numeric_limits<std::uint64_t>::max()); }

CLI::Validator number_between(double low, double high) { return in_range(low, high, "a number"); }

}

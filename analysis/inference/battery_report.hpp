#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "analysis/inference/next_step.hpp"
#include "analysis/inference/verdict_words.hpp"

namespace cercle::analysis {

/// Everything the battery says about one channel.
struct ChannelReport {
    Evidence evidence;
    std::optional<Calibration> calibration;
    Verdict verdict;
};

/// Everything it says about a survey.
struct BatteryReport {
    std::string folder;
    std::size_t employees = 0;
    std::size_t clients = 0;
    std::size_t unanswered = 0;
    bool derived_handovers = false;
    std::size_t shared_clients = 0;  ///< with several contacts at once
    std::string employee_instrument; ///< "" where they gave no answers
    std::string client_instrument;
    std::vector<ChannelReport> channels;
};

/// Channels in which a confirmatory test was made.
std::size_t judged_channels(const BatteryReport& report);
/// How often one of so many independent channels is significant at .05 where nothing spreads.
double false_alarm(std::size_t channels);

/// Verdicts first, then what they rest on; at most `width` columns.
std::string battery_text(const BatteryReport& report, Language language, std::size_t width);
nlohmann::ordered_json battery_json(const BatteryReport& report, Language language);

}

#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analysis/compare.hpp"
#include "tests/sim/small_study.hpp"

namespace cercle::analysis {

/// A study of three replicates whose outcomes are those given, (arm, outcome, replicate).
using Numbers = std::vector<std::vector<std::vector<double>>>;

inline sim::ResultsHead head_of(const std::vector<std::string>& arms) {
    sim::ResultsHead head;
    head.arms = arms;
    head.replicates = 3;
    head.outcomes = {{"churn", "1/year", "clients lost per client and year"},
                     {"cash", "EUR", "money of the firm"}};
    head.run_seeds.assign(3 * arms.size(), 1);
    head.text_attributes["title"] = "Three worlds";
    std::string& scenario = head.text_attributes["scenario_resolved"];
    scenario = "cercle = 1\nseed = 1\nreplicates = 3\n";
    for (const std::string& arm : arms) scenario += "[[arm]]\nname = \"" + arm + "\"\n";
    return head;
}

inline void write(const std::filesystem::path& path, const sim::ResultsHead& head,
                  const Numbers& numbers, sim::RunStatus last = sim::RunStatus::done) {
    sim::ResultsWriter writer(path, head, {}, sim::ResultsWriter::Existing::refuse);
    for (std::size_t arm = 0; arm < head.arms.size(); ++arm) {
        for (std::size_t replicate = 0; replicate < 3; ++replicate) {
            sim::Record record{
                .batch = {arm, 0, replicate, 1}, .series = {}, .outcomes = {}, .failure = {}};
            for (const auto& outcome : numbers[arm]) record.outcomes.push_back(outcome[replicate]);
            if (arm == 1 && replicate == 2) record.status = last;
            if (record.status == sim::RunStatus::failed) record.failure = "the till was empty";
            if (record.status != sim::RunStatus::pending) writer.write(record);
        }
    }
}

inline const Numbers two_arms = {{{0.10, 0.12, 0.17}, {2e6, 3e6, 4e6}},
                                 {{0.15, 0.18, 0.21}, {2e6, 3e6, 1e6}}};

class Compare : public testing::Test {
protected:
    Comparison of(const sim::ResultsHead& head, const Numbers& numbers,
                  const CompareOptions& options = {}, sim::RunStatus last = sim::RunStatus::done) {
        const auto path = folder_ / ("study" + std::to_string(count_++) + ".h5");
        write(path, head, numbers, last);
        return compare(sim::ResultsReader(path), options);
    }
    sim::ScratchFolder folder_{"compare"};
    int count_ = 0;
};

}

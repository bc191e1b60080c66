#pragma once

#include <filesystem>
#include <string>

#include <unistd.h>

#include "sim/results_file.hpp"

namespace cercle::sim {

/// A folder that is empty at the start and gone at the end.
class ScratchFolder {
public:
    explicit ScratchFolder(const std::string& name)
        : path_(std::filesystem::temp_directory_path() /
                ("cercle_" + name + "_" + std::to_string(getpid()))) {
        std::filesystem::remove_all(path_);
        std::filesystem::create_directories(path_);
    }
    ~ScratchFolder() { std::filesystem::remove_all(path_); }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
    const std::filesystem::path& path() const { return path_; }
    std::size_t files() const {
        return static_cast<std::size_t>(
            std::distance(std::filesystem::directory_iterator(path_), {}));
    }

private:
    std::filesystem::path path_;
};

/// Two arms, `points` design points of two factors, `replicates`, three months, two series and two
/// outcomes.
inline ResultsHead small_head(std::size_t replicates = 4, std::size_t points = 2) {
    ResultsHead head;
    head.arms = {"scop", "conventionnelle été"};
    head.factors = {"contagion.colleague.weight", "firm.size"};
    for (std::size_t value = 0; value < 2 * points; ++value)
        head.design.push_back(0.5 * static_cast<double>(value));
    head.points = points;
    head.replicates = replicates;
    head.times = {0.0, 1.0, 2.0};
    head.series = {{"engagement_employee", "fraction", "mean engagement of employees"},
                   {"cash", "EUR", "money of the firm"}};
    head.outcomes = {{"churn", "1/year", "clients lost per client and year"},
                     {"nps", "points", "net promoter score"}};
    for (std::size_t run = 0; run < 2 * points * replicates; ++run)
        head.run_seeds.push_back(0xFFFFFFFFFFFFFF00U + run % replicates);
    head.text_attributes = {{"title", "Coopérative"}, {"scenario_resolved", "seed = 1\n"}};
    head.number_attributes = {{"seed", 1.0}};
    return head;
}

inline std::vector<NetworkTable> small_networks() {
    return {{"colleague", {{0, 1, 0.5F}, {1, 2, 2.0F}}, 3, {"R&D", "Ventes", "R&D"}},
            {"client", {}, 2, {}}};
}

/// A record whose every number tells where it belongs.
inline Record telling_record(const ResultsHead& head, const Batch& batch) {
    Record record;
    record.batch = batch;
    record.times = head.times.size();
    record.series_count = head.series.size();
    record.outcome_count = head.outcomes.size();
    record.series.resize(record.series_count * batch.lanes * record.times);
    record.outcomes.resize(record.outcome_count * batch.lanes);
    for (std::size_t lane = 0; lane < batch.lanes; ++lane) {
        const std::size_t run = (batch.arm * head.points + batch.point) * head.replicates +
                                batch.first_replicate + lane;
        for (std::size_t which = 0; which < record.outcome_count; ++which)
            record.outcome(which, lane) =
                1000.0 * static_cast<double>(which + 1) + static_cast<double>(run);
        for (std::size_t which = 0; which < record.series_count; ++which) {
            for (std::size_t time = 0; time < record.times; ++time)
                record.at(which, lane, time) =
                    static_cast<float>(10000 * (which + 1) + 1000 * time + run);
        }
    }
    return record;
}

}

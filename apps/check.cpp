#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "analysis/pattern_table.hpp"
#include "apps/machine.hpp"
#include "apps/messages.hpp"
#include "apps/numbers.hpp"
#include "apps/shard_option.hpp"
#include "apps/verb.hpp"
#include "scenarios/study.hpp"
#include "sim/error.hpp"

namespace cercle::apps {
namespace {

constexpr std::size_t default_lanes = 16;
constexpr std::size_t table_width = 100;

class Check final : public Verb {
public:
    void declare(CLI::App& command) override {
        command.add_option("FILE", files_, "scenario files; - for stdin")->required();
        command.add_option("--set", set_, "path=value, wins over the file; may be repeated")
            ->allow_extra_args(false);
        command.add_option("--threads", threads_, "threads the plan is made for")
            ->check(whole_number(1, most_threads))
            ->capture_default_str();
        command.add_option("--shard", shard_,
                           "I/N: tell also what each of N parts of the study would take");
        command.add_flag("--patterns", patterns_,
                         "run the scenario and hold it against the figures the model must meet; "
                         "exit code 0 also when some are missed");
    }

    /// Every file is looked at, so that one bad file does not hide the next.
    int act() override {
        int code = exit_code::done;
        const std::size_t shards = shard_.empty() ? 1 : shard_given(shard_).count;
        for (const std::string& file : files_) {
            try {
                const scenarios::Study study(
                    scenarios::read_scenario(scenarios::load_scenario_file(file, set_)));
                if (files_.size() > 1) print(fmt::format("{}:\n", file));
                print(patterns_ ? patterns_of(study)
                                : study.plan_text(default_lanes, threads_, shards));
            } catch (const sim::UserError& error) {
                spdlog::error("{}", error.what());
                code = exit_code::mistake;
            }
        }
        return code;
    }

private:
    std::string patterns_of(const scenarios::Study& study) const {
        const analysis::Outcomes outcomes(study, default_lanes, threads_);
        return analysis::pattern_table(analysis::check_patterns(study, outcomes), study,
                                       table_width);
    }

    std::vector<std::string> files_;
    std::vector<std::string> set_;
    std::string shard_;
    std::size_t threads_ = machine_threads();
    bool patterns_ = false;
};

}

std::unique_ptr<Verb> check_verb() { return std::make_unique<Check>(); }

}

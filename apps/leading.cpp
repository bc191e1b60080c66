#include "apps/leading.hpp"

#include "apps/verb.hpp"
#include "sim/error.hpp"

namespace cercle::apps {
namespace {

constexpr char went_well = '+';

/// On rank 0: the others must hear of a failure before it ends this one.
std::string lead(const sim::Ranks& ranks, const std::function<std::string()>& work) {
    std::string text;
    try {
        text = work();
    } catch (const sim::UserError&) {
        ranks.shared(std::to_string(exit_code::mistake));
        throw ToldToAll{std::current_exception()};
    } catch (...) {
        ranks.shared(std::to_string(exit_code::failure));
        throw ToldToAll{std::current_exception()};
    }
    ranks.shared(went_well + text);
    return text;
}

}

std::string led(const sim::Ranks& ranks, const std::function<std::string()>& work) {
    if (ranks.first()) return lead(ranks, work);
    const std::string heard = ranks.shared("");
    if (heard.empty() || heard.front() != went_well) throw LedAway{std::stoi(heard)};
    return heard.substr(1);
}

}

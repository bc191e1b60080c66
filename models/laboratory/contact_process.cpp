#include "models/laboratory/contact_process.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "models/laboratory/nodes.hpp"
#include "models/laboratory/synchronous.hpp"
#include "models/spreading/event_clock.hpp"

namespace cercle::models {

namespace {

/// In a step of length h, with m neighbours in state 1 before it and all nodes at once:
///   P(0 -> 1) = 1 - (1 - a h) (1 - b h)^m,  P(1 -> next) = g h.
class SynchronousContact final : public sim::Process {
public:
    SynchronousContact(const ContactRates& rates, double months, AfterRecovery after)
        : infection_(rates.spontaneous * months, rates.transmission * months),
          recovery_(rates.recovery * months),
          recovered_(after == AfterRecovery::immune ? std::uint8_t{2} : std::uint8_t{0}) {}

    void advance(sim::World& world, const sim::Tick& tick) const override {
        change_states(world, tick,
                      [this](std::uint8_t state, std::uint32_t count, std::uint32_t word) {
                          if (state == 0)
                              return occurs(word, infection_(count)) ? std::uint8_t{1} : state;
                          if (state == 1) return occurs(word, recovery_) ? recovered_ : state;
                          return state;
                      });
    }

private:
    AtLeastOnce infection_;
    double recovery_;
    std::uint8_t recovered_;
};

/// The same rates as a Markov chain in continuous time: every event at its own moment. Cutting it
/// into steps changes nothing, as it has no memory.
class ContinuousContact final : public sim::Process {
public:
    ContinuousContact(const ContactRates& rates, AfterRecovery after)
        : rates_{.transmission = rates.transmission,
                 .recovery = rates.recovery,
                 .spontaneous = rates.spontaneous,
                 .recovered = after == AfterRecovery::immune ? Compartment::removed
                                                             : Compartment::susceptible} {}

    void advance(sim::World& world, const sim::Tick& tick) const override {
        Holders nodes = holders(world);
        remember_states(nodes);
        Tally noted = tally(world);
        const std::size_t lanes = world.lanes();
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            if (!std::isnan(noted.ended[lane])) continue;
            // A clock remembers the order in which nodes changed: each lane has its own.
            EventClock clock(world.graphs.front(), sim::Weighting::unweighted);
            sim::Stream stream = stream_of(world, lane, tick.step, sim::Draw::laboratory_event);
            const EventTally events = clock.advance(
                {.rows = {nodes.state.data(), nodes.state.size()}, .lanes = lanes, .lane = lane},
                rates_, tick.months, stream);
            if (std::isinf(events.extinct_at)) continue;
            noted.ended[lane] = (tick.step - 1) * tick.months + events.extinct_at;
        }
    }

private:
    SpreadRates rates_;
};

/// The largest part of a month that divides it evenly, is written exactly with few decimals and
/// makes a probability of at most 1 of a rate above 1.
double largest_step(double rate) {
    auto parts = static_cast<std::uint64_t>(std::ceil(std::min(rate, 1e15)));
    const auto is_even = [](std::uint64_t number) {
        for (const std::uint64_t factor : {2U, 5U}) {
            while (number % factor == 0) number /= factor;
        }
        return number == 1;
    };
    while (!is_even(parts)) ++parts;
    return 1.0 / static_cast<double>(parts);
}

/// Where every event has its own moment, rates beyond all reason would run for days.
void check_pace(const sim::Settings& settings, const std::string& path, sim::Problems& problems) {
    constexpr double fastest = 1000.0; // an event of a node each three quarters of an hour
    if (!(settings.number(path) > fastest)) return;
    problems.push_back({path, fmt::format("{} = {} 1/month is above {} (every event is made one by "
                                          "one) let a month stand for a shorter time and lower all "
                                          "rates in proportion",
                                          path, settings.number(path), fastest)});
}

}

ContactRates contact_rates(const sim::Settings& settings, const std::string& law) {
    const std::string spontaneous = law + ".spontaneous";
    return {.spontaneous = settings.has(spontaneous) ? settings.number(spontaneous) : 0.0,
            .transmission = settings.number(law + ".transmission"),
            .recovery = settings.number(law + ".recovery")};
}

sim::ParameterTable contact_parameters(const std::string& law, const std::string& source) {
    return {
        {law + ".transmission", sim::no_default, "1/month", sim::non_negative, source,
         "rate at which each neighbour in state 1 passes it on"},
        {law + ".recovery", sim::no_default, "1/month", sim::non_negative, source,
         "rate at which state 1 ends"},
        {law + ".clock",
         std::string("synchronous"),
         "",
         sim::any_number,
         "chosen by the user",
         "all nodes at once in steps (probability of an event = rate times step), or events one by "
         "one at any moment",
         {"synchronous", "continuous"}},
    };
}

void check_contact(const sim::Settings& settings, const std::string& law, sim::Problems& problems) {
    const bool continuous = settings.text(law + ".clock") == "continuous";
    const double step = settings.number("time.step");
    for (const char* rate : {".spontaneous", ".transmission", ".recovery"}) {
        const std::string path = law + rate;
        if (!settings.has(path)) continue;
        if (continuous) {
            check_pace(settings, path, problems);
            continue;
        }
        const double probability = settings.number(path) * step;
        if (!(probability > 1.0)) continue;
        problems.push_back(
            {path, fmt::format(
                       "{} = {} 1/month is too fast for a step of {} month (the synchronous clock "
                       "makes it a probability of {:g}) set time.step to at most {:.8g}, or "
                       "{}.clock = \"continuous\"",
                       path, settings.number(path), step, probability,
                       largest_step(settings.number(path)), law)});
    }
}

std::unique_ptr<sim::Process> contact_process(const sim::Settings& settings, const std::string& law,
                                              AfterRecovery after) {
    if (settings.text(law + ".clock") == "continuous") {
        return std::make_unique<ContinuousContact>(contact_rates(settings, law), after);
    }
    return std::make_unique<SynchronousContact>(contact_rates(settings, law),
                                                settings.number("time.step"), after);
}

}

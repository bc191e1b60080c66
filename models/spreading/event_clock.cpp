#include "models/spreading/event_clock.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "sim/error.hpp"
#include "sim/huge_pages.hpp"
#include "sim/portable_math.hpp"

namespace cercle::models {

namespace {

constexpr auto none = std::numeric_limits<std::uint64_t>::max();
constexpr double beyond = 1e15; // the end of any row: for candidates that meet nobody
constexpr auto susceptible = static_cast<std::uint8_t>(Compartment::susceptible);
constexpr auto infectious = static_cast<std::uint8_t>(Compartment::infectious);

sim::Graph reversed(const sim::Graph& graph) {
    std::vector<sim::Tie> ties = graph.ties();
    for (sim::Tie& tie : ties) std::swap(tie.from, tie.to);
    return {graph.nodes(), ties, false};
}

/// Sums of the weights of each row up to and with each arc.
std::vector<double> sums_along_rows(const sim::Graph& graph) {
    std::vector<double> sums;
    sim::reserve_in_huge_pages(sums, graph.arcs());
    for (std::size_t node = 0; node < graph.nodes(); ++node) {
        double sum = 0.0;
        for (const float weight : graph.weights(node)) sums.push_back(sum += double{weight});
    }
    return sums;
}

}

EventClock::EventClock(const sim::Graph& graph, sim::Weighting weighting) {
    if (!graph.symmetric()) reversed_ = reversed(graph);
    const sim::Graph& influence = reversed_ ? *reversed_ : graph;
    rows_ = influence.offsets();
    targets_ = influence.targets();
    const bool weighted = weighting == sim::Weighting::weighted;
    if (weighted) cumulative_ = sums_along_rows(influence);
    std::vector<double> strength(graph.nodes());
    for (std::size_t node = 0; node < strength.size(); ++node) {
        const std::size_t degree = influence.degree(node);
        strength[node] =
            weighted && degree > 0 ? cumulative_[rows_[node + 1] - 1] : static_cast<double>(degree);
    }
    sort_into_groups(strength);
}

void EventClock::sort_into_groups(std::span<const double> strength) {
    constexpr int none = std::numeric_limits<int>::min();
    const auto power_of = [&](double number) { return number > 0.0 ? std::ilogb(number) : none; };
    std::map<int, Group> by_power;
    for (const double number : strength) {
        Group& group = by_power[power_of(number)];
        ++group.size;
        group.most = std::max(group.most, number);
    }
    sim::expects(by_power.size() < 256, "EventClock: fewer than 256 powers of two of strength");
    std::map<int, std::uint8_t> number_of;
    std::uint32_t first = 0;
    for (auto& [power, group] : by_power) {
        group.first = first;
        first += group.size;
        number_of[power] = static_cast<std::uint8_t>(groups_.size());
        groups_.push_back(group);
    }
    sim::reserve_in_huge_pages(members_, strength.size());
    sim::reserve_in_huge_pages(nodes_, strength.size());
    members_.resize(strength.size());
    nodes_.resize(strength.size());
    std::vector<std::uint32_t> next;
    for (const Group& group : groups_) next.push_back(group.first);
    for (std::uint32_t node = 0; node < strength.size(); ++node) {
        const std::uint8_t group = number_of[power_of(strength[node])];
        nodes_[node] = {.place = next[group]++, .group = group, .state = susceptible};
        members_[nodes_[node].place] = node;
    }
    shares_.reserve(3 * groups_.size());
}

void EventClock::load(const LaneStates& states) {
    sim::expects(states.rows.size() == nodes_.size() * states.lanes,
                 "EventClock::advance: one state for each node and lane");
    infectious_ = susceptible_ = 0;
    for (Group& group : groups_) group.infectious = 0;
    for (std::uint32_t node = 0; node < nodes_.size(); ++node) {
        const std::uint8_t state = states.rows[node * states.lanes + states.lane];
        nodes_[node].state = state;
        if (state == susceptible) ++susceptible_;
        if (state != infectious) continue;
        Group& group = groups_[nodes_[node].group];
        move(node, group.first + group.infectious++);
        ++infectious_;
    }
    for (Group& group : groups_) bound_group(group);
}

void EventClock::store(const LaneStates& states) const {
    for (std::size_t node = 0; node < nodes_.size(); ++node) {
        states.rows[node * states.lanes + states.lane] = nodes_[node].state;
    }
}

void EventClock::bound_group(Group& group) const {
    const std::uint32_t room = 4 + group.infectious / 16;
    group.bound = std::min(group.size, group.infectious + room);
    group.least_bound = group.infectious - std::min(group.infectious, 2 * room);
}

void EventClock::share_out(const SpreadRates& rates) {
    shares_.clear();
    total_ = 0.0;
    const auto add = [&](Kind kind, std::size_t group, std::uint32_t count, double each) {
        if (count == 0 || each <= 0.0) return;
        shares_.push_back({.start = total_,
                           .members_per_rate = 1.0 / each,
                           .most = kind == Kind::contact ? groups_[group].most : beyond,
                           .first = groups_[group].first,
                           .count = count,
                           .group = static_cast<std::uint8_t>(group),
                           .kind = kind});
        total_ += each * count;
    };
    for (std::size_t i = 0; i < groups_.size(); ++i) {
        add(Kind::recovery, i, groups_[i].bound, rates.recovery);
        add(Kind::contact, i, groups_[i].bound, rates.transmission * groups_[i].most);
        add(Kind::spontaneous, i, groups_[i].size, rates.spontaneous);
    }
}

std::size_t EventClock::draw(double expected, sim::Stream& stream) {
    const std::size_t count =
        expected < double{batch} ? std::min(batch, static_cast<std::size_t>(expected) + 4) : batch;
    for (std::size_t i = 0; i < count; ++i) {
        gap_[i] = 1.0 - stream.uniform();
        where_[i] = stream.uniform();
        contact_[i] = stream.uniform();
    }
    for (std::size_t i = 0; i < count; ++i) gap_[i] = -sim::log(gap_[i]);
    return count;
}

// Each loop does one step for all candidates and asks for what the next one reads, so that their
// cache misses overlap.
void EventClock::prepare(std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
        const double where = where_[i] * total_;
        std::uint32_t which = 0;
        for (std::size_t s = 1; s < shares_.size(); ++s) which += where >= shares_[s].start ? 1 : 0;
        const Share& share = shares_[which];
        const auto index =
            static_cast<std::uint32_t>((where - share.start) * share.members_per_rate);
        share_[i] = which;
        place_[i] = share.first + std::min(index, share.count - 1);
        position_[i] = contact_[i] * share.most;
        __builtin_prefetch(&members_[place_[i]], 1);
    }
    for (std::size_t i = from; i < to; ++i) {
        member_[i] = members_[place_[i]];
        __builtin_prefetch(&rows_[member_[i]]);
    }
    for (std::size_t i = from; i < to; ++i) {
        arc_[i] = arc_of(member_[i], position_[i]);
        __builtin_prefetch(&targets_[arc_[i] == none ? 0 : arc_[i]]);
    }
    for (std::size_t i = from; i < to; ++i) {
        target_[i] = arc_[i] == none ? member_[i] : targets_[arc_[i]];
        __builtin_prefetch(&nodes_[target_[i]], 1);
    }
}

/// The arc of a row at a position along its ties, or their weight; none beyond their end.
std::uint64_t EventClock::arc_of(std::uint32_t node, double position) const {
    const std::uint64_t first = rows_[node];
    const std::uint64_t end = rows_[node + 1];
    if (cumulative_.empty()) {
        const std::uint64_t arc = first + static_cast<std::uint64_t>(position);
        return arc < end ? arc : none;
    }
    const auto row = std::span(cumulative_).subspan(first, end - first);
    const auto found = std::ranges::upper_bound(row, position);
    return found == row.end() ? none : first + static_cast<std::uint64_t>(found - row.begin());
}

bool EventClock::happens(std::size_t candidate, EventTally& tally) {
    const Share& share = shares_[share_[candidate]];
    const std::uint32_t place = place_[candidate];
    const std::uint32_t member = members_[place];
    if (share.kind == Kind::spontaneous) {
        return nodes_[member].state == susceptible && infect(member, tally);
    }
    if (!is_infectious(place, groups_[share.group])) return false;
    if (share.kind == Kind::recovery) return recover(member, tally);
    const bool moved = member != member_[candidate]; // another took its place since
    const std::uint64_t arc = moved ? arc_of(member, position_[candidate]) : arc_[candidate];
    if (arc == none) return false;
    const std::uint32_t target = moved ? targets_[arc] : target_[candidate];
    return nodes_[target].state == susceptible && infect(target, tally);
}

void EventClock::move(std::uint32_t node, std::uint32_t to) {
    const std::uint32_t from = nodes_[node].place;
    const std::uint32_t other = members_[to];
    members_[from] = other;
    nodes_[other].place = from;
    members_[to] = node;
    nodes_[node].place = to;
}

/// True when the bounds no longer hold.
bool EventClock::infect(std::uint32_t node, EventTally& tally) {
    Group& group = groups_[nodes_[node].group];
    move(node, group.first + group.infectious++);
    nodes_[node].state = infectious;
    ++infectious_;
    --susceptible_;
    ++tally.infections;
    if (group.infectious <= group.bound) return false;
    bound_group(group);
    return true;
}

/// True when the bounds no longer hold.
bool EventClock::recover(std::uint32_t node, EventTally& tally) {
    Group& group = groups_[nodes_[node].group];
    move(node, group.first + --group.infectious);
    nodes_[node].state = static_cast<std::uint8_t>(recovered_);
    --infectious_;
    if (recovered_ == Compartment::susceptible) ++susceptible_;
    ++tally.recoveries;
    if (group.infectious >= group.least_bound) return false;
    bound_group(group);
    return true;
}

bool EventClock::anything_can_happen(const SpreadRates& rates) const {
    if (susceptible_ > 0 && rates.spontaneous > 0.0) return true;
    if (infectious_ > 0 && rates.recovery > 0.0) return true;
    const bool contacts = std::ranges::any_of(
        shares_, [](const Share& share) { return share.kind == Kind::contact; });
    return infectious_ > 0 && susceptible_ > 0 && contacts;
}

EventTally EventClock::advance(LaneStates states, const SpreadRates& rates, double duration,
                               sim::Stream& stream) {
    EventTally tally;
    load(states);
    share_out(rates);
    recovered_ = rates.recovered;
    std::size_t next = 0;
    std::size_t drawn = 0;
    while (anything_can_happen(rates)) {
        if (next == drawn) {
            drawn = draw((duration - tally.time) * total_, stream);
            prepare(next = 0, drawn);
        }
        const double time = tally.time + gap_[next] / total_;
        if (time > duration) {
            tally.time = duration; // a Markov chain does not remember the candidate it missed
            break;
        }
        tally.time = time;
        ++tally.proposals;
        if (happens(next++, tally)) {
            share_out(rates);
            prepare(next, drawn);
        }
    }
    const bool can_arise = susceptible_ > 0 && rates.spontaneous > 0.0;
    if (infectious_ == 0 && !can_arise) tally.extinct_at = tally.time;
    store(states);
    return tally;
}

}

#include "models/governance/policy.hpp"

#include <cmath>

#include <fmt/format.h>

#include "models/catalogue.hpp"
#include "models/pricing/rules.hpp"

namespace cercle::models {

namespace {

/// Where the parameters of a form of firm stand.
struct PolicyTable {
    std::string_view table;
    std::string price_rule;

    /// Asked hundreds of times for every design point, so it is put together without fmt.
    std::string path(std::string_view name) const {
        return std::string(table).append(1, '.').append(name);
    }
};

const PolicyTable of_own{"governance", "pricing.rule"};
const PolicyTable of_rivals{"rival", "rival.price_rule"};

Policy as_founded(const sim::Settings& settings, const PolicyTable& table) {
    const auto real = [&](const char* name) { return settings.real(table.path(name)); };
    const auto number = [&](const char* name) { return settings.number(table.path(name)); };
    return {
        .voice = real("voice"),
        .claimed_voice = real("claimed_voice"),
        .consultation = real("consultation"),
        .owner_votes = real("owner_votes"),
        .owner_position = real("owner_position"),
        .information = real("information"),
        .pay_fairness = real("pay_fairness"),
        .membership = settings.flag(table.path("membership")),
        .membership_after = real("membership_after"),
        .stake = std::llround(number("stake") * 100.0),
        .member_loyalty = real("member_loyalty"),
        .workers_share = number("workers_share"),
        .capital_share = number("capital_share"),
        .scop_law = settings.text(table.path("legal_form")) == "scop",
        .take_over_hazard = real("take_over_hazard"),
        .wage_flexibility = real("wage_flexibility"),
        .layoff_rate = real("layoff_rate"),
        .price_rule = price_rule_named(settings.text(table.price_rule)),
    };
}

/// What the buyer of a firm makes of it.
Policy after_take_over(const sim::Settings& settings, Policy policy) {
    policy.voice = settings.real("take_over.voice");
    policy.information = settings.real("take_over.information");
    policy.pay_fairness = settings.real("take_over.pay_fairness");
    policy.consultation = settings.real("take_over.consultation");
    policy.wage_flexibility = settings.real("take_over.wage_flexibility");
    policy.layoff_rate = settings.real("take_over.layoff_rate");
    policy.owner_votes = 1.0F;
    policy.owner_position = settings.real("take_over.owner_position");
    policy.membership = false;
    policy.workers_share = 0.0;
    policy.capital_share = settings.number("take_over.capital_share");
    policy.scop_law = false;
    policy.price_rule = price_rule_named(settings.text("take_over.price_rule"));
    return policy;
}

/// Article 33 of law 78-763 and the sum of the three shares.
void check_split(const sim::Settings& settings, const PolicyTable& table, sim::Problems& problems) {
    const double workers = settings.number(table.path("workers_share"));
    const double reserves = settings.number(table.path("reserve_share"));
    const double capital = settings.number(table.path("capital_share"));
    const auto add = [&](const char* name, std::string sentence) {
        problems.push_back({table.path(name), std::move(sentence)});
    };
    if (std::abs(workers + reserves + capital - 1.0) > 1e-9) {
        add("workers_share",
            fmt::format(
                "workers_share + reserve_share + capital_share = {:.4g} (a profit is shared "
                "out whole, so they add up to 1)",
                workers + reserves + capital));
    }
    if (settings.text(table.path("legal_form")) != "scop") return;
    if (workers < 0.25) {
        add("workers_share",
            fmt::format("a Scop gives workers {:.4g} of its net result (law 78-763, article 33: at "
                        "least 0.25); raise it or choose governance.legal_form = \"ordinary\"",
                        workers));
    }
    if (reserves < 0.16 - 1e-12) {
        add("reserve_share",
            fmt::format(
                "a Scop puts {:.4g} of its net result into reserves (law 78-763, article 33: "
                "15 % to the legal reserve and a share to the development fund, in practice "
                "at least 0.16)",
                reserves));
    }
    if (capital > std::min(workers, reserves) + 1e-12) {
        add("capital_share",
            fmt::format(
                "a Scop pays {:.4g} of its net result on capital (law 78-763, article 33: not "
                "more than workers' share {:.4g} nor reserves {:.4g})",
                capital, workers, reserves));
    }
}

void check_votes(const sim::Settings& settings, const PolicyTable& table, sim::Problems& problems) {
    if (settings.text(table.path("legal_form")) != "scop") return;
    if (settings.number(table.path("owner_votes")) > 0.35) {
        problems.push_back(
            {table.path("owner_votes"),
             fmt::format(
                 "outside capital holds {:.4g} of a Scop's votes (law 78-763, articles 1 and "
                 "3 bis: one person one vote, outside investors at most 0.35)",
                 settings.number(table.path("owner_votes")))});
    }
    if (settings.number(table.path("take_over_hazard")) > 0.0) {
        problems.push_back(
            {table.path("take_over_hazard"),
             "a Scop is taken over (its shares cannot be bought: law 78-763, its "
             "reserves are indivisible); set it to 0 or choose governance.legal_form "
             "= \"ordinary\""});
    }
    if (!settings.flag(table.path("membership"))) {
        problems.push_back({table.path("membership"),
                            "a Scop without members (law 78-763, article 1: employees hold the "
                            "majority); set it to true or choose governance.legal_form = "
                            "\"ordinary\""});
    }
}

}

Policies::Policies(const sim::Settings& settings) {
    for (const bool rival : {false, true}) {
        const std::uint8_t policy = founded_as(rival);
        list_[policy] = as_founded(settings, rival ? of_rivals : of_own);
        list_[when_sold(policy)] = after_take_over(settings, list_[policy]);
    }
}

Law governance_law() {
    using sim::fraction;
    const std::string scale = "assumed (total effect of governance on engagement d = .3)";
    const std::string split =
        "assumed for an ordinary firm; in a Scop CG Scop practice 44/43/13, law 78-763 article 33";
    return {
        .name = "governance",
        .stage = "",
        .meaning = "who decides, who is a member, how the net result is shared",
        .equations = "E8, E16, E17, E19",
        .parameters =
            {
                {"governance.regime",
                 "conventional",
                 "",
                 {},
                 "chosen by the user",
                 "a named set of values for "
                 "governance.*: cooperative (preset scop), conventional or extractive",
                 {"cooperative", "conventional", "extractive"}},
                {"governance.legal_form",
                 "ordinary",
                 "",
                 {},
                 "law 78-763",
                 "statute whose limits hold: scop, or ordinary for a company owned by shareholders",
                 {"scop", "ordinary"}},
                {"governance.voice", 0.45, "fraction", fraction, scale,
                 "voice index V at the start; ballots, tastes and consultation then move it "
                 "(votes.closeness, governance.owner_position, governance.consultation)"},
                {"governance.claimed_voice", 0.0, "fraction", fraction, "assumed (nothing claimed)",
                 "voice the firm says it gives; what it claims beyond what it gives costs trust"},
                {"governance.consultation", 0.40, "fraction", fraction,
                 "assumed (V settles near .43 in a conventional firm, .61 in a Scop)",
                 "share of employees without a vote who are heard"},
                {"governance.owner_votes", 1.0, "fraction", fraction,
                 "law 78-763: 0 to .35 in a Scop",
                 "share of votes held by capital rather than by members"},
                {"governance.owner_position", 0.5, "1", sim::between(-3, 3), "assumed",
                 "policy that capital wants, in standard deviations of employees' taste"},
                {"governance.information", 0.50, "fraction", fraction, scale,
                 "information I employees have about team and firm"},
                {"governance.pay_fairness", 0.50, "fraction", fraction, scale,
                 "fairness of pay as employees see it"},
                {"governance.membership",
                 false,
                 "",
                 {},
                 "law 78-763",
                 "whether employees become members"},
                {"governance.membership_after", 12.0, "month", sim::non_negative,
                 "Scop practice: 12 months", "tenure at which an employee becomes a member"},
                {"governance.stake", 3000.0, "EUR", sim::non_negative, "assumed",
                 "capital a new member pays in, returned at par on leaving"},
                {"governance.member_loyalty", 0.30, "fraction", fraction, "assumed (m_q)",
                 "share of the quit hazard a member is spared"},
                {"governance.workers_share", 0.10, "fraction", fraction, split,
                 "share of the net result paid to workers"},
                {"governance.reserve_share", 0.45, "fraction", fraction, split,
                 "share of the net result put into reserves"},
                {"governance.capital_share", 0.45, "fraction", fraction, split,
                 "share of the net result paid on capital"},
                {"governance.take_over_hazard", 0.02, "1/year", sim::between(0, 1), "assumed",
                 "hazard of the firm being sold to an extractive owner"},
                {"governance.wage_flexibility", 0.2, "fraction", fraction,
                 "assumed; direction Pencavel et al. 2006, Burdin 2014",
                 "share of a year's loss that wages bear"},
                {"governance.layoff_rate", 0.30, "1/month", fraction,
                 "assumed; direction Pencavel et al. 2006",
                 "share of redundant jobs cut in a month"},
            },
        .check =
            [](const sim::Settings& settings, sim::Problems& problems) {
                check_split(settings, of_own, problems);
                check_votes(settings, of_own, problems);
            },
    };
}

/// A second form of firm in the same market: the table of `governance.*` once more.
Law rivals_law() {
    sim::ParameterTable rows = {
        {"market.rivals", 0.0, "fraction", sim::fraction, "chosen by the user",
         "share of the firms of a market that are governed as rival.* says; they take turns with "
         "the others"},
    };
    for (sim::Parameter row : governance_law().parameters) {
        row.path.replace(0, std::string_view("governance").size(), "rival");
        row.meaning = "rivals: " + row.meaning;
        rows.push_back(std::move(row));
    }
    rows.push_back({"rival.price_rule",
                    "market",
                    "",
                    {},
                    "chosen by the user",
                    "rivals: how the firm wants to price",
                    price_rule_names()});
    return {
        .name = "governance.rivals",
        .stage = "",
        .meaning = "a second form of firm in the same market",
        .equations = "decision 3",
        .parameters = std::move(rows),
        .check =
            [](const sim::Settings& settings, sim::Problems& problems) {
                if (settings.number("market.rivals") == 0.0) return;
                check_split(settings, of_rivals, problems);
                check_votes(settings, of_rivals, problems);
                if (settings.number("market.firms") > 1.0) return;
                problems.push_back({"market.rivals",
                                    "a market of one firm has no rivals; set market.firms to 2 or "
                                    "more, or market.rivals to 0"});
            },
    };
}

}

#include "analysis/inference/verdict_file.hpp"

#include <functional>

#include "sim/hdf5_netcdf.hpp"

namespace cercle::analysis {
namespace {

/// A number of each channel.
struct Column {
    sim::Metric what;
    std::function<double(const ChannelReport&)> of;
};

double at_moderate(const ChannelReport& report, double PowerPoint::*share) {
    const PowerPoint* moderate = report.calibration ? report.calibration->moderate() : nullptr;
    return moderate ? moderate->*share : not_known;
}

double weight_at(const ChannelReport& report, double PowerPoint::*share) {
    return report.calibration ? report.calibration->detectable_weight(share) : not_known;
}

/// What is said of a channel, and the p it rests on.
const std::vector<Column>& judgement_columns() {
    static const std::vector<Column> all{
        {{"verdict", "1", "level of the verdict, 0 (not testable) to 6 (strong evidence)"},
         [](const ChannelReport& r) { return static_cast<double>(r.verdict.level); }},
        {{"effect", "1", "sd of a person per sd of a contact"},
         [](const ChannelReport& r) { return r.verdict.effect; }},
        {{"effect_low", "1", "lower end of its 95 % interval"},
         [](const ChannelReport& r) { return r.verdict.interval.low; }},
        {{"effect_high", "1", "upper end of its 95 % interval"},
         [](const ChannelReport& r) { return r.verdict.interval.high; }},
        {{"months", "month", "time until the effect"},
         [](const ChannelReport& r) { return r.verdict.months; }},
        {{"p_resemblance", "1", "p of T1"},
         [](const ChannelReport& r) { return r.evidence.resemblance.p; }},
        {{"p_lag", "1", "p of T2"}, [](const ChannelReport& r) { return r.evidence.lag.p; }},
        {{"p_simultaneity", "1", "p of T3"},
         [](const ChannelReport& r) { return r.evidence.lag.simultaneity_p; }},
        {{"p_handovers", "1", "p of T4"},
         [](const ChannelReport& r) {
             return r.evidence.handovers ? r.evidence.handovers->p : not_known;
         }},
        {{"p_balance", "1", "p of the placebo of T4"}, [](const ChannelReport& r) {
             return r.evidence.handovers ? r.evidence.handovers->balance_p : not_known;
         }}};
    return all;
}

/// How often the rule errs and finds something on the network.
const std::vector<Column>& calibration_columns() {
    static const std::vector<Column> all{
        {{"size", "1", "largest share of evidence in worlds without contagion"},
         [](const ChannelReport& r) { return r.calibration ? r.calibration->size() : not_known; }},
        {{"power_evidence", "1", "share of moderate contagion (w = .25) found: called evidence"},
         [](const ChannelReport& r) { return at_moderate(r, &PowerPoint::evidence); }},
        {{"power_significant", "1", "share of moderate contagion with a significant test"},
         [](const ChannelReport& r) { return at_moderate(r, &PowerPoint::significant); }},
        {{"weight_evidence", "1", "weight of contacts found four times in five"},
         [](const ChannelReport& r) { return weight_at(r, &PowerPoint::evidence); }},
        {{"weight_significant", "1", "weight at which a test is significant four times in five"},
         [](const ChannelReport& r) { return weight_at(r, &PowerPoint::significant); }}};
    return all;
}

void add_channels(sim::NetcdfGroup& root, const BatteryReport& report) {
    std::vector<std::string> names;
    for (const ChannelReport& channel : report.channels) {
        names.push_back(channel.evidence.channel.name);
    }
    root.add_names({"channel", "1", "way engagement may spread"}, names);
    for (const auto& columns : {judgement_columns(), calibration_columns()}) {
        for (const Column& column : columns) {
            std::vector<double> values;
            for (const ChannelReport& channel : report.channels) {
                values.push_back(column.of(channel));
            }
            sim::write_all(root.add_numbers<double>(column.what, {"channel"}), values);
        }
    }
}

void add_teams(sim::NetcdfGroup& root, const GroupTable& teams) {
    std::vector<std::string> names;
    std::vector<double> people, low, high;
    for (const GroupMean& group : teams.groups) {
        names.push_back(group.pseudonym);
        people.push_back(group.at_least > 0 ? static_cast<double>(group.at_least) : not_known);
        low.push_back(group.mean.low);
        high.push_back(group.mean.high);
    }
    root.add_names({"team", "1", "teams in the order of what is told of them"}, names);
    sim::write_all(root.add_numbers<double>({"team_people", "1",
                                             "people who answered in the last wave, at least; "
                                             "missing where too few to be told"},
                                            {"team"}),
                   people);
    sim::write_all(
        root.add_numbers<double>({"team_mean_low", "1", "their mean answer, at least"}, {"team"}),
        low);
    sim::write_all(
        root.add_numbers<double>({"team_mean_high", "1", "their mean answer, at most"}, {"team"}),
        high);
}

}

void write_verdict(const VerdictFile& file, const BatteryReport& report, const GroupTable& teams) {
    sim::prepare_hdf5();
    sim::NewFile place(file.place, file.existing);
    {
        const sim::Hdf5Handle creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose, "prepare a file");
        H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
        H5Pset_attr_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
        sim::Hdf5Handle out(H5Fcreate(place.path().c_str(), H5F_ACC_EXCL, creation, H5P_DEFAULT),
                            H5Fclose, "make the file");
        sim::put_attribute(out, "filetype", std::string("cercle-verdict"));
        sim::put_attribute(out, "format_version", 1);
        for (const auto& [name, text] : file.attributes) sim::put_attribute(out, name, text);
        sim::NetcdfGroup root(out);
        add_channels(root, report);
        if (!teams.groups.empty()) add_teams(root, teams);
        root.add_names({"report", "1", "the whole report as JSON"},
                       {battery_json(report, file.language).dump()});
        for (const auto& [name, language] : {std::pair{"report_en", Language::english},
                                             std::pair{"report_fr", Language::french}}) {
            root.add_names({name, "1", "the same in this language"},
                           {battery_json(report, language).dump()});
        }
        out.finish("write the verdict");
    }
    place.keep();
}

}

#include "analysis/report/sections.hpp"
namespace cercle::analysis {
ReportSection attribution_section(const Attribution&, const ReportWords&) { return {}; }
ReportSection sensitivity_section(const Experiment&, const std::vector<Sensitivity>&,
                                  const ReportWords&) {
    return {};
}
ReportSection claims_section(const sim::StoredTables&, const ReportWords&) { return {}; }
ReportSection inference_section(const sim::StoredTables&, const ReportWords&) { return {}; }
}

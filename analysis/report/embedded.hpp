#pragma once

#include <span>
#include <string_view>

#include "sim/embedded_file.hpp"

namespace cercle::analysis {

/// Designs of figures: analysis/report/figures.
std::span<const sim::EmbeddedFile> report_figures();
/// The frame, style and script of the page: analysis/report/page.
std::span<const sim::EmbeddedFile> report_page();
/// Vega and its licences, as npm fetched them; empty when the program was built without.
std::span<const sim::EmbeddedFile> report_assets();

/// The text of one of them; a LogicError when there is none of that name.
std::string_view embedded(std::span<const sim::EmbeddedFile> files, std::string_view name);

}

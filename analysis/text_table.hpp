#pragma once

#include <string>
#include <vector>

namespace cercle::analysis {

/// Columns wide on a terminal: the characters of UTF-8 text, each taken to be one column wide.
std::size_t text_width(const std::string& text);

/// The text cut to `width` columns, its last one an ellipsis when something was cut.
std::string shortened(const std::string& text, std::size_t width);

/// Paragraph broken at spaces into lines of at most `width` columns, each ended by a newline;
/// lines after the first start with `indent` spaces.
std::string wrapped(const std::string& text, std::size_t width, std::size_t indent = 0);

/// Rows of cells under a header; the first column is aligned to the left, the others to the right.
struct TextTable {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;
};

/// Lines of at most `width` columns, without newlines, the header and a rule first. The first
/// column and then the headers give way when there is not enough room.
std::vector<std::string> lines_of(const TextTable& table, std::size_t width);

}

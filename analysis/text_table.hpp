#pragma once

#include <string>
#include <vector>

namespace cercle::analysis {

/// What a printed table fits into where nobody knows the terminal, in columns.
inline constexpr std::size_t page_width = 100;

/// Columns wide on a terminal: the characters of UTF-8 text, each taken to be one column wide.
std::size_t text_width(const std::string& text);

/// The text cut to `width` columns, its last one an ellipsis when something was cut.
std::string shortened(const std::string& text, std::size_t width);

/// Paragraph broken at spaces into lines of at most `width` columns, each ended by a newline;
/// lines after the first start with `indent` spaces.
std::string wrapped(const std::string& text, std::size_t width, std::size_t indent = 0);

/// "  label      value", the value going on under itself where a page is too narrow for it.
std::string labelled_line(const std::string& label, const std::string& value);

/// Rows of cells under a header; the first column is aligned to the left, the others to the right.
struct TextTable {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;
};

/// Header, rule and rows of at most `width` columns, without their last newlines. When there is not
/// enough room, long first cells go on in a further line of their row and long headers are cut.
std::vector<std::string> lines_of(const TextTable& table, std::size_t width);

}

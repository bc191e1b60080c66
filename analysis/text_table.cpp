#include "analysis/text_table.hpp"

#include <algorithm>
#include <numeric>
#include <sstream>

#include <fmt/format.h>

namespace cercle::analysis {

namespace {

constexpr std::size_t wide_gap = 2; ///< between columns
constexpr std::size_t small_gap = 1;
constexpr std::size_t narrowest_label = 12;
constexpr std::size_t widest_word = 20; ///< of a label that is not cut
constexpr std::size_t labels_due = 22;  ///< what labels of lines get
constexpr std::size_t header_due = 14;  ///< what a header gets, even if its cells are narrower

bool starts_character(char letter) { return (static_cast<unsigned char>(letter) & 0xC0U) != 0x80U; }

/// What the first column needs so that its labels break between words only.
std::size_t least_label_width(const TextTable& table) {
    std::size_t least = narrowest_label;
    for (const auto& row : table.rows) {
        const std::string& label = row.front();
        for (std::size_t begin = 0; begin < label.size();) {
            const std::size_t end = std::min(label.find(' ', begin), label.size());
            const std::size_t indent = begin == 0 ? 0 : 2;
            least = std::max(least, indent + text_width(label.substr(begin, end - begin)));
            begin = end + 1;
        }
    }
    return std::min(least, widest_word);
}

/// How wide the columns are and what lies between them.
struct Columns {
    std::vector<std::size_t> widths;
    std::size_t gap = wide_gap;

    std::size_t total() const {
        return std::accumulate(widths.begin(), widths.end(), gap * (widths.size() - 1));
    }
};

/// As wide as the cells and short headers. What is left goes to the first column, then to longer
/// headers.
Columns columns_of(const TextTable& table, std::size_t width, std::size_t gap) {
    std::vector<std::size_t> widths(table.header.size(), 0);
    for (const auto& row : table.rows) {
        for (std::size_t column = 0; column < row.size(); ++column)
            widths[column] = std::max(widths[column], text_width(row[column]));
    }
    const std::vector<std::size_t> cells = widths;
    std::vector<std::size_t> wanted;
    for (const std::string& header : table.header) wanted.push_back(text_width(header));
    for (std::size_t column = 1; column < widths.size(); ++column)
        widths[column] = std::max(widths[column], std::min(wanted[column], header_due));
    const auto total = [&] { return Columns{widths, gap}.total(); };
    if (total() > width) {
        const std::size_t over = total() - width;
        widths[0] -= std::min(over, widths[0] - std::min(widths[0], least_label_width(table)));
    }
    for (std::size_t column = 1; column < widths.size() && total() > width; ++column)
        widths[column] = cells[column];
    for (std::size_t column = 0; column < widths.size(); ++column) {
        if (wanted[column] <= widths[column] || total() >= width) continue;
        widths[column] += std::min(wanted[column] - widths[column], width - total());
    }
    return {widths, gap};
}

/// Columns move together before a header is cut.
Columns columns_of(const TextTable& table, std::size_t width) {
    Columns columns = columns_of(table, width, wide_gap);
    for (std::size_t column = 0; column < table.header.size(); ++column) {
        if (text_width(table.header[column]) > columns.widths[column])
            return columns_of(table, width, small_gap);
    }
    return columns;
}

std::string line_of(const std::vector<std::string>& cells, const Columns& columns) {
    const std::vector<std::size_t>& widths = columns.widths;
    std::string line;
    for (std::size_t column = 0; column < cells.size(); ++column) {
        const std::string cell = shortened(cells[column], widths[column]);
        const std::string padding(widths[column] - text_width(cell), ' ');
        if (column > 0) line.append(columns.gap, ' ');
        line += column == 0 ? cell + padding : padding + cell;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
}

/// A row, its first cell broken at spaces into as many lines as it needs.
std::string lines_of_row(std::vector<std::string> cells, const Columns& columns) {
    const std::size_t first = columns.widths.front();
    const std::string label = wrapped(cells.front(), first, 2);
    cells.front() = label.substr(0, label.find('\n'));
    std::string lines = line_of(cells, columns);
    std::size_t begin = label.find('\n') + 1;
    while (begin < label.size()) {
        const std::size_t end = label.find('\n', begin);
        lines += "\n" + shortened(label.substr(begin, end - begin), first);
        begin = end + 1;
    }
    return lines;
}

}

std::size_t text_width(const std::string& text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, starts_character));
}

std::string shortened(const std::string& text, std::size_t width) {
    if (text_width(text) <= width) return text;
    if (width == 0) return "";
    std::size_t end = 0;
    for (std::size_t characters = 0; end < text.size(); ++end) {
        if (starts_character(text[end]) && ++characters == width) break;
    }
    return text.substr(0, end) + "…";
}

std::string wrapped(const std::string& text, std::size_t width, std::size_t indent) {
    std::string lines;
    std::string line;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        const std::string word = text.substr(begin, end - begin);
        const bool fits = text_width(line) + 1 + text_width(word) <= width;
        if (!line.empty() && line.find_first_not_of(' ') != std::string::npos && !fits) {
            lines += line + "\n";
            line = std::string(indent, ' ');
        }
        if (!line.empty() && line.back() != ' ') line += ' ';
        line += word;
        begin = end + 1;
    }
    return lines + line + "\n";
}

std::string labelled_line(const std::string& label, const std::string& value) {
    const std::string start = fmt::format("  {:{}} ", label, labels_due);
    std::istringstream rows(wrapped(value, page_width - start.size()));
    std::string text;
    for (std::string row; std::getline(rows, row);) {
        text += (text.empty() ? start : std::string(start.size(), ' ')) + row + "\n";
    }
    return text;
}

std::vector<std::string> lines_of(const TextTable& table, std::size_t width) {
    const Columns columns = columns_of(table, width);
    std::vector<std::string> lines = {line_of(table.header, columns)};
    lines.emplace_back(std::min(columns.total(), width), '-');
    for (const auto& row : table.rows) lines.push_back(lines_of_row(row, columns));
    return lines;
}

}

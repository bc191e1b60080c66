#include "analysis/text_table.hpp"

#include <algorithm>
#include <numeric>

namespace cercle::analysis {

namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t narrowest_label = 12;

bool starts_character(char letter) { return (static_cast<unsigned char>(letter) & 0xC0U) != 0x80U; }

/// As wide as the cells; headers may ask for more while there is room.
std::vector<std::size_t> column_widths(const TextTable& table, std::size_t width) {
    std::vector<std::size_t> widths(table.header.size(), 0);
    for (const auto& row : table.rows) {
        for (std::size_t column = 0; column < row.size(); ++column)
            widths[column] = std::max(widths[column], text_width(row[column]));
    }
    const auto total = [&] {
        return std::accumulate(widths.begin(), widths.end(), gap * (widths.size() - 1));
    };
    for (std::size_t column = 0; column < widths.size(); ++column) {
        const std::size_t wanted = text_width(table.header[column]);
        if (wanted <= widths[column]) continue;
        const std::size_t room = width > total() ? width - total() : 0;
        widths[column] += std::min(wanted - widths[column], room);
    }
    if (total() > width) {
        const std::size_t over = total() - width;
        widths[0] -= std::min(over, widths[0] - std::min(widths[0], narrowest_label));
    }
    return widths;
}

std::string line_of(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) {
    std::string line;
    for (std::size_t column = 0; column < cells.size(); ++column) {
        const std::string cell = shortened(cells[column], widths[column]);
        const std::string padding(widths[column] - text_width(cell), ' ');
        if (column > 0) line.append(gap, ' ');
        line += column == 0 ? cell + padding : padding + cell;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
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

std::vector<std::string> lines_of(const TextTable& table, std::size_t width) {
    const std::vector<std::size_t> widths = column_widths(table, width);
    std::vector<std::string> lines = {line_of(table.header, widths)};
    const std::size_t total =
        std::accumulate(widths.begin(), widths.end(), gap * (widths.size() - 1));
    lines.emplace_back(std::min(total, width), '-');
    for (const auto& row : table.rows) lines.push_back(line_of(row, widths));
    return lines;
}

}

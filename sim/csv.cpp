#include "sim/csv.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include <fmt/format.h>

#include "sim/text_file.hpp"

namespace cercle::sim {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string_view trimmed(std::string_view field) {
    const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!field.empty() && is_blank(field.front())) field.remove_prefix(1);
    while (!field.empty() && is_blank(field.back())) field.remove_suffix(1);
    return field;
}

/// Length of the UTF-8 letter a text starts with; 0 when it is none.
std::size_t letter_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    if (byte(0) < 0x80) return 1;
    const std::size_t length = byte(0) >= 0xF0 ? 4 : byte(0) >= 0xE0 ? 3 : 2;
    if (byte(0) < 0xC2 || byte(0) > 0xF4 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return 0;
    }
    return length;
}

/// Notes the first byte that is not UTF-8; says what it probably is.
bool is_utf8(const std::string& file, std::string_view text, FileProblems& problems) {
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
        problems.add(file, 0, "is UTF-16 (UTF-8 is wanted); save it as CSV UTF-8");
        return false;
    }
    std::size_t line = 1;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = letter_length(text.substr(i));
        if (length == 0 || text[i] == '\0') {
            problems.add(file, line,
                         length > 0
                             ? "holds a zero byte (is this a text file?)"
                             : fmt::format("byte 0x{:02X} is not UTF-8 (the file is probably "
                                           "Latin-1 or Windows-1252); convert it: iconv -f "
                                           "WINDOWS-1252 -t UTF-8",
                                           static_cast<unsigned char>(text[i])));
            return false;
        }
        if (text[i] == '\n') ++line;
        i += length;
    }
    return true;
}

/// `,` or `;`: whichever the first line has more of, outside quotes.
char separator_of(std::string_view text) {
    std::ptrdiff_t balance = 0;
    bool quoted = false;
    for (const char c : text) {
        if (c == '"') quoted = !quoted;
        if (c == '\n' && !quoted) break;
        if (!quoted) balance += c == ';' ? 1 : c == ',' ? -1 : 0;
    }
    return balance > 0 ? ';' : ',';
}

/// Takes a CSV text apart, record by record.
class Records {
public:
    Records(const std::string& file, std::string_view text, FileProblems& problems)
        : file_(file), text_(text), separator_(separator_of(text)), problems_(problems) {}

    /// Line the last record started on, and that after it.
    std::size_t line() const { return start_; }
    std::size_t next_line() const { return line_; }
    /// Whether the last record was a line without any field.
    static bool is_blank(const std::vector<std::string>& fields) {
        return fields.size() == 1 && fields[0].empty();
    }

    /// The next record; false at the end of the text. A record with a mistake comes out as blank.
    bool next(std::vector<std::string>& fields) {
        fields.clear();
        if (at_ >= text_.size()) return false;
        start_ = line_;
        while (true) {
            std::string field;
            const bool is_right = starts_quote() ? quoted(field) : plain(field);
            if (!is_right) {
                skip_line();
                fields.assign(1, "");
                return true;
            }
            fields.push_back(std::move(field));
            if (at_ < text_.size() && text_[at_] == separator_) {
                ++at_;
                continue;
            }
            end_line();
            return true;
        }
    }

private:
    bool is_line_end(std::size_t at) const {
        return at >= text_.size() || text_[at] == '\n' ||
               (text_[at] == '\r' && (at + 1 >= text_.size() || text_[at + 1] == '\n'));
    }
    void skip_blanks() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
    }
    bool starts_quote() {
        skip_blanks();
        return at_ < text_.size() && text_[at_] == '"';
    }
    bool plain(std::string& field) {
        const std::size_t begin = at_;
        while (!is_line_end(at_) && text_[at_] != separator_) ++at_;
        field = trimmed(text_.substr(begin, at_ - begin));
        return true;
    }
    /// A quote that is left open swallows lines up to the next one: it is told where it opened, and
    /// reading goes on with the line after, whose rows are nobody's mistake.
    bool quoted(std::string& field) {
        const std::size_t first_line = line_;
        const std::size_t opened = at_;
        for (++at_; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            const bool doubled = c == '"' && at_ + 1 < text_.size() && text_[at_ + 1] == '"';
            if (c == '"' && !doubled) {
                ++at_;
                skip_blanks();
                if (is_line_end(at_) || text_[at_] == separator_) return true;
                problems_.add(file_, first_line,
                              line_ == first_line
                                  ? "text after a closing quote (write a quote inside a quoted "
                                    "field twice)"
                                  : fmt::format("a quote is opened and not closed on its line (the "
                                                "next, on line {}, has text after it); close it",
                                                line_));
                go_back(opened, first_line);
                return false;
            }
            if (doubled) ++at_;
            if (c == '\n') ++line_;
            field += c;
        }
        problems_.add(file_, first_line, "a quote is opened and never closed");
        go_back(opened, first_line);
        return false;
    }
    void go_back(std::size_t to, std::size_t line) {
        at_ = to;
        line_ = line;
    }
    void skip_line() {
        while (!is_line_end(at_)) ++at_;
        end_line();
    }
    void end_line() {
        if (at_ < text_.size() && text_[at_] == '\r') ++at_;
        if (at_ < text_.size()) ++at_; // the line feed
        ++line_;
    }

    const std::string& file_;
    std::string_view text_;
    char separator_;
    FileProblems& problems_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    std::size_t start_ = 1;
};

/// Notes a text that is no CSV of ours as a whole, which would make a mistake of every line.
bool has_our_form(const std::string& file, std::string_view text, FileProblems& problems) {
    const std::string_view first_line = text.substr(0, text.find('\n'));
    const std::size_t lone = text.find('\r');
    if (first_line.size() == text.size() && lone != text.npos && lone + 1 < text.size()) {
        problems.add(file, 0,
                     "has lines that end in CR alone (LF or CRLF is wanted); save it with the "
                     "line ends of Windows or Unix");
        return false;
    }
    if (first_line.find('\t') != text.npos && first_line.find_first_of(",;") == text.npos) {
        problems.add(file, 1, "the header is separated by tabs; separate with , or ;");
        return false;
    }
    return true;
}

/// A row with another number of fields than the header has.
struct OddRow {
    std::size_t fields;
    std::size_t line;
    std::size_t last_line;
};

/// Notes rows with a wrong number of fields; many with the same number at the first of them.
void tell_odd_rows(const CsvTable& table, const std::vector<OddRow>& odd, FileProblems& problems) {
    constexpr std::size_t few = 3;
    std::map<std::size_t, std::size_t> with; // fields: rows
    for (const OddRow& row : odd) ++with[row.fields];
    const std::size_t columns = table.columns().size();
    for (const OddRow& row : odd) {
        std::size_t& like_it = with[row.fields];
        if (like_it == 0) continue; // told with the first
        const std::size_t others = like_it > few ? like_it - 1 : 0;
        if (others > 0) like_it = 0;
        const char* cause = row.fields <= columns ? ""
                            : others > 0          ? "; decimal commas need ; between fields"
                                                  : "; put a field with a separator in it in "
                                                    "double quotes";
        problems.add(
            table.file(), row.line,
            fmt::format(
                "{} field{} (the header has {}){}{}", row.fields, row.fields == 1 ? "" : "s",
                columns, others > 0 ? fmt::format("; {} more rows are like that", others) : "",
                row.last_line > row.line ? fmt::format("; a quote runs from here to line {}: is it "
                                                       "closed where it should be?",
                                                       row.last_line)
                                         : cause));
    }
}

void check_header(const CsvTable& table, std::size_t line, FileProblems& problems) {
    std::map<std::string, std::size_t> seen; // name -> column, from 1
    for (std::size_t i = 0; i < table.columns().size(); ++i) {
        const std::string& name = table.columns()[i];
        if (name.empty()) {
            problems.add(table.file(), line,
                         fmt::format("column {} of the header has no name", i + 1));
            continue;
        }
        const auto [first, is_new] = seen.emplace(name, i + 1);
        if (is_new) continue;
        problems.add(table.file(), line,
                     fmt::format("column {} is there twice (columns {} and {})", name,
                                 first->second, i + 1));
    }
}

}

std::optional<std::size_t> CsvTable::column(std::string_view name) const {
    const auto found = std::ranges::find(columns_, name);
    if (found == columns_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - columns_.begin());
}

void CsvTable::add(std::size_t line, std::vector<std::string> fields) {
    lines_.push_back(line);
    std::ranges::move(fields, std::back_inserter(cells_));
}

CsvTable parse_csv(const std::string& file, std::string_view text, FileProblems& problems) {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    if (!is_utf8(file, text, problems) || !has_our_form(file, text, problems)) return {file, {}};
    Records records(file, text, problems);
    std::vector<std::string> fields;
    bool has_header = records.next(fields);
    while (has_header && Records::is_blank(fields)) has_header = records.next(fields);
    if (!has_header) {
        if (problems.empty()) problems.add(file, 0, "is empty (its first line names the columns)");
        return {file, {}};
    }
    CsvTable table(file, fields);
    check_header(table, records.line(), problems);
    std::vector<OddRow> odd;
    while (records.next(fields)) {
        if (Records::is_blank(fields)) continue;
        if (fields.size() == table.columns().size()) {
            table.add(records.line(), fields);
            continue;
        }
        odd.push_back({fields.size(), records.line(), records.next_line() - 1});
    }
    tell_odd_rows(table, odd, problems);
    return table;
}

CsvTable read_csv(const TextFile& file, std::string_view what, FileProblems& problems) {
    return parse_csv(file.path().string(), file.text(what), problems);
}

}

#include "analysis/csv_file.hpp"

#include <cerrno>
#include <cmath>
#include <cstring>
#include <iterator>

#include "sim/error.hpp"

namespace cercle::analysis {

namespace {

constexpr std::size_t write_at = 1 << 20;

[[noreturn]] void refuse(const std::filesystem::path& place) {
    throw sim::RuntimeFailure(
        fmt::format("{}: cannot be written ({})", place.string(), std::strerror(errno)));
}

}

std::string csv_field(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string field = "\"";
    for (const char letter : text) {
        if (letter == '"') field += '"';
        field += letter;
    }
    return field + '"';
}

CsvFile::CsvFile(const std::filesystem::path& place, sim::NewFile::Existing existing)
    : place_(place), file_(place, existing), stream_(std::fopen(file_.path().c_str(), "wbx")) {
    if (!stream_) refuse(place_);
    std::setvbuf(stream_.get(), nullptr, _IONBF, 0);
}

CsvFile::~CsvFile() = default;

void CsvFile::separate() {
    if (!row_is_empty_) held_.push_back(',');
    row_is_empty_ = false;
}

void CsvFile::add(std::string_view text) {
    separate();
    held_.append(csv_field(text));
}

void CsvFile::add(double number) {
    separate();
    if (!std::isnan(number)) fmt::format_to(std::back_inserter(held_), "{}", number);
}

void CsvFile::add(float number) {
    separate();
    if (!std::isnan(number)) fmt::format_to(std::back_inserter(held_), "{}", number);
}

void CsvFile::add(std::size_t number) {
    separate();
    fmt::format_to(std::back_inserter(held_), "{}", number);
}

void CsvFile::end_row() {
    held_.append(std::string_view("\r\n"));
    row_is_empty_ = true;
    ++rows_;
    if (held_.size() >= write_at) write();
}

void CsvFile::header(const std::vector<CsvColumn>& columns) {
    for (const CsvColumn& column : columns) add(column.name);
    end_row();
    rows_ = 0;
}

void CsvFile::write() {
    if (std::fwrite(held_.data(), 1, held_.size(), stream_.get()) != held_.size()) refuse(place_);
    held_.clear();
}

void CsvFile::finish() {
    write();
    if (std::fclose(stream_.release()) != 0) refuse(place_);
}

}

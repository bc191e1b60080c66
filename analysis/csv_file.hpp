#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "sim/new_file.hpp"

namespace cercle::analysis {

/// A column of a CSV file: its name, unit ("" for text) and one-line meaning.
struct CsvColumn {
    std::string name;
    std::string unit;
    std::string meaning;
};

/// A text as a field of a CSV file (RFC 4180): quoted where it needs to be.
std::string csv_field(std::string_view text);

/// A CSV file in the making (RFC 4180, UTF-8, lines ended by CR LF). It appears under its name when
/// it is kept; until then nothing is there. Numbers are written as the shortest text that reads
/// back to the same bits.
class CsvFile {
public:
    CsvFile(const std::filesystem::path& place, sim::NewFile::Existing existing);
    ~CsvFile();

    void add(std::string_view text);
    void add(double number);
    void add(float number);
    void add(std::size_t number);
    void end_row();
    void header(const std::vector<CsvColumn>& columns);

    std::size_t rows() const { return rows_; }
    const std::filesystem::path& place() const { return place_; }
    /// Writes what is held back; a full disk is told here at the latest.
    void finish();
    void keep() { file_.keep(); }

private:
    struct Close {
        void operator()(std::FILE* stream) const { std::fclose(stream); }
    };

    void separate();
    void write();

    std::filesystem::path place_;
    sim::NewFile file_;
    std::unique_ptr<std::FILE, Close> stream_;
    fmt::memory_buffer held_;
    std::size_t rows_ = 0;
    bool row_is_empty_ = true;
};

}

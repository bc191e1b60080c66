#pragma once

#include <filesystem>

namespace cercle::sim {

/// A file made under a temporary name in the folder it will live in, and moved to its place when it
/// is whole; gone again if it never gets there.
class NewFile {
public:
    enum class Existing { refuse, replace };

    /// Throws UserError when the place is taken (refuse), is a folder, or its folder is missing or
    /// not writable. Makes no file yet.
    NewFile(std::filesystem::path place, Existing existing);
    ~NewFile();
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;

    /// Where to make the file; nothing is there yet.
    const std::filesystem::path& path() const { return temporary_; }
    /// Moves the file to its place; a file that appeared there meanwhile is not replaced under
    /// `refuse`.
    void keep();

private:
    std::filesystem::path place_;
    std::filesystem::path temporary_;
    Existing existing_;
};

/// Whether a file is there and begins as HDF5 does, whole or not.
bool is_hdf5(const std::filesystem::path& place);

/// Throws UserError for a file that is not HDF5: a scenario named by mistake after -o is not lost
/// to --overwrite.
void check_replaceable(const std::filesystem::path& place);

/// Holds an existing file for one writer; readers are free. Let go on destruction or death.
class WriterLock {
public:
    /// Throws UserError when another process is writing the file, or it may not be written.
    explicit WriterLock(const std::filesystem::path& path);
    ~WriterLock();
    WriterLock(const WriterLock&) = delete;
    WriterLock& operator=(const WriterLock&) = delete;

private:
    int descriptor_;
};

}

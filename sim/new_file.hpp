#pragma once

#include <filesystem>

#include <sys/types.h>

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

/// Throws UserError for a file that is not HDF5 or was made by another program: a scenario named by mistake after -o is not lost
/// to --overwrite.
void check_replaceable(const std::filesystem::path& place);

/// Bytes of a file that one holder has to itself; readers are free. Let go on destruction or death.
class FileLock {
public:
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    ~FileLock();

protected:
    /// Throws UserError when another holder has some of the bytes, or the file may not be written.
    FileLock(const std::filesystem::path& path, off_t first, off_t count);

private:
    int descriptor_;
};

/// Holds an existing result file for one writer.
class WriterLock : public FileLock {
public:
    explicit WriterLock(const std::filesystem::path& path);
};

/// Holds an existing result file for one study from its beginning to its end: while some of its
/// ranks still write files of their own, nobody may take these over or replace it.
class StudyLock : public FileLock {
public:
    explicit StudyLock(const std::filesystem::path& path);
};

}

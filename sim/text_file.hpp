#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace cercle::sim {

/// The whole of a text file. `what` names its purpose in messages ("file of ties"). Throws
/// UserError when it is not there (naming the nearest file beside it), is a folder or may not be
/// read.
std::string read_text_file(const std::filesystem::path& path, std::string_view what);

/// Texts of files as they were first read, so that one process reads them for many and a study
/// knows whether they are those it began with.
class KeptTexts {
public:
    std::string read(const std::filesystem::path& path, std::string_view what);
    /// All of them, in bytes that `unpack` understands on another process.
    std::string pack() const;
    void unpack(const std::string& bytes);
    /// Tells the texts from others (UUID by SHA-1), wherever they lie; "" when none was read.
    std::string digest() const;

private:
    mutable std::mutex mutex_; // worlds of design points are made side by side
    std::map<std::string, std::string> texts_;
};

/// A text file: where it is, and the texts it may be among.
class TextFile {
public:
    TextFile(std::filesystem::path path = {}, std::shared_ptr<KeptTexts> kept = nullptr)
        : path_(std::move(path)), kept_(std::move(kept)) {}

    const std::filesystem::path& path() const { return path_; }
    bool empty() const { return path_.empty(); }
    std::string text(std::string_view what) const {
        return kept_ ? kept_->read(path_, what) : read_text_file(path_, what);
    }
    /// Another file of its folder.
    TextFile beside(const std::string& name) const { return {path_.parent_path() / name, kept_}; }

private:
    std::filesystem::path path_;
    std::shared_ptr<KeptTexts> kept_;
};

/// A folder of text files.
class TextFolder {
public:
    TextFolder(std::filesystem::path path = {}, std::shared_ptr<KeptTexts> kept = nullptr)
        : path_(std::move(path)), kept_(std::move(kept)) {}

    const std::filesystem::path& path() const { return path_; }
    /// Of the texts kept of files read from here; "" when none are kept.
    std::string digest() const { return kept_ ? kept_->digest() : ""; }
    TextFile operator/(const std::string& name) const { return {path_ / name, kept_}; }

private:
    std::filesystem::path path_;
    std::shared_ptr<KeptTexts> kept_;
};

}

#pragma once

#include <map>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace cercle::analysis {

/// A text as HTML shows it, between tags and inside quoted attributes.
std::string html_text(const std::string& text);

/// A name that HTML, style sheets and file systems take: letters, digits, "-" and "_".
std::string plain_name(const std::string& text);

/// JSON that may stand inside a script element.
std::string script_json(const nlohmann::ordered_json& json);

/// A script that may stand inside a script element: in JavaScript "<\/" is "</".
std::string script_text(std::string_view script);

/// The frame with a text for each "{{place}}". What is put in is not looked at again: the title of
/// a study may well say {{sections}}.
std::string filled(std::string_view frame, const std::map<std::string_view, std::string>& texts);

}

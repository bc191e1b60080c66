#include "analysis/report/html.hpp"

#include "analysis/wording.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {

std::string html_text(const std::string& text) {
    std::string html = text;
    replace_all(html, "&", "&amp;");
    replace_all(html, "<", "&lt;");
    replace_all(html, ">", "&gt;");
    replace_all(html, "\"", "&quot;");
    replace_all(html, "'", "&#39;");
    return html;
}

std::string plain_name(const std::string& text) {
    constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string name = text;
    for (char& letter : name) {
        if (plain.find(letter) == std::string_view::npos) letter = '-';
    }
    return name;
}

std::string script_json(const nlohmann::ordered_json& json) {
    using Json = nlohmann::ordered_json;
    // Names of a file of somebody else's may be no UTF-8.
    std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    replace_all(text, "<", "\\u003c");
    return text;
}

std::string script_text(std::string_view script) {
    std::string text(script);
    replace_all(text, "</script", "<\\/script");
    return text;
}

std::string filled(std::string_view frame, const std::map<std::string_view, std::string>& texts) {
    std::string page;
    while (true) {
        const std::size_t begin = frame.find("{{");
        page += frame.substr(0, begin);
        if (begin == std::string_view::npos) return page;
        const std::size_t end = frame.find("}}", begin);
        sim::expects(end != std::string_view::npos, "filled: a place of the frame is closed");
        page += texts.at(frame.substr(begin + 2, end - begin - 2));
        frame.remove_prefix(end + 2);
    }
}

}

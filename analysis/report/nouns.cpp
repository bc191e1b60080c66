#include "analysis/report/nouns.hpp"

namespace cercle::analysis {

std::string form_of(const Noun& noun, std::size_t count, const ReportWords& words) {
    if (words.french()) return count < 2 ? noun.french : noun.french_plural;
    return count == 1 ? noun.english : noun.english_plural;
}

std::string counted(std::size_t count, const Noun& noun, const ReportWords& words) {
    return words.count(count) + " " + form_of(noun, count, words);
}

}

#include "analysis/report/nouns.hpp"

namespace cercle::analysis {

std::string form_of(const Term& term, std::size_t count, const ReportWords& words) {
    return std::string(words.agreeing(count, term.english, term.french));
}

std::string counted(std::size_t count, const Term& term, const ReportWords& words) {
    return words.counted(count, term.english, term.french);
}

}

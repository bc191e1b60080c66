#pragma once

#include <string>
#include <vector>

#include "analysis/inference/survey.hpp"

namespace cercle::analysis {

/// The company on the day it is taken from.
struct CompanyDay {
    const Survey& survey;
    Day day;
    std::vector<bool> there;
    std::vector<PersonIndex> order = {};  ///< those who are there, under their new names
    std::vector<std::size_t> number = {}; ///< of each person in that order
    std::vector<std::string> name = {};   ///< of each person, told to nobody: "e12", "c3"
    std::size_t unserved = 0;             ///< clients without a contact, left out
    std::vector<SurveyTie> ties = {};     ///< in force, hand-overs followed

    bool is_account(const SurveyTie& tie) const {
        return survey.tie_kinds[tie.kind] == "account" && is_kept(tie);
    }
    bool is_kept(const SurveyTie& tie) const { return there[tie.from] && there[tie.to]; }
};

CompanyDay company_on(const Survey& survey, Day day);

}

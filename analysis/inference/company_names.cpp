#include <algorithm>
#include <filesystem>

#include <boost/uuid/name_generator_sha1.hpp>

#include "analysis/inference/company_start.hpp"
#include "sim/text_file.hpp"

namespace cercle::analysis {
namespace {

/// The texts of the survey's files, told from others.
std::string digest_of(const Survey& survey) {
    sim::KeptTexts texts;
    for (const char* name : {"people.csv", "ties.csv", "waves.csv"}) {
        const std::filesystem::path path = survey.folder / name;
        if (std::filesystem::exists(path)) texts.read(path, "file of a survey");
    }
    return texts.digest();
}

}

std::vector<PersonIndex> people_in_no_order(const Survey& survey) {
    const boost::uuids::name_generator_sha1 keyed(boost::uuids::ns::oid());
    const std::string key = digest_of(survey);
    std::vector<std::pair<bool, boost::uuids::uuid>> rank;
    std::vector<PersonIndex> people;
    for (PersonIndex i = 0; i < survey.size(); ++i) {
        rank.emplace_back(survey.is_client(i), keyed(key + " " + survey.people.list[i].id));
        people.push_back(i);
    }
    std::ranges::sort(people, {}, [&](PersonIndex i) { return std::pair(rank[i], i); });
    return people;
}

}

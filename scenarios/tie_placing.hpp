#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/people_file.hpp"
#include "scenarios/tie_gathering.hpp"
#include "scenarios/ties_file.hpp"
#include "sim/file_problems.hpp"

namespace cercle::scenarios {

/// Adds the people that ties name, where there is no file of people: colleagues and managers are
/// employees, an account goes from an employee to a client.
void count_people(People& people, const TiesFile& file, sim::FileProblems& problems);

/// Where each person stands among the employees or among the clients.
struct Numbers {
    std::vector<std::uint32_t> of_person;
    std::uint32_t employees = 0;
    std::uint32_t clients = 0;
};
Numbers number(const People& people);

/// Puts ties between numbered people and checks who may be at their ends.
class Placing {
public:
    Placing(const People& people, const Numbers& numbers, sim::FileProblems& problems)
        : people_(people), numbers_(numbers), problems_(problems) {}

    /// Notes every id that no person has, once, with the first line that names it.
    void find_dangling(const TiesFile& file);
    /// The ties of one kind; an account comes out with the employee as `from`. Ties that point into
    /// `file`, which must live on. Dangling ones are left out.
    std::vector<PlacedTie> of_kind(const TiesFile& file, const std::string& kind);

private:
    bool is_client(std::size_t person) const {
        return people_.list[person].kind == PersonKind::client;
    }
    void wrong_ends(const TiesFile& file, const FileTie& tie);

    const People& people_;
    const Numbers& numbers_;
    sim::FileProblems& problems_;
};

}

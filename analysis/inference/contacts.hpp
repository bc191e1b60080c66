#pragma once

#include <optional>
#include <string>
#include <vector>

#include <Eigen/SparseCore>

#include "analysis/inference/question.hpp"

namespace cercle::analysis {

/// Row: who is influenced; column: the contact; value: how much.
using Weights = Eigen::SparseMatrix<double, Eigen::RowMajor>;

/// Who may influence whom by ties: kind of tie, and from which end.
struct Layer {
    std::string name;
    std::string kind;      ///< in ties.csv
    bool reversed = false; ///< the end a row names second is the one influenced
};

/// The layers a survey can be asked about. Throws UserError for an unknown name.
std::vector<std::string> layer_names(const Survey& survey);
Layer layer_named(const Survey& survey, const std::string& name);

/// Ties as a question takes them.
struct TieChoice {
    Layer layer;
    Naming naming = Naming::automatic;
};

/// Whether ties of a kind are named from both ends often enough to take them as directed.
bool is_directed(const Survey& survey, const std::string& kind);

/// The contacts of everybody on a day (on any day without one), with tie weights as they are; all
/// people of the survey are rows and columns.
Weights contacts(const Survey& survey, const TieChoice& choice, std::optional<Day> day);

/// Whether someone has other contacts on other days: ties are dated, or handovers.csv tells who
/// served a client when.
bool contacts_change(const Survey& survey, const std::string& kind);

/// The contacts of everybody on a day, as `contacts`, and hand-overs too: a client whose accounts
/// have no dates is with the old contact before its first hand-over and with the new one after
/// each; of its other accounts those that no hand-over of it names stay.
Weights contacts_on(const Survey& survey, const TieChoice& choice, Day day);

/// The rows and columns of some people, in their order.
Weights among(const Weights& weights, const std::vector<PersonIndex>& who);

/// The same ties weighted as asked. Throws UserError for distances among more than 3 000 people.
Weights weighted(const Weights& ties, Weighting weighting);

/// Groups of people by a text, numbered in the order met.
struct Groups {
    std::vector<std::string> names;
    std::vector<std::uint32_t> of; ///< of each person
};

/// Everybody by "team", "site", "segment" or "person". A client belongs to the team that serves
/// it (its weightiest contact), where accounts tell: with `days`, on each of them, so that clients
/// are together whom the same teams served at the same time; else by the weightiest of any day.
Groups groups_by(const Survey& survey, const std::string& what, const std::vector<Day>& days = {});

}

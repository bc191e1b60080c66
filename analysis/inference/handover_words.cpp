#include "analysis/inference/handover_words.hpp"

#include "analysis/inference/privacy.hpp"

namespace cercle::analysis {

std::string told_handovers(std::size_t count, const Evidence& evidence, const LocalWords& words) {
    return told_count(count, evidence.fewest_told, words.language()) +
           words(" hand-overs", " reprises");
}

std::string left_out_handovers(const Evidence& evidence, const LocalWords& words) {
    std::string text;
    const auto add = [&](std::size_t count, const std::string& why) {
        if (count == 0) return;
        text += words("  Left out: ", "  Non retenu : ") + told_handovers(count, evidence, words) +
                why + "\n";
    };
    add(evidence.handovers_asked, words(" that the client asked for", " à la demande du client"));
    add(evidence.handovers_unanswered,
        words(" where client, old or new contact gave no answer in time",
              " où le client, l'ancien ou le nouvel interlocuteur n'a pas répondu à temps"));
    add(evidence.handovers_repeated, words(" of a client after its first", " d'un même client"));
    return text;
}

}

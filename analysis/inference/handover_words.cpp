#include "analysis/inference/handover_words.hpp"

#include "analysis/inference/privacy.hpp"
#include "analysis/text_table.hpp"

namespace cercle::analysis {

std::string told_handovers(std::size_t count, const Evidence& evidence, const LocalWords& words) {
    return told_count(count, evidence.fewest_told, words.language()) +
           words(" hand-overs", " reprises");
}

std::string used_count(const Evidence& evidence, const LocalWords& words) {
    const std::size_t count = evidence.handover_count;
    if (count < evidence.fewest_told || !evidence.hides_handovers()) {
        return told_count(count, evidence.fewest_told, words.language());
    }
    if (count < 10) return words("fewer than 10", "moins de 10");
    const std::string tens = std::to_string(in_tens(count));
    return words(tens + " or more", "au moins " + tens);
}

std::string used_handovers(const Evidence& evidence, const LocalWords& words) {
    return used_count(evidence, words) + words(" hand-overs", " reprises");
}

std::string left_out_handovers(const Evidence& evidence, const LocalWords& words,
                               std::size_t width) {
    std::string text;
    const auto add = [&](std::size_t count, const std::string& why) {
        if (count == 0) return;
        text += "  " + wrapped(words("Left out: ", "Non retenu : ") +
                                   told_handovers(count, evidence, words) + why,
                               width - 2, 2);
    };
    add(evidence.handovers_asked, words(" that the client asked for", " à la demande du client"));
    add(evidence.handovers_unanswered,
        words(" where client, old or new contact gave no answer in time",
              " où le client, l'ancien ou le nouvel interlocuteur n'a pas répondu à temps"));
    add(evidence.handovers_repeated, words(" of a client after its first", " d'un même client"));
    return text;
}

}

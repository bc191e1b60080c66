#include <cmath>

#include <nlohmann/json.hpp>

#include "analysis/claims_text.hpp"
#include "analysis/json_number.hpp"

namespace cercle::analysis {
namespace {

using Json = nlohmann::ordered_json;

Json both(const scenarios::Bilingual& text) { return {{"en", text.en}, {"fr", text.fr}}; }

const char* reading_name(Reading reading) {
    switch (reading) {
    case Reading::holds:
        return "holds";
    case Reading::too_small:
        return "too small";
    case Reading::opposite:
        return "opposite";
    case Reading::none:
        return "none";
    case Reading::open:
        break;
    }
    return "undecided";
}

Json effect_json(const ClaimEffect& effect) {
    return {{"assumed_otherwise", effect.changes},
            {"effect", json_number(effect.effect.mean)},
            {"low", json_number(effect.effect.interval.low)},
            {"high", json_number(effect.effect.interval.high)},
            {"pairs", effect.effect.count},
            {"reading", reading_name(effect.reading)}};
}

Json claim_json(const ClaimResult& result) {
    const scenarios::Claim& claim = result.claim();
    Json json{{"claim", claim.id},
              {"name", both(claim.name)},
              {"text", both(claim.text)},
              {"verdict", verdict_text(result.verdict, Language::english)},
              {"sentence",
               {{"en", claim_sentence(result, Language::english)},
                {"fr", claim_sentence(result, Language::french)}}}};
    if (!claim.is_testable()) return json;
    json["outcome"] = claim.judged.outcome;
    json["unit"] = result.measure.unit;
    json["direction"] = claim.rises ? "rises" : "falls";
    json["smallest"] = claim.smallest;
    json["replicates"] = result.scenario.replicates;
    json["mechanism"] = claim.mechanism;
    json["hangs_on_its_strength_alone"] = hangs_on_its_strength_alone(result);
    for (const ClaimEffect& effect : result.effects) json["effects"].push_back(effect_json(effect));
    return json;
}

}

Json claims_json(const std::vector<ClaimResult>& results) {
    Json json = Json::array();
    for (const ClaimResult& result : results) json.push_back(claim_json(result));
    return json;
}

}

#pragma once

namespace cercle::models {

/// How a gap d between a contact's engagement and one's own pulls. Each kernel answers
/// `pull(gap, share)`, where `share` is the share of contact time on the same side as the gap;
/// `sides` says whether it needs it.

/// kappa(d) = d.
struct LinearPull {
    static constexpr bool sides = false;
    float operator()(float gap, float) const { return gap; }
};

/// kappa(d) = up max(d, 0) + down min(d, 0): bad moods travel better (SISa: Hill et al. 2010).
struct NegativityPull {
    static constexpr bool sides = false;
    float up, down;
    float operator()(float gap, float) const { return gap * (gap < 0.0F ? down : up); }
};

/// kappa(d) = d if |d| <= confidence: too distant people are not listened to.
struct BoundedPull {
    static constexpr bool sides = false;
    float confidence;
    float operator()(float gap, float) const {
        return gap <= confidence && gap >= -confidence ? gap : 0.0F;
    }
};

/// kappa(d) = d if at least this share of contact time is on that side (complex contagion).
struct ComplexPull {
    static constexpr bool sides = true;
    float threshold;
    float operator()(float gap, float share) const { return share >= threshold ? gap : 0.0F; }
};

}

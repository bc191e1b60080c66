#pragma once

#include <string>

#include "scenarios/study.hpp"

namespace cercle::apps {

/// Tells on stderr how far a study is: a bar on a terminal, else a line every few seconds.
class Progress {
public:
    enum class Style { bar, lines, none };
    /// A bar when stderr is a terminal.
    static Style fitting();

    explicit Progress(Style style) : style_(style) {}
    void tell(const scenarios::Tally& tally);
    /// Clears the bar.
    void finish();

private:
    Style style_;
    double told_at_ = 0.0; ///< seconds
    bool drawn_ = false;
};

/// "[#####-----]  120/400 runs, 3 s, about 7 s left".
std::string progress_text(const scenarios::Tally& tally, int width);
/// "8 s", "3 min 20 s", "2 h 05 min".
std::string duration_text(double seconds);

}

#include "apps/verb.hpp"

#include <array>

namespace cercle::apps {

std::span<const VerbEntry> verbs() {
    static const std::array<VerbEntry, 20> entries = {{
        {"template", "print a commented starting file", "  cercle template > my_firm.toml\n",
         &template_verb},
        {"check", "every problem of a scenario, or what it would run",
         "  cercle check scenarios/scop_vs_conventional.toml\n"
         "  cercle template | cercle check -\n",
         &check_verb},
        {"run", "run a scenario into a result file",
         "  cercle run scenarios/pricing.toml -o results/pricing.h5\n"
         "  cercle run my_firm.toml -o results/a.h5 --replicates 20 --set pricing.rule=fair\n"
         "  cercle run my_firm.toml -o results/b.h5 --set network.colleague.file=ties.csv\n"
         "  cercle run my_firm.toml --dry-run\n"
         "  cercle run my_firm.toml -o results/a.h5 --resume          # go on after an "
         "interruption\n"
         "  cercle run my_firm.toml -o results/a.h5 --shard 2/8       # one part, anywhere\n",
         &run_verb},
        {"status", "what is done, failed and left of studies and their parts",
         "  cercle status results/a.h5\n"
         "  cercle status results/a.shard-*.h5\n",
         &status_verb},
        {"merge", "put the parts of a study together",
         "  cercle merge -o results/a.h5 results/a.shard-*-of-8.h5\n"
         "  cercle merge -o results/a.h5 --partial results/a.shard-*-of-8.h5   # whatever is "
         "there\n",
         &merge_verb},
        {"compare", "arms side by side, with paired differences",
         "  cercle compare results/demo.h5\n"
         "  cercle compare results/demo.h5 --outcome nps --margin 2\n"
         "  cercle compare results/demo.h5 --json > demo.json\n",
         &compare_verb},
        {"analyze", "what the design asked for: which parameter matters, or which mechanism",
         "  cercle analyze results/sensitivity.h5 --outcome nps\n"
         "  cercle analyze results/sensitivity.h5 --contrast \"scop - conventional\" --json\n"
         "  cercle analyze --table x.csv --method saltelli --outcome y\n"
         "  cercle analyze results/attribution.h5     # which mechanism makes the difference\n"
         "  cercle analyze results/loop_gain.h5       # how much comes back from clients\n",
         &analyze_verb},
        {"claims", "what the model says of each claim of the articles it grew from",
         "  cercle claims\n"
         "  cercle claims C14 --lang fr\n"
         "  cercle claims -o results/claims.h5\n",
         &claims_verb},
        {"design", "the points of a design as CSV, for a model of your own",
         "  cercle design --method saltelli --size 1024 --factor x1=0:1 --factor x2=-5:5 > x.csv\n"
         "  cercle design --method morris --size 20 --factor x1=0:1 --factor x2=-5:5\n",
         &design_verb},
        {"report", "what result files say, as one page to read in a browser",
         "  cercle report results/demo.h5 -o results/demo.html\n"
         "  cercle report results/demo.h5 results/claims.h5 -o results/fr.html --lang fr\n",
         &report_verb},
        {"export", "result file to tidy CSV",
         "  cercle export results/demo.h5 -o results/demo_csv\n", &export_verb},
        {"verify", "replay runs and compare them bit for bit",
         "  cercle verify results/demo.h5\n"
         "  cercle verify results/demo.h5 --run 7 --run 12\n",
         &verify_verb},
        {"infer", "is it contagion? what a company's own survey and network can tell",
         "  cercle infer company\n"
         "  cercle infer company --method moran --outcome engagement\n"
         "  cercle infer company --method nar --fixed-effects person,team_wave\n"
         "  cercle infer company --method tsls --covariates age --contextual --fixed-effects "
         "team\n",
         &infer_verb},
        {"power", "what a survey of this roster could detect, before it is paid for",
         "  cercle power company\n"
         "  cercle power company --panels 400 --json > power.json\n",
         &power_verb},
        {"network", "describe the network of a file of ties or of a scenario, or draw one",
         "  cercle network ties.csv\n"
         "  cercle network scenarios/scop_vs_conventional.toml\n"
         "  cercle network --generate small_world --nodes 200 -o ties.csv\n"
         "  cercle network --generate configuration --nodes 300 --set "
         "network.colleague.degrees=[4]\n"
         "  cercle network ties.csv --law degroot --set contagion.degroot.self_weight=0.5\n",
         &network_verb},
        {"bench", "what a step and an event cost on this machine",
         "  cercle bench\n"
         "  cercle bench events\n"
         "  cercle bench contagion --quick --json\n",
         &bench_verb},
        {"params", "every parameter, with default, unit, range and source",
         "  cercle params contagion\n"
         "  cercle params --json > parameters.json\n",
         &params_verb},
        {"laws", "the mechanisms, in the order of a step",
         "  cercle laws\n"
         "  cercle laws contagion\n",
         &laws_verb},
        {"odd", "the model by the ODD protocol, as Markdown: text, state, processes, parameters",
         "  cercle odd > model.md\n", &odd_verb},
        {"schema", "JSON Schema of a scenario file, for editors",
         "  cercle schema > scenario.schema.json\n", &schema_verb},
    }};
    return entries;
}

}

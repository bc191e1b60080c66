#include <cstdlib>
#include <string>

#include <gtest/gtest.h>

#include "sim/results_file.hpp"
#include "tests/sim/small_study.hpp"

namespace cercle::sim {

TEST(ResultsFile, is_opened_by_xarray_and_ncdump_without_help) {
    if (std::system("/usr/bin/python3 -c 'import xarray, netCDF4' 2> /dev/null") != 0)
        GTEST_SKIP() << "Debian's python3-xarray and python3-netcdf4 are not installed";
    const ScratchFolder folder("xarray");
    ResultsHead head = small_head();
    head.text_attributes["scenario"] = std::string(100'000, 'y');
    {
        ResultsWriter writer(folder / "study.h5", head, small_networks(),
                             ResultsWriter::Existing::refuse);
        writer.write(telling_record(head, {1, 1, 0, 4}));
        Record failed{.batch = {0, 0, 3, 1}, .series = {}, .outcomes = {}, .failure = {}};
        failed.status = RunStatus::failed;
        failed.failure = "la caisse était vide";
        writer.write(failed);
        writer.annotate({{"ended", "complete"}}, {});
    }

    const std::string script = std::string("/usr/bin/python3 -B -W error " CERCLE_SOURCE_DIR
                                           "/tests/sim/open_small_study.py ") +
                               (folder / "study.h5").string();

    EXPECT_EQ(std::system(script.c_str()), 0);
}

}

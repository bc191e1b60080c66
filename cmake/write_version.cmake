execute_process(COMMAND git -C ${SOURCE} rev-parse --short=12 HEAD
    OUTPUT_VARIABLE COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
execute_process(COMMAND git -C ${SOURCE} status --porcelain --untracked-files=no
    OUTPUT_VARIABLE CHANGES OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
if(NOT COMMIT)
    set(COMMIT "unknown")
elseif(CHANGES)
    # Two trees with other changes are two programs.
    execute_process(COMMAND git -C ${SOURCE} diff HEAD COMMAND git hash-object --stdin
        OUTPUT_VARIABLE DIFFERENCE OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    string(SUBSTRING "${DIFFERENCE}0000000" 0 7 DIFFERENCE)
    set(COMMIT "${COMMIT}-modified-${DIFFERENCE}")
endif()
set(TEXT "#pragma once
#define CERCLE_VERSION \"${VERSION}\"
#define CERCLE_COMMIT \"${COMMIT}\"
#define CERCLE_BUILD \"${BUILD_TYPE}, -march=${ARCH}, ${COMPILER}\"
")
set(OLD "")
if(EXISTS ${OUTPUT})
    file(READ ${OUTPUT} OLD)
endif()
if(NOT OLD STREQUAL TEXT)
    file(WRITE ${OUTPUT} "${TEXT}")
endif()

execute_process(COMMAND git -C ${SOURCE} rev-parse --short=12 HEAD
    OUTPUT_VARIABLE COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
execute_process(COMMAND git -C ${SOURCE} status --porcelain --untracked-files=no
    OUTPUT_VARIABLE CHANGES OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
if(NOT COMMIT)
    set(COMMIT "unknown")
elseif(CHANGES)
    set(COMMIT "${COMMIT}-modified")
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

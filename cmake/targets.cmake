# The three kinds of target this project has: a library, a program, a test.

add_library(te_flags INTERFACE)
target_include_directories(te_flags INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(te_flags INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
if(TE_SANITIZE)
  target_compile_options(te_flags INTERFACE -fsanitize=${TE_SANITIZE} -fno-sanitize-recover=all
                                            -fno-omit-frame-pointer)
  target_link_options(te_flags INTERFACE -fsanitize=${TE_SANITIZE})
endif()

# te_library(NAME SOURCES a.cpp ... [DEPS target ...])
function(te_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC te_flags ${ARG_DEPS})
endfunction()

# te_program(NAME SOURCES main.cpp ... [DEPS target ...])
function(te_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE te_flags ${ARG_DEPS})
endfunction()

# te_test(NAME SOURCES a_test.cpp ... [DEPS target ...]): a GoogleTest program, a ctest entry a case.
# Tests find the source tree in TE_SOURCE_DIR and the built programs in TE_BIN_DIR.
function(te_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;DEPS;LABELS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  target_link_libraries(${name} PRIVATE te_flags ${ARG_DEPS} GTest::gtest GTest::gmock
                                        GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE TE_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                                             TE_BIN_DIR="${CMAKE_BINARY_DIR}/bin")
  # A test's own code need not be fast, and is two thirds of what a build compiles.
  target_compile_options(${name} PRIVATE $<$<CONFIG:RelWithDebInfo>:-O1 -g1>)
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST
                       PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}")
endfunction()

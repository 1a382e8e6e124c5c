# Every library that the project does not write itself. All come from Debian's packages
# (scripts/setup.sh names them); docs/architecture.md says why each is here.
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
find_package(CURL REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(civetweb REQUIRED)
find_package(prometheus-cpp REQUIRED)  # without a version: its config file knows none
find_package(nlohmann_json REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tl-expected REQUIRED)
if(TE_TESTS)
  find_package(GTest REQUIRED)
  include(GoogleTest)
endif()

# Debian's Asio is headers only and has no CMake file.
find_path(ASIO_INCLUDE_DIR asio.hpp REQUIRED)
add_library(asio INTERFACE)
target_include_directories(asio SYSTEM INTERFACE ${ASIO_INCLUDE_DIR})
target_compile_definitions(asio INTERFACE ASIO_STANDALONE ASIO_NO_DEPRECATED)
# Asio asks libstdc++'s configuration macros before it includes any header that defines them. A
# translation unit that includes Asio first would allocate otherwise than the others.
target_compile_options(asio INTERFACE "SHELL:-include utility")
target_link_libraries(asio INTERFACE Threads::Threads)
if(TE_SANITIZE MATCHES thread)
  # g++ 12 refuses atomic_thread_fence under ThreadSanitizer.
  target_compile_definitions(asio INTERFACE ASIO_DISABLE_FENCED_BLOCK)
endif()

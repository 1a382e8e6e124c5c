// together-exporter: the program.
#include "exporter/cli/commands.h"

int main(int argc, char** argv) { return together::run_command_line(argc, argv); }

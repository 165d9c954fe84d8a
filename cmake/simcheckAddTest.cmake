# simcheck_add_test(): a check as a test of CTest. Comes with find_package(simcheck).
#
#   simcheck_add_test(NAME <name> [DRIVER <driver>] [DEPTH <n>]
#                     [EXPECT holds|exercised|violated|no-violation]
#                     [PROGRAM <target>] [ARGS <argument>...])
#
# The test passes if the check ends as expected (default: holds): `holds` needs every interleaving
# explored, so a bound, a timeout or an interrupt is a failure, as is a usage error; `exercised` needs
# properties that could have been broken, too; for `no-violation` a bound is none. PROGRAM is an
# executable of the project that calls simcheck::cli::run_command(), with drivers of its own;
# default: the installed command. ARGS are passed on as they are. The test is labelled `simcheck`.

function(simcheck_add_test)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME;DRIVER;DEPTH;EXPECT;PROGRAM" "ARGS")
  if(NOT arg_NAME)
    message(FATAL_ERROR "simcheck_add_test: NAME is missing")
  endif()
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "simcheck_add_test(${arg_NAME}): what is '${arg_UNPARSED_ARGUMENTS}'? "
                        "Options of the program come behind ARGS")
  endif()
  if(NOT arg_EXPECT)
    set(arg_EXPECT holds)
  elseif(NOT arg_EXPECT MATCHES "^(holds|exercised|violated|no-violation)$")
    message(FATAL_ERROR "simcheck_add_test(${arg_NAME}): EXPECT is '${arg_EXPECT}', "
                        "none of holds, exercised, violated and no-violation")
  endif()
  if(NOT arg_PROGRAM)
    set(arg_PROGRAM simcheck::command)
  endif()
  if(NOT TARGET ${arg_PROGRAM})
    message(FATAL_ERROR "simcheck_add_test(${arg_NAME}): no target '${arg_PROGRAM}'")
  endif()
  set(options --expect ${arg_EXPECT})
  if(arg_DRIVER)
    list(APPEND options --driver ${arg_DRIVER})
  endif()
  if(DEFINED arg_DEPTH)
    list(APPEND options --depth ${arg_DEPTH})
  endif()
  add_test(NAME ${arg_NAME} COMMAND ${arg_PROGRAM} ${options} ${arg_ARGS})
  set_tests_properties(${arg_NAME} PROPERTIES LABELS simcheck)
endfunction()

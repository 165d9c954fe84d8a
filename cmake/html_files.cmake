# The files of reports/html/ as a C++ source of the library, so that the program needs no files at
# run time. Included by the project, it says how the source is made; run as a script with -DOUTPUT,
# it makes it. Style sheets and scripts are joined in the order of their names.

if(NOT CMAKE_SCRIPT_MODE_FILE)
  set(SIMCHECK_HTML_CPP ${PROJECT_BINARY_DIR}/generated/html_files.cpp)
  file(GLOB html_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/reports/html/*)
  add_custom_command(
    OUTPUT ${SIMCHECK_HTML_CPP}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${SIMCHECK_HTML_CPP} -P ${CMAKE_CURRENT_LIST_FILE}
    DEPENDS ${CMAKE_CURRENT_LIST_FILE} ${html_files}
    VERBATIM)
  return()
endif()

# A raw string each, since compilers need not take more than 64 KiB in one.
function(append_files name pattern)
  file(GLOB files ${CMAKE_CURRENT_LIST_DIR}/../reports/html/${pattern})
  list(SORT files)
  set(text "\nconst std::vector<std::string_view>& html_${name}() {\n"
           "  static const std::vector<std::string_view> files = {")
  string(CONCAT text ${text})
  foreach(path IN LISTS files)
    file(READ ${path} content)
    string(APPEND text "R\"simcheck(${content})simcheck\",\n")
  endforeach()
  string(APPEND text "};\n  return files;\n}\n")
  file(APPEND ${OUTPUT}.new "${text}")
endfunction()

file(WRITE ${OUTPUT}.new "// Made by cmake/html_files.cmake from reports/html/.
#include \"reports/html_files.hpp\"

namespace simcheck::reports {
")
append_files(pages *.html)
append_files(styles *.css)
append_files(scripts *.js)
file(APPEND ${OUTPUT}.new "\n}  // namespace simcheck::reports\n")
file(RENAME ${OUTPUT}.new ${OUTPUT})

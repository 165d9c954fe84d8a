# The manual page and the shell completions, made from the command line's definitions by a program
# of the build, and installed where Debian looks for them.

add_executable(simcheck_generate cli/generate/main.cpp)
target_link_libraries(simcheck_generate PRIVATE simcheck::simcheck simcheck_build_flags)
target_compile_options(simcheck_generate PRIVATE -O0)

set(documents_dir ${PROJECT_BINARY_DIR}/documents)
file(MAKE_DIRECTORY ${documents_dir})
set(documents ${documents_dir}/simcheck.1 ${documents_dir}/simcheck.bash
              ${documents_dir}/_simcheck ${documents_dir}/simcheck.fish)
add_custom_command(OUTPUT ${documents} COMMAND simcheck_generate ${documents_dir}
                   DEPENDS simcheck_generate VERBATIM)
add_custom_target(simcheck_documents ALL DEPENDS ${documents})

include(GNUInstallDirs)
install(FILES ${documents_dir}/simcheck.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${documents_dir}/simcheck.bash RENAME simcheck
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${documents_dir}/_simcheck
        DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${documents_dir}/simcheck.fish
        DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

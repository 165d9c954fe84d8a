# cmake --install: the command, the library, its headers by room, and what find_package(simcheck)
# needs to give simcheck::simcheck, simcheck::command and simcheck_add_test().

include(CMakePackageConfigHelpers)
include(GNUInstallDirs)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/simcheck)

if(TARGET simcheck)
  install(TARGETS simcheck EXPORT simcheckTargets)
endif()
foreach(room IN LISTS SIMCHECK_ROOMS)
  install(DIRECTORY ${room} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/simcheck
          FILES_MATCHING PATTERN "*.hpp")
endforeach()
install(TARGETS simcheck_lib EXPORT simcheckTargets
        INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/simcheck)
install(EXPORT simcheckTargets NAMESPACE simcheck:: DESTINATION ${package_dir})

write_basic_package_version_file(${PROJECT_BINARY_DIR}/simcheckConfigVersion.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES cmake/simcheckConfig.cmake cmake/simcheckAddTest.cmake
              ${PROJECT_BINARY_DIR}/simcheckConfigVersion.cmake
        DESTINATION ${package_dir})

# find_package(simcheck) -> simcheck::simcheck, the library; simcheck::command, the program;
# simcheck_add_test()

include(CMakeFindDependencyMacro)
find_dependency(Boost 1.74 COMPONENTS context)
find_dependency(fmt)
find_dependency(nlohmann_json)
find_dependency(CLI11)
find_dependency(pugixml)
find_dependency(Threads)
include(${CMAKE_CURRENT_LIST_DIR}/simcheckTargets.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/simcheckAddTest.cmake)

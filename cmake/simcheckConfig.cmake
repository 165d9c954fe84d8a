# find_package(simcheck) -> simcheck::simcheck

include(CMakeFindDependencyMacro)
find_dependency(Boost 1.74 COMPONENTS context)
find_dependency(fmt)
find_dependency(nlohmann_json)
find_dependency(CLI11)
find_dependency(pugixml)
find_dependency(Threads)
include(${CMAKE_CURRENT_LIST_DIR}/simcheckTargets.cmake)

// The names of CLI11 that headers need. Its own header takes seconds to compile: only those files
// include it that define options.
#pragma once

namespace CLI {
class App;
class Option;
}  // namespace CLI

// What the sectors of the log look like at a step: class, letter and words of each cell.

// Class, letter and words of a segment.
function cellState(trace, segment, step) {
  const { holds, flight } = latest(segment.history, step);
  const incoming = flight.map((write) => laneName(trace.lanes[write.lane]));
  const coming = flight.length > 0
    ? "\nunder way: " + listed(flight.map((w, i) => shortName(w) + " of " + incoming[i])) : "";
  if (!holds || holds.part === "discarded") {
    return { class: "cell empty" + (flight.length > 0 ? " flight " + colour(flight[0].lane) : ""),
      letter: flight.length > 0 ? incoming[0].slice(0, 1) + "?" : "",
      words: (holds ? "discarded" : "nothing") + coming };
  }
  if (holds.part === "older") {
    return { class: "cell older", letter: "o", words: "of an older log" + coming };
  }
  const name = laneName(trace.lanes[holds.lane]);
  const short = name.slice(0, 2);
  const data = isLogFormat(trace) ? short.toLowerCase() : short;
  const letters = { header: short, data, superblock: "S" };
  return { class: `cell ${holds.part} ${colour(holds.lane)}` + (flight.length > 0 ? " flight" : ""),
    letter: letters[holds.part] + (holds.torn ? "!" : ""),
    words: holds.name + " of " + name + (holds.torn ? ", torn" : "") + coming };
}

// Neighbours that look alike are one cell; the superblock stays by itself.
function runsOf(view, step) {
  const runs = [];
  view.log.segments.forEach((segment, index) => {
    const state = cellState(view.trace, segment, step), last = runs[runs.length - 1];
    const apart = isLogFormat(view.trace) && last && last.begin === 0;
    const same = last && !apart && last.state.class === state.class &&
      last.state.letter === state.letter && last.state.words === state.words;
    if (same) last.end = segment.end;
    else runs.push({ begin: segment.begin, end: segment.end, state, index });
  });
  return runs;
}

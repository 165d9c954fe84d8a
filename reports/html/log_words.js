// The log in words: what overlaps at a step, what a reader finds in the end, and the table of
// entries.

// Neighbouring segments claimed by the same entries, together.
function overlapsAt(log, step) {
  const found = [];
  for (const segment of log.segments) {
    if (segment.overlap > step) continue;
    const claims = segment.claims.filter((claim) => claim.step <= step);
    const last = found[found.length - 1];
    const same = last && last.end === segment.begin && last.claims.length === claims.length &&
      claims.every((claim, i) => claim === last.claims[i]);
    if (same) last.end = segment.end;
    else found.push({ begin: segment.begin, end: segment.end, claims });
  }
  return found;
}

function overlapWords(trace, log, step) {
  const found = overlapsAt(log, step);
  if (found.length === 0) return "No entries overlap.";
  const shown = found.slice(0, 3).map(({ begin, end, claims }) => {
    const names = claims.map((claim) => laneName(trace.lanes[claim.lane]));
    const who = begin === 0 ? ["the superblock", ...names] : names;
    return (end - begin === 1 ? "sector " : "sectors ") + range(begin, end) +
      " (" + listed(who) + ")";
  });
  const more = found.length > 3 ? ", and " + counted(found.length - 3, "more range") : "";
  return "Overlapping claims: " + shown.join("; ") + more + ".";
}

const kRunsShown = 8;

// What lies where, of a device that is no log.
function deviceWords(trace, log, step) {
  const held = runsOf({ trace, log }, step).filter((run) => run.state.words !== "nothing");
  if (held.length === 0) return "Nothing was written yet.";
  const shown = held.slice(0, kRunsShown).map((run) =>
    (run.end - run.begin === 1 ? "sector " : "sectors ") + range(run.begin, run.end) + ": " +
    run.state.words.replace("\n", ", "));
  const more = held.length > kRunsShown
    ? "; and " + counted(held.length - kRunsShown, "more range") : "";
  return shown.join("; ") + more + ".";
}

function logWords(trace, log, step) {
  const words = isLogFormat(trace) ? overlapWords : deviceWords;
  const end = readerWords(trace);
  const cut = trace.steps[step - 1].kind === "cut"
    ? " This is what was on the disk; it need not have survived the cut." : "";
  return words(trace, log, step) + cut + (end ? " " + end : "");
}

// "the entries of A and B"
function entriesOf(trace, entries) {
  const names = entries.map((entry) => laneName(trace.lanes[entry.lane]));
  const shown = names.length > 8 ? [...names.slice(0, 7), (names.length - 7) + " others"] : names;
  return (names.length === 1 ? "the entry of " : "the entries of ") + listed(shown);
}

function readerWords(trace) {
  const { met, at } = walkOf(trace);
  const missed = trace.entries.filter((entry) => !met.has(entry));
  if (missed.length === 0) return "";
  const data = trace.entries.find((entry) => entry.data_at !== null && entry.data_at <= at &&
    at < entry.data_at + entry.data_sectors);
  const meets = data ? "data of " + laneName(trace.lanes[data.lane]) : "nothing";
  const start = met.size === 0 ? "looks for the first header"
    : "finds " + entriesOf(trace, [...met]) + ", looks for the next header";
  return "In the end, a reader who trusts the headers " + start + " in sector " + at +
    " and meets " + meets + "; " + entriesOf(trace, missed) +
    (missed.length === 1 ? " is" : " are") + " never seen.";
}

const kFlags = [[1, "FLUSH"], [2, "FUA"], [4, "DISCARD"], [8, "MARK"], [16, "METADATA"]];

function flagsOf(entry) {
  return kFlags.filter(([bit]) => (entry.flags & bit) !== 0).map(([, name]) => name);
}

function entryRemarks(claim) {
  const remarks = flagsOf(claim);
  if (claim.misplaced) remarks.push("data not behind its header");
  if (claim.header_failed) remarks.push("a fault kept its header away");
  return remarks.join(", ");
}

function entryWords(trace, claim) {
  const remarks = entryRemarks(claim);
  const data = claim.data_at !== null && claim.data_sectors > 0
    ? ", its data lies in " + range(claim.data_at, claim.data_at + claim.data_sectors) : "";
  return "entry of " + laneName(trace.lanes[claim.lane]) + ": header in sector " + claim.begin +
    ", claims " + range(claim.begin, claim.end) + data + (remarks ? " (" + remarks + ")" : "") +
    "\nplaced in step " + claim.step;
}

function entryRow(trace, claim) {
  const cells = [claim.begin, range(claim.begin, claim.end),
    claim.data_at === null || claim.data_sectors === 0 ? "none"
      : range(claim.data_at, claim.data_at + claim.data_sectors), entryRemarks(claim)];
  const name = html("th", { scope: "row" }, badge(trace, claim.lane));
  return html("tr", {}, name, ...cells.map((cell) => html("td", {}, String(cell))));
}

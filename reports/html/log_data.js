// The log at each step: sectors that look alike form segments; what lies in each, which entries
// claim it, and from which step on.

const kDiskSector = 512;  // how far off a misdirected write lands, in bytes

// The sectors that a disk request touches. A misdirected one lands elsewhere.
function sectorsOf(span, sectorSize) {
  const off = span.fault === "misdirected" ? kDiskSector : 0;
  const begin = Math.floor((span.offset + off) / sectorSize);
  return { begin, end: Math.ceil((span.offset + off + span.length) / sectorSize) };
}

function claimedEnd(entry) {
  return entry.header_sector + 1 + entry.data_sectors;
}

function isMisplaced(entry) {
  return entry.data_at !== null && entry.data_sectors > 0 &&
    entry.data_at !== entry.header_sector + 1;
}

// A driver that places no entries keeps no log of this format: then there is no superblock either,
// just a device.
function isLogFormat(trace) {
  return trace.entries.length > 0;
}

function segmentsOf(trace, writes) {
  const bounds = new Set(isLogFormat(trace) ? [0, 1] : []);
  for (const entry of trace.entries) {
    bounds.add(entry.header_sector).add(entry.header_sector + 1).add(claimedEnd(entry));
    if (entry.data_at !== null) bounds.add(entry.data_at).add(entry.data_at + entry.data_sectors);
  }
  for (const write of writes) bounds.add(write.begin).add(write.end);
  const sorted = [...bounds].sort((a, b) => a - b);
  return sorted.slice(1).map((end, i) => ({ begin: sorted[i], end, history: [], claims: [] }));
}

function covered(segments, begin, end) {
  return segments.filter((segment) => begin <= segment.begin && segment.end <= end);
}

// "header", "data" or "superblock": what a write puts into a segment.
function partOf(trace, write, segment) {
  if (!isLogFormat(trace)) return "data";
  if (segment.begin === 0) return "superblock";
  const heads = trace.entries.some((entry) => entry.lane === write.lane &&
    entry.header_sector === segment.begin && segment.end - segment.begin === 1);
  return heads ? "header" : "data";
}

function leavesSomething(write) {
  return !wentWrong(write) || write.fault.startsWith("torn");
}

// What a segment holds from which step on, and whose writes to it are under way.
function historyOf(trace, segment, writes) {
  const moments = [];
  for (const write of writes) {
    moments.push({ step: write.submitted, write, submits: true });
    if (write.effect !== undefined) moments.push({ step: write.effect, write });
  }
  moments.sort((a, b) => a.step - b.step);
  const older = segment.begin > 0 && segment.end <= trace.first_log_sector;
  let state = { step: 0, holds: older ? { part: "older" } : null, flight: [] };
  const history = [state];
  for (const { step, write, submits } of moments) {
    const part = write.kind === "discard" ? "discarded" : partOf(trace, write, segment);
    const name = isLogFormat(trace) ? part : shortName(write);
    const own = { lane: write.lane, part, name, torn: write.fault.startsWith("torn") };
    const flight = submits ? [...state.flight, write] : state.flight.filter((w) => w !== write);
    const lands = !submits && leavesSomething(write);
    state = { step, holds: lands ? own : state.holds, flight };
    history.push(state);
  }
  return history;
}

// Claims that overlap stand in different rows: a sound log has one row.
function stackClaims(claims) {
  const rows = [];
  for (const claim of claims) {
    claim.row = rows.findIndex((row) => row.every((other) =>
      other.end <= claim.begin || claim.end <= other.begin));
    if (claim.row < 0) claim.row = rows.push([]) - 1;
    rows[claim.row].push(claim);
  }
  return rows.length;
}

// From which step on a segment is claimed twice, or the superblock's at all; none: Infinity.
function overlapStep(segment) {
  const steps = segment.claims.map((claim) => claim.step).sort((a, b) => a - b);
  return steps[segment.begin === 0 ? 0 : 1] ?? Infinity;
}

function logOf(trace) {
  const writes = trace.spans
    .filter((span) => span.device === "log" && span.kind !== "read" && span.length > 0)
    .map((span) => ({ ...span, ...sectorsOf(span, trace.sectorSize) }));
  if (writes.length === 0 && trace.entries.length === 0) return null;
  const segments = segmentsOf(trace, writes);
  const claims = trace.entries.map((entry) => ({ ...entry, begin: entry.header_sector,
    end: claimedEnd(entry), misplaced: isMisplaced(entry) }));
  const bySegment = new Map(segments.map((segment) => [segment, []]));
  for (const write of writes) {
    for (const segment of covered(segments, write.begin, write.end)) {
      bySegment.get(segment).push(write);
    }
  }
  for (const claim of claims) {
    if (claim.header_failed) continue;
    for (const segment of covered(segments, claim.begin, claim.end)) segment.claims.push(claim);
  }
  for (const segment of segments) {
    segment.history = historyOf(trace, segment, bySegment.get(segment));
    segment.overlap = overlapStep(segment);
  }
  return { segments, claims, rows: stackClaims(claims) };
}

// The entries that a reader meets who starts behind the superblock and trusts the headers.
function walkOf(trace) {
  const met = new Set();
  let at = trace.first_log_sector;
  for (;;) {
    const next = trace.entries.find((entry) =>
      entry.header_sector === at && !entry.header_failed && !met.has(entry));
    if (!next) return { met, at };
    met.add(next);
    at = claimedEnd(next);
  }
}

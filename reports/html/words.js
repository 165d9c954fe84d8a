// What happens in a step, in the words of the text report.

// Guest and driver may have control characters in their names.
function printable(text) {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (c) => {
    return "\\x" + c.charCodeAt(0).toString(16).padStart(2, "0");
  });
}

function range(first, end) {
  return end - first === 1 ? String(first) : first + ".." + (end - 1);
}

function bytePlace(io) {
  return printable(io.device) + " bytes " + range(io.offset, io.offset + io.length);
}

// In log sectors, as the driver thinks; in bytes where a request does not fit them.
function logPlace(io, sectorSize) {
  const first = io.offset / sectorSize, end = (io.offset + io.length) / sectorSize;
  if (Number.isInteger(first) && Number.isInteger(end)) return "log " + range(first, end);
  return bytePlace(io);
}

// The driver's own word for it says more than the device's name.
function isLabelled(io) {
  return io.what !== "" && io.what !== io.device;
}

function shortName(io) {
  return printable(isLabelled(io) ? io.what : io.device + " " + io.kind);
}

function bytesOf(size) {
  const [, number, suffix] = /^(\d+)([kmgt]?)$/.exec(size) ?? [];
  return Number(number) * 1024 ** " kmgt".indexOf(suffix || " ");
}

// Is it where the guest wants it, so that the lane's title tells the place?
function isAtOwnPlace(trace, lane, io) {
  const [, offset, length] = trace.lanes[lane].title.split(" ");
  return bytesOf(offset) === io.offset && bytesOf(length) === io.length;
}

function placedName(trace, lane, io) {
  const onLog = io.device === "log";
  if (io.length === 0) return shortName(io);
  if (!onLog && !isLabelled(io) && isAtOwnPlace(trace, lane, io)) return shortName(io);
  return shortName(io) + " @ " + (onLog ? logPlace(io, trace.sectorSize) : bytePlace(io));
}

function wentWrong(io) {
  return Boolean(io.status) && io.status !== "ok";
}

function because(io) {
  return io.fault ? " (fault: " + printable(io.fault) + ")" : "";
}

function ioPhrase(trace, lane, io) {
  const name = shortName(io);
  if (io.moment === "submitted") return "submits " + placedName(trace, lane, io);
  if (io.moment === "completed") {
    return name + (wentWrong(io) ? " failed: " + io.status : " done") + because(io);
  }
  const plural = name.endsWith("zeroes");
  if (wentWrong(io)) return name + (plural ? " fail: " : " fails: ") + io.status + because(io);
  return name + (plural ? " take effect" : " takes effect") + because(io);
}

// "its header promises log 2..9": where the driver puts an entry's data somewhere else.
function brokenPromise(trace, step, io) {
  const size = trace.sectorSize;
  const entry = io.device !== "log" ? undefined : trace.entries.find((each) =>
    each.lane === step.lane && isMisplaced(each) && io.offset === each.data_at * size &&
    io.length === each.data_sectors * size);
  if (!entry) return "";
  const begin = entry.header_sector + 1;
  return " (its header promises log " + range(begin, begin + entry.data_sectors) + ")";
}

// What completed, what the code then did, and what it waits for now.
function phrases(trace, step) {
  const said = [], phrase = (io) => ioPhrase(trace, step.lane, io);
  for (const io of step.ios) if (io.moment === "completed") said.push(phrase(io));
  for (const note of step.notes) said.push(printable(note));
  for (const io of step.ios) {
    if (io.moment === "completed") continue;
    const promise = io.moment === "submitted" ? brokenPromise(trace, step, io) : "";
    said.push(phrase(io) + promise);
  }
  for (const [object, values] of valuesIn(step)) said.push(object + " " + values.join(" \u2192 "));
  return said.length > 0 ? said : ["runs"];
}

// What a step makes of the shared objects that it changes: name -> values, the old one first.
function valuesIn(step) {
  const values = new Map();
  for (const change of step.changes) {
    if (change.before === change.after) continue;
    const object = printable(change.object);
    if (!values.has(object)) values.set(object, [printable(change.before)]);
    values.get(object).push(printable(change.after));
  }
  return values;
}

const kKinds = { start: "starts", resume: "runs on", effect: "waits", cut: "" };

function laneName(lane) {
  return printable(lane.name);
}

function counted(count, noun) {
  const ending = count === 1 ? "" : noun.endsWith("ch") ? "es" : "s";
  return count.toLocaleString("en") + " " + noun + ending;
}

// "a, b and c"
function listed(words) {
  if (words.length < 2) return words.join("");
  return words.slice(0, -1).join(", ") + " and " + words[words.length - 1];
}

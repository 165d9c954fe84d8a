// Elements of the page: making them, and writing to them only what changed.

const kSvg = "http://www.w3.org/2000/svg";

function byId(id) {
  return document.getElementById(id);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

function html(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(kSvg, name), attributes, children);
}

// These leave an element alone that says so already: a step changes little of the page.
function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function put(element, name, value) {
  if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

function show(element, visible) {
  if (element.hidden === visible) element.hidden = !visible;
}

// A button's picture: paths in a square of 16.
function icon(path) {
  const shape = svg("path", { d: path, fill: "none", stroke: "currentColor", "stroke-width": 1.75,
    "stroke-linecap": "round", "stroke-linejoin": "round" });
  return svg("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" }, shape);
}

const kPen = document.createElement("canvas").getContext("2d");
const kWidths = new Map();

// In pixels, at the size of text in pictures.
function widthOf(text) {
  let width = kWidths.get(text);
  if (width === undefined) {
    kPen.font = "11.5px " + getComputedStyle(document.documentElement).fontFamily;
    kWidths.set(text, width = kPen.measureText(text).width);
  }
  return width;
}

// As much of `text` as fits; nothing if too little would be left.
function clipped(text, pixels) {
  if (pixels <= 0) return "";
  const width = widthOf(text);
  if (width <= pixels) return text;
  const room = Math.floor((text.length * pixels) / width) - 1;
  return room < 5 ? "" : text.slice(0, room).replace(/[\s.,:@]+$/, "") + "\u2026";
}

// The last of `items`, which are in order of `step`, that is not behind `step`.
function latest(items, step) {
  let low = 0, high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle].step <= step) low = middle + 1;
    else high = middle;
  }
  return items[low - 1];
}

function colour(lane) {
  return "c" + lane % 8;
}

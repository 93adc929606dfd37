// The live ranking: re-ranks in the browser while a weight moves.
//
// Sections: arithmetic (pure, exported, held equal to Python by a test) · what Python sends ·
// weights · the model of what is shown · drawing · gestures · life cycle.
// Text that people wrote only ever reaches the page through textContent.

// ---- Arithmetic -------------------------------------------------------------------------------
// The rules of scoring/score.py, rank.py, ranking.py and analysis/funding_line.py: whole numbers
// only, so that a tie is a tie. Weights are whole millionths, values whole numbers of steps.

const MILLION = 1_000_000;
const HUNDREDTH = 10_000; // in millionths
const EXACT = 2 ** 53;
const COUNTABLE = 2 ** 22;
export const NOT_COUNTED = 0;
export const ABOVE = 1;
export const AT_THE_LINE = 2;
export const BELOW = 3;

/** A decimal as people write it, in whole millionths; null when it is no such number. */
export function millionths(text) {
  const found = /^(\d{0,7})(?:\.(\d{0,6}))?$/.exec(String(text).trim());
  if (!found || !(found[1] || found[2])) return null;
  const whole = Number(found[1] || 0) * MILLION + Number((found[2] || "").padEnd(6, "0"));
  return whole <= MILLION * MILLION ? whole : null;
}

/** Millionths as the shortest decimal: 12500000 is "12.5". */
export function decimal(whole) {
  const rest = String(whole % MILLION).padStart(6, "0").replace(/0+$/, "");
  return `${Math.floor(whole / MILLION)}${rest && `.${rest}`}`;
}

/** Weights as the smallest whole numbers in the same proportions. */
export function unitsOf(raw) {
  let divisor = 0;
  for (const number of raw) {
    let a = divisor;
    let b = number;
    while (b) [a, b] = [b, a % b];
    divisor = a;
  }
  return raw.map((number) => (divisor ? number / divisor : 0));
}

/** Whole parts in the proportions of `parts` that add to `sum`: largest remainder, first wins. */
export function apportion(parts, sum) {
  if (!parts.length) return [];
  const whole = parts.map(BigInt);
  const total = whole.reduce((a, b) => a + b, 0n);
  if (!total) return apportion(parts.map(() => 1), sum);
  const floors = whole.map((part) => (part * BigInt(sum)) / total);
  const rests = whole.map((part) => (part * BigInt(sum)) % total);
  let spare = BigInt(sum) - floors.reduce((a, b) => a + b, 0n);
  const order = rests.map((_, j) => j);
  order.sort((a, b) => (rests[a] === rests[b] ? a - b : rests[a] < rests[b] ? 1 : -1));
  for (const j of order) if (spare-- > 0n) floors[j] += 1n;
  return floors.map(Number);
}

/** Weights as shares of 100 with `places` decimals that add to 100, as Weights.shown gives them. */
export function shownShares(raw, places = 1) {
  const grain = 10 ** places;
  return apportion(raw, 100 * grain).map((share) => (share / grain).toFixed(places));
}

/**
 * One weight moved, the rest rescaled: millionths in exactly the right proportions.
 *
 * `from` are the weights when the movement began, so that going back restores them. Locked ones
 * keep their share; the others divide what is left in their proportions. Nothing is rounded to
 * what the boxes show, since 9.38 and 9.37 for two equal weights would part true ties. `wanted` is
 * the share of 100 in millionths, held to what is free; with nothing else free, nothing moves.
 */
export function rescale(from, moved, wanted, locked) {
  const sum = (list) => list.reduce((a, b) => a + b, 0n);
  const units = unitsOf(from).map(BigInt);
  const total = sum(units);
  const grain = 10_000n;
  const share = BigInt(Math.max(0, Math.min(10_000, Math.round(wanted / HUNDREDTH))));
  const others = units.map((_, j) => j).filter((j) => j !== moved && !locked[j]);
  if (!others.length || share === (2n * units[moved] * grain + total) / (2n * total)) return [...from];
  const held = sum(units.filter((_, j) => locked[j] && j !== moved));
  const apart = sum(others.map((j) => units[j]));
  const part = (j) => (apart ? units[j] : 1n);
  const free = apart || BigInt(others.length);
  // Every share times grain x total x free is a whole number.
  const room = (total - held) * grain * free;
  const mine = share * total * free < room ? share * total * free : room;
  const next = units.map((unit) => unit * grain * free);
  next[moved] = mine;
  for (const j of others) next[j] = ((room - mine) / free) * part(j);
  return asWeights(next);
}

/** Whole proportions as millionths: adding to 100 where that is exact, else as small as can be. */
function asWeights(parts) {
  let divisor = 0n;
  for (const part of parts) {
    let [a, b] = [divisor, part];
    while (b) [a, b] = [b, a % b];
    divisor = a;
  }
  const units = parts.map((part) => part / divisor);
  const all = units.reduce((a, b) => a + b, 0n);
  const hundred = 100n * BigInt(MILLION);
  if (units.every((unit) => (hundred * unit) % all === 0n)) return units.map((unit) => Number((hundred * unit) / all));
  const most = units.reduce((a, b) => (a > b ? a : b), 0n);
  if (most <= BigInt(MILLION)) return units.map((unit) => Number(unit) * MILLION);
  if (most <= BigInt(MILLION * MILLION)) return units.map(Number);
  // After very many different movements: to the nearest millionth of a percent, equal ones alike.
  return units.map((unit) => Number((2n * hundred * unit + all) / (2n * all)));
}

/**
 * Keys: whole numbers in the order of the totals, equal exactly when the totals are.
 *
 * `sheet` has n, common, columns (one array of steps a criterion) and, where scores are missing,
 * gaps (n x m, 1 where not scored) and complete. `missing` is unranked, worst or renormalise.
 */
export function keysOf(sheet, units, missing = "unranked") {
  const { n, columns, common, complete } = sheet;
  if (missing === "renormalise" && complete) return renormalised(sheet, units);
  const all = units.reduce((a, b) => a + b, 0);
  const big = all * common >= EXACT;
  const full = big ? units.reduce((sum, u) => sum + BigInt(u), 0n) * BigInt(common) : all * common;
  const keys = big ? new Array(n).fill(0n) : new Float64Array(n);
  for (let j = 0; j < units.length; j++) {
    const unit = big ? BigInt(units[j]) : units[j];
    const column = columns[j];
    if (!units[j]) continue;
    if (big) for (let i = 0; i < n; i++) keys[i] += unit * BigInt(column[i]);
    else for (let i = 0; i < n; i++) keys[i] += unit * column[i];
  }
  return { keys, full, ranked: missing === "worst" ? null : (complete ?? null) };
}

function renormalised({ n, columns, common, gaps }, units) {
  const m = units.length;
  const shares = new Array(n).fill(0n);
  const keys = new Array(n).fill(0n);
  for (let j = 0; j < m; j++) {
    const unit = BigInt(units[j]);
    for (let i = 0; i < n; i++) {
      if (gaps[i * m + j]) continue;
      shares[i] += unit;
      keys[i] += unit * BigInt(columns[j][i]);
    }
  }
  let lcm = 1n;
  for (const share of new Set(shares)) {
    if (!share) continue;
    let [a, b] = [lcm, share];
    while (b) [a, b] = [b, a % b];
    lcm = (lcm / a) * share;
  }
  const ranked = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    ranked[i] = shares[i] ? 1 : 0;
    keys[i] = shares[i] ? keys[i] * (lcm / shares[i]) : 0n;
  }
  return { keys, full: lcm * BigInt(common), ranked };
}

/** A total from 0 to 100. */
export function totalOf(key, full) {
  if (typeof full === "number") return (100 * key) / full;
  return Number((100n * key * 2n ** 70n) / full) / 2 ** 70;
}

/** Halves up, noise beyond nine decimals taken off: as scoring/rounding.py and Excel. */
export function rounded(number, places) {
  const [whole, decimals] = number.toFixed(9).split(".");
  const grains = Number(whole + decimals.slice(0, places)) + (decimals[places] >= "5" ? 1 : 0);
  return (grains / 10 ** places).toFixed(places);
}

/** A total as it is shown. */
export const oneDecimal = (total) => rounded(total, 1);

let counts = new Int32Array(1 << 16);

/**
 * Competition ranking (1, 2, 2, 4): places, ties, and rows best first, ties in source order.
 * Rows that are not ranked have place 0.
 */
export function rank({ keys, full, ranked }) {
  const n = keys.length;
  const rows = ranked ? indices(n).filter((i) => ranked[i]) : indices(n);
  const order = inOrder(keys, full, rows, n);
  const place = new Int32Array(n);
  const tied = new Uint8Array(n);
  for (let k = 0; k < order.length; k++) {
    const i = order[k];
    const above = k ? order[k - 1] : -1;
    if (k && keys[above] === keys[i]) {
      place[i] = place[above];
      tied[i] = tied[above] = 1;
    } else place[i] = k + 1;
  }
  return { place, tied, order };
}

function indices(n) {
  const all = new Int32Array(n);
  for (let i = 0; i < n; i++) all[i] = i;
  return all;
}

function inOrder(keys, full, rows, n) {
  const size = rows.length;
  if (typeof full !== "number") {
    return Int32Array.from([...rows].sort((a, b) => (keys[a] === keys[b] ? a - b : keys[a] < keys[b] ? 1 : -1)));
  }
  const order = new Int32Array(size);
  if (full < COUNTABLE && full < 64 * size + 65_536) {
    // Few different totals: counting them beats sorting.
    if (counts.length < full + 2) counts = new Int32Array(full + 2);
    counts.fill(0, 0, full + 2);
    for (let k = 0; k < size; k++) counts[keys[rows[k]]]++;
    for (let key = full, start = 0; key >= 0; key--) {
      const here = counts[key];
      counts[key] = start;
      start += here;
    }
    for (let k = 0; k < size; k++) order[counts[keys[rows[k]]]++] = rows[k];
    return order;
  }
  if ((full + 1) * n < EXACT) {
    // Key and row in one double: a plain numeric sort, which is quick and needs no comparator.
    const packed = new Float64Array(size);
    for (let k = 0; k < size; k++) packed[k] = keys[rows[k]] * n + (n - 1 - rows[k]);
    packed.sort();
    for (let k = 0; k < size; k++) order[k] = n - 1 - (packed[size - 1 - k] % n);
    return order;
  }
  // Sort the keys alone; each row then takes the next free seat among its equals.
  const sorted = new Float64Array(size);
  for (let k = 0; k < size; k++) sorted[k] = keys[rows[k]];
  sorted.sort();
  const taken = new Int32Array(size);
  for (let k = 0; k < size; k++) {
    const first = size - atMost(sorted, keys[rows[k]]);
    order[first + taken[first]++] = rows[k];
  }
  return order;
}

/**
 * Best and worst possible place of every incomplete row: a Map from row to
 * {total: [low, high], place: [best, worst]}. The rule of possible_places in scoring/rank.py.
 */
export function possiblePlaces(sheet, units) {
  const { n, columns, common, complete, gaps } = sheet;
  const spans = new Map();
  if (!complete) return spans;
  const { keys, full } = keysOf({ ...sheet, complete: null }, units);
  const m = columns.length;
  const [zero, wide] = typeof full === "number" ? [0, (u) => u * common] : [0n, (u) => BigInt(u) * BigInt(common)];
  const high = Array.from(keys);
  const lows = [];
  const highs = [];
  const settled = [];
  for (let i = 0; i < n; i++) {
    if (complete[i]) {
      settled.push(keys[i]);
      continue;
    }
    let add = zero;
    for (let j = 0; j < m; j++) if (gaps[i * m + j]) add += wide(units[j]);
    high[i] = keys[i] + add;
    lows.push(keys[i]);
    highs.push(high[i]);
  }
  const upwards = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const ascending = (list) =>
    typeof full === "number" ? Float64Array.from(list).sort() : list.sort(upwards);
  const [settledUp, lowsUp, highsUp] = [settled, lows, highs].map(ascending);
  for (let i = 0; i < n; i++) {
    if (complete[i]) continue;
    const best = n - atMost(settledUp, high[i]) - atMost(lowsUp, high[i]) + 1;
    const worst = n - atMost(settledUp, keys[i]) - atMost(highsUp, keys[i]) + 1;
    spans.set(i, {
      total: [totalOf(keys[i], full), totalOf(high[i], full)],
      place: [best, worst - (high[i] > keys[i] ? 1 : 0)],
    });
  }
  return spans;
}

/** How many entries of an ascending list are at most `limit`. */
function atMost(sorted, limit) {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle] <= limit) from = middle + 1;
    else to = middle;
  }
  return from;
}

/**
 * Where everyone stands against a funding line with room for `room` rows, must-dos left out.
 *
 * A row is above when it and everything that it ties with fit; at the line when the line falls
 * inside its tie; otherwise below. `position` counts rows in order, must-dos left out.
 */
export function fundingLine({ order, place }, mustDo, room) {
  const status = new Uint8Array(place.length);
  const position = new Int32Array(place.length);
  let tie = null;
  let count = 0;
  for (let k = 0; k < order.length; ) {
    const first = count + 1;
    let end = k;
    for (; end < order.length && place[order[end]] === place[order[k]]; end++) {
      if (!mustDo?.[order[end]]) position[order[end]] = ++count;
    }
    const where = count <= room ? ABOVE : first <= room ? AT_THE_LINE : BELOW;
    for (; k < end; k++) if (position[order[k]]) status[order[k]] = where;
    if (where === AT_THE_LINE) tie = { place: place[order[end - 1]], size: count - first + 1, fit: room - first + 1 };
  }
  return { status, position, tie, counted: count };
}

// ---- What Python sends ------------------------------------------------------------------------

const ARRAYS = { u1: Uint8Array, u2: Uint16Array, i4: Int32Array, f8: Float64Array };

/** The message of `sheet_message` in __init__.py, unpacked. */
function unpack(bytes) {
  const size = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + size)));
  const { n, dtype, criteria } = header;
  const m = criteria.length;
  // A copy starts at an address that every array type accepts.
  const body = bytes.slice(4 + size);
  const steps = new ARRAYS[dtype](body.buffer, 0, n * m);
  const columns = criteria.map((_, j) => Float64Array.from(steps.subarray(j * n, (j + 1) * n)));
  const gaps = header.gaps ? body.subarray(n * m * ARRAYS[dtype].BYTES_PER_ELEMENT) : null;
  const complete = gaps && new Uint8Array(n).fill(1);
  if (gaps) for (let k = 0; k < n * m; k++) if (gaps[k]) complete[Math.floor(k / m)] = 0;
  const mustDo = new Uint8Array(n);
  for (const i of Object.keys(header.mustDo)) mustDo[i] = 1;
  const find = header.refs.map((ref, i) => plainText(`${ref} ${header.titles[i]}`));
  const facets = header.facets.filter((facet) => facet.options.length);
  return { ...header, reasons: header.mustDo, facets, columns, gaps, complete, mustDo, find };
}

function plainText(text) {
  return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
}

function sameBytes(a, b) {
  if (!a || a.length !== b.length) return false;
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return false;
  return true;
}

// ---- Words and small elements -----------------------------------------------------------------

const plural = (n, one, many = `${one}s`) => `${n.toLocaleString("en-GB")} ${n === 1 ? one : many}`;

/** An element with attributes, listeners (on...) and children; strings become text. */
function el(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "class") made.className = value;
    else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? "" : value);
    }
  }
  made.append(...children);
  return made;
}

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function setAttr(node, name, value) {
  if (value === null) {
    if (node.hasAttribute(name)) node.removeAttribute(name);
  } else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

const button = (words, label, onclick, more = {}) =>
  el("button", { type: "button", "aria-label": label, title: label, onclick, ...more }, words);
const colour = (j) => `var(--c${j % 10})`;

// ---- The model: what is set, what follows from it, what is shown --------------------------------

const MUST_DO = -1;
const RANKED = -2;
const INCOMPLETE = -3;
const FIRST_GROUP = -4; // the header of group g is FIRST_GROUP - g

class Model {
  constructor(sheet) {
    this.sheet = sheet;
    this.published = sheet.published.map(millionths);
    this.baseline = this.ranked(sheet.baseline.map(millionths));
    this.setting = {
      raw: [...this.published],
      line: 0,
      counted: true,
      mode: "rescale",
      locked: sheet.criteria.map(() => false),
      pinned: new Set(),
    };
    this.marks = null;
    this.firm = null;
    this.view = { words: "", chosen: new Map(), grouped: false };
    this.items = new Int32Array(0);
    this.itemOf = new Int32Array(sheet.n);
    this.within = new Int32Array(sheet.n);
    this.withinTied = new Uint8Array(sheet.n);
    this.mustDoRows = rowsWhere(sheet.n, (i) => sheet.mustDo[i]);
    this.openRows =
      sheet.missing === "unranked" && sheet.complete
        ? rowsWhere(sheet.n, (i) => !sheet.complete[i] && !sheet.mustDo[i])
        : [];
    this.indexOfRef = new Map(sheet.refs.map((ref, i) => [ref, i]));
    this.filter();
  }

  ranked(raw) {
    const units = unitsOf(raw);
    const keyed = keysOf(this.sheet, units, this.sheet.missing);
    return { units, keyed, ...rank(keyed) };
  }

  /** Everything that follows from the setting. */
  compute() {
    this.now = this.ranked(this.setting.raw);
    const { line, counted } = this.setting;
    const room = Math.max(0, line - (counted ? this.mustDoRows.length : 0));
    this.line = fundingLine(this.now, this.sheet.mustDo, room);
    this.lineThen = fundingLine(this.baseline, this.sheet.mustDo, room);
    this.room = room;
    this.spansNow = null;
    this.judge();
    this.list();
  }

  /** Verdicts of Python's hold for the sheet and setting they were worked out for, and no other. */
  judge() {
    const { marks, sheet } = this;
    const { raw, line, counted } = this.setting;
    const holds =
      marks &&
      marks.stamp === sheet.stamp &&
      marks.line === line &&
      marks.counted === counted &&
      marks.weights.map(millionths).join() === raw.join();
    this.firm = holds ? marks.verdicts : null;
  }

  /** What to say of a row: a word to show (or "") and what a screen reader hears besides. */
  firmness(i) {
    const verdict = this.firm?.[i];
    const inside = this.line.status[i] === ABOVE || this.line.status[i] === AT_THE_LINE;
    if (verdict === "b") return ["borderline", "unsure", ""];
    if (verdict === "i") return inside ? ["firm", "sure", ""] : ["nearly always above", "unsure", ""];
    if (verdict === "o") return inside ? ["nearly always below", "unsure", ""] : ["", "", "firm"];
    return ["", "", ""];
  }

  get spans() {
    return (this.spansNow ??= possiblePlaces(this.sheet, this.now.units));
  }

  /** Which rows the search and the filters let through; null for all of them. */
  filter() {
    const { words, chosen } = this.view;
    const wanted = plainText(words).split(/\s+/).filter(Boolean);
    if (!wanted.length && !chosen.size) this.shown = null;
    else {
      this.shown = new Uint8Array(this.sheet.n);
      for (let i = 0; i < this.sheet.n; i++) {
        this.shown[i] =
          wanted.every((word) => this.sheet.find[i].includes(word)) &&
          [...chosen].every(([facet, option]) => facet.rows[i].includes(option))
            ? 1
            : 0;
      }
    }
  }

  /** The list from top to bottom: rows, and negative numbers for the headers of lanes. */
  list() {
    const { sheet, shown, view } = this;
    const { order } = this.now;
    const segment = sheet.facets.find((facet) => facet.id === "segment");
    const size = sheet.n + 3 + (segment ? segment.options.length + 1 : 0);
    if (this.items.length < size) this.items = new Int32Array(size);
    let k = 0;
    const add = (code) => {
      if (code >= 0) this.itemOf[code] = k;
      this.items[k++] = code;
    };
    const lane = (header, rows) => {
      const kept = shown ? rows.filter((i) => shown[i]) : rows;
      if (!kept.length) return;
      add(header);
      kept.forEach(add);
    };
    this.itemOf.fill(-1);
    const { mustDo } = sheet;
    if (this.mustDoRows.length) {
      const placed = [];
      for (let q = 0; q < order.length; q++) if (mustDo[order[q]]) placed.push(order[q]);
      lane(MUST_DO, [...placed, ...this.mustDoRows.filter((i) => !this.now.place[i])]);
    }
    if (view.grouped && segment) this.listGroups(segment, lane);
    else {
      const headed = this.mustDoRows.length || this.openRows.length;
      if (headed) add(RANKED);
      const before = k;
      for (let q = 0; q < order.length; q++) {
        const i = order[q];
        if (!mustDo[i] && (!shown || shown[i])) add(i);
      }
      if (headed && k === before) k--;
    }
    lane(INCOMPLETE, this.openRows);
    this.count = k;
  }

  /** Places inside a segment count everybody ranked in it, as overall places do; must-dos are only shown apart. */
  listGroups(segment, lane) {
    const groups = segment.options.map(() => []);
    const without = [];
    for (const i of this.now.order) {
      const group = segment.rows[i].length ? groups[segment.rows[i][0]] : without;
      const above = group.at(-1);
      group.push(i);
      const level = above !== undefined && this.now.place[above] === this.now.place[i];
      this.within[i] = level ? this.within[above] : group.length;
      this.withinTied[i] = level ? 1 : 0;
      if (level) this.withinTied[above] = 1;
    }
    const apart = (i) => !this.sheet.mustDo[i];
    [...groups, without].forEach((rows, g) => lane(FIRST_GROUP - g, rows.filter(apart)));
  }

  /** What the number boxes say: shares with at most two decimals, or the weights as they are. */
  weightsShown() {
    const { raw, mode } = this.setting;
    if (mode === "leave") return raw.map(decimal);
    return apportion(raw, 10_000).map((share) => decimal(share * HUNDREDTH));
  }

  headerOf(code) {
    if (code === MUST_DO) {
      const how = this.setting.counted ? "each takes a place above the line" : "not counted towards the line";
      return ["Must do", `${plural(this.mustDoRows.length, "intention")}, ${how}`];
    }
    if (code === RANKED) return ["Ranked", plural(this.line.counted, "intention")];
    if (code === INCOMPLETE) {
      return ["Not ranked yet", `${plural(this.openRows.length, "intention")} with a score missing: best and worst possible place`];
    }
    const segment = this.sheet.facets.find((facet) => facet.id === "segment");
    return [segment.options[FIRST_GROUP - code] ?? "No segment", "place within the segment, then overall"];
  }

  withinShown(i) {
    return `${this.withinTied[i] ? "=" : ""}${this.within[i]}`;
  }

  placeShown(i) {
    const { place, tied } = this.now;
    return place[i] ? `${tied[i] ? "=" : ""}${place[i]}` : "";
  }

  change(i) {
    return this.now.place[i] && this.baseline.place[i] ? this.baseline.place[i] - this.now.place[i] : 0;
  }

  total(i) {
    return totalOf(this.now.keyed.keys[i], this.now.keyed.full);
  }

  scoreOf(i, j) {
    const { criteria, columns, gaps, common } = this.sheet;
    if (gaps && gaps[i * criteria.length + j]) return null;
    const { worst, best, decimals } = criteria[j];
    return (worst + ((best - worst) * columns[j][i]) / common).toFixed(decimals);
  }

  /** Points per criterion; null where not scored. They add to the total. */
  points(i) {
    const { units } = this.now;
    const { criteria, columns, gaps, common, missing } = this.sheet;
    const m = criteria.length;
    const has = (j) => !gaps || !gaps[i * m + j];
    const all = units.reduce((sum, u, j) => sum + (missing !== "renormalise" || has(j) ? u : 0), 0);
    return units.map((u, j) => (has(j) ? (all ? (100 * u * columns[j][i]) / (all * common) : 0) : null));
  }

  /** What a line inside a tie means; "" when it is not inside one. */
  tieInWords() {
    const { tie } = this.line;
    if (!tie) return "";
    return `The line falls inside a tie: ${plural(tie.size, "intention")} share place ${tie.place} and there is room for ${tie.fit}.`;
  }

  crossings() {
    const enter = [];
    const leave = [];
    const tied = [];
    for (const i of this.now.order) {
      const [then, now] = [this.lineThen.status[i], this.line.status[i]];
      if (now === ABOVE && then !== ABOVE) enter.push(i);
      if (now !== ABOVE && then === ABOVE) leave.push(i);
      if (now === AT_THE_LINE) tied.push(i);
    }
    return { enter, leave, tied };
  }
}

function rowsWhere(n, holds) {
  const rows = [];
  for (let i = 0; i < n; i++) if (holds(i)) rows.push(i);
  return rows;
}

// ---- The weights, beside the list ---------------------------------------------------------------

/** Which end of the scales is the better one: said once, exceptions by name. */
function directionInWords(criteria) {
  const groups = new Map();
  for (const { name, direction } of criteria) groups.set(direction, [...(groups.get(direction) ?? []), name]);
  const [most, ...others] = [...groups].sort(([, a], [, b]) => b.length - a.length);
  if (!others.length) return `On every criterion ${most[0]}.`;
  const exceptions = others.map(([direction, names]) => `${names.join(", ")}: ${direction}.`);
  return [...exceptions, `All others: ${most[0]}.`].join(" ");
}

class WeightsPanel {
  constructor(board) {
    this.board = board;
    const { criteria } = board.model.sheet;
    this.rows = criteria.map((criterion, j) => this.criterion(criterion, j));
    this.bar = el("div", { class: "shares", role: "img" });
    this.parts = criteria.map((criterion, j) => {
      const part = el("span", { title: criterion.name });
      part.style.background = colour(j);
      if (j >= 10) part.className = "striped";
      return part;
    });
    this.bar.append(...this.parts);
    this.message = el("p", { class: "message", role: "alert" });
    this.undo = button("Undo", "Undo (Ctrl+Z)", () => board.undo());
    this.redo = button("Redo", "Redo (Ctrl+Y)", () => board.redo());
    this.reset = button("Reset all", "Reset all weights to the published ones", () => board.resetAll());
    const name = `mode-${Math.random().toString(36).slice(2)}`;
    this.modes = ["rescale", "leave"].map((mode) =>
      el("input", { type: "radio", name, value: mode, onchange: () => board.setMode(mode) }),
    );
    const follow = el(
      "fieldset",
      { class: "follow chrome" },
      el("legend", {}, "When one weight moves, the others"),
      el("label", {}, this.modes[0], "rescale to 100%"),
      el("label", {}, this.modes[1], "stay"),
    );
    this.root = el(
      "section",
      { class: "weights", "aria-label": "Weights" },
      el("div", { class: "weights-head" }, el("h2", {}, "Weights"), el("div", { class: "buttons" }, this.undo, this.redo, this.reset)),
      this.bar,
      el("div", { class: "criteria" }, ...this.rows.map((row) => row.root)),
      this.message,
      follow,
      el("p", { class: "hint chrome" }, directionInWords(criteria)),
    );
  }

  criterion({ name, asks, direction }, j) {
    const { board } = this;
    const swatch = el("span", { class: j >= 10 ? "swatch striped" : "swatch", "aria-hidden": "true" });
    swatch.style.background = colour(j);
    const slider = el("input", { type: "range", min: 0, max: 100, step: "any", "aria-label": name });
    slider.style.setProperty("--colour", colour(j));
    slider.addEventListener("pointerdown", () => board.startDrag());
    slider.addEventListener("input", () => board.move(j, Math.round(slider.value * 2) / 2));
    slider.addEventListener("change", () => board.release());
    slider.addEventListener("dblclick", () => board.resetOne(j));
    slider.addEventListener("keydown", (event) => this.key(event, j));
    slider.addEventListener("keyup", () => board.release());
    const box = el("input", { type: "text", inputmode: "decimal", "aria-label": `${name} weight`, autocomplete: "off" });
    box.addEventListener("change", () => this.typed(box, j));
    box.addEventListener("keydown", (event) => event.key === "Enter" && this.typed(box, j));
    const share = el("span", { class: "share" });
    const lower = button("−", `Lower ${name} by 1`, () => board.step(j, -1), { class: "step" });
    const raise = button("+", `Raise ${name} by 1`, () => board.step(j, 1), { class: "step" });
    const lock = button("", `Lock ${name}`, () => board.toggleLock(j), { class: "icon lock", "aria-pressed": "false" });
    lock.append(el("span", { "aria-hidden": "true" }));
    const published = decimal(board.model.published[j]);
    const reset = button("↺", `${name} back to ${published}`, () => board.resetOne(j), { class: "icon" });
    const label = el("span", { class: "name", title: `${asks} ${direction}.` }, name);
    return {
      slider, box, share, lower, raise, lock, reset,
      root: el(
        "div",
        { class: "criterion", role: "group", "aria-label": name },
        el("div", { class: "criterion-head" }, swatch, label, share, lock, reset),
        el("div", { class: "criterion-row" }, lower, slider, raise, box),
      ),
    };
  }

  key(event, j) {
    const steps = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 };
    const by = steps[event.key];
    if (!by) return;
    event.preventDefault();
    this.board.step(j, event.shiftKey ? by / 10 : by, false);
  }

  typed(box, j) {
    const { board } = this;
    const { name } = board.model.sheet.criteria[j];
    const rescaling = board.model.setting.mode === "rescale";
    const wanted = millionths(box.value);
    if (box.value.trim() === box.dataset.shown) return;
    const fits = wanted !== null && (!rescaling || (wanted <= 100 * MILLION && wanted % HUNDREDTH === 0));
    setAttr(box, "aria-invalid", fits ? null : "true");
    if (!fits) {
      const range = rescaling ? "from 0 to 100 with at most two decimals" : "from 0 to 1,000,000";
      this.say(`${name}: found "${box.value.slice(0, 40)}", expected a number ${range}.`);
      return;
    }
    board.say("");
    board.moveTo(j, wanted);
    board.release();
    box.value = box.dataset.shown = board.model.weightsShown()[j];
  }

  say(words) {
    setText(this.message, words);
  }

  draw() {
    const { model, past, future, dragging } = this.board;
    const { raw, mode, locked } = model.setting;
    const rescaling = mode === "rescale";
    const shares = shownShares(raw, 1);
    const most = rescaling ? 100 : Math.max(100, Math.ceil(Math.max(...raw) / MILLION));
    const all = raw.reduce((a, b) => a + b, 0);
    const shown = model.weightsShown();
    this.rows.forEach(({ slider, box, share, lower, raise, lock, reset }, j) => {
      const { name } = model.sheet.criteria[j];
      const value = rescaling ? (100 * raw[j]) / all : raw[j] / MILLION;
      setAttr(slider, "max", most);
      if (this.board.moving !== j || !dragging) slider.value = String(value);
      slider.style.setProperty("--fill", `${(100 * value) / most}%`);
      setAttr(slider, "aria-valuetext", rescaling ? `${shown[j]}%` : `${shown[j]}, ${shares[j]}% of the total`);
      const typing = box === this.board.shadow.activeElement && this.board.moving !== j;
      if (!typing && !box.hasAttribute("aria-invalid")) box.value = shown[j];
      box.dataset.shown = shown[j];
      setText(share, `${shares[j]}%`);
      for (const control of [slider, box, lower, raise, reset]) {
        if (control.disabled !== locked[j]) control.disabled = locked[j];
      }
      setAttr(lock, "aria-pressed", locked[j]);
      setAttr(lock, "title", locked[j] ? `Unlock ${name}` : `Lock ${name}`);
      this.parts[j].style.flexGrow = String(raw[j] / all);
    });
    setAttr(this.bar, "aria-label", `Shares: ${shares.map((s, j) => `${model.sheet.criteria[j].name} ${s}%`).join(", ")}`);
    this.undo.disabled = !past.length;
    this.redo.disabled = !future.length;
    this.modes.forEach((radio) => (radio.checked = radio.value === mode));
  }
}

// ---- The funding line, beside the list ------------------------------------------------------------

const LISTED = 6;

class LinePanel {
  constructor(board) {
    this.board = board;
    this.box = el("input", { type: "text", inputmode: "numeric", "aria-label": "Funding line after", autocomplete: "off" });
    this.box.addEventListener("change", () => this.typed());
    this.box.addEventListener("keydown", (event) => event.key === "Enter" && this.typed());
    this.counted = el("input", { type: "checkbox", onchange: () => board.setCounted(this.counted.checked) });
    const many = board.model.mustDoRows.length;
    this.tie = el("p", { class: "tie" });
    this.lists = {
      enter: el("ul", { class: "enter" }),
      leave: el("ul", { class: "leave" }),
      tied: el("ul", { class: "tied" }),
    };
    this.heads = {
      enter: el("h3", {}), leave: el("h3", {}), tied: el("h3", {}),
    };
    this.root = el(
      "section",
      { class: "line-panel", "aria-label": "Funding line" },
      el(
        "div",
        { class: "line-head" },
        el("h2", {}, "Funding line"),
        el("span", { class: "after" }, "after"),
        button("−", "Move the funding line up by one", () => board.setLine(board.model.setting.line - 1, true), { class: "step" }),
        this.box,
        button("+", "Move the funding line down by one", () => board.setLine(board.model.setting.line + 1, true), { class: "step" }),
      ),
      many ? el("label", { class: "chrome" }, this.counted, `The ${plural(many, "must-do")} count towards it`) : "",
      this.tie,
      el("div", { class: "cross", role: "group", tabindex: 0, "aria-label": "Who crosses the line" }, ...Object.keys(this.lists).map((kind) => el("div", {}, this.heads[kind], this.lists[kind]))),
    );
  }

  typed() {
    const text = this.box.value.trim();
    if (!/^\d{1,6}$/.test(text)) {
      setAttr(this.box, "aria-invalid", "true");
      this.board.say(`Funding line: found "${text.slice(0, 40)}", expected a whole number of intentions.`);
      return;
    }
    setAttr(this.box, "aria-invalid", null);
    this.board.say("");
    this.board.setLine(Number(text), true);
  }

  draw() {
    const { model, shadow } = this.board;
    const { line, counted } = model.setting;
    if (this.box !== shadow.activeElement && !this.box.hasAttribute("aria-invalid")) this.box.value = String(line);
    if (this.box === shadow.activeElement && this.drawn !== line && this.drawn !== undefined) this.box.value = String(line);
    this.drawn = line;
    this.counted.checked = counted;
    setText(this.tie, model.tieInWords());
    const crossing = model.crossings();
    const words = { enter: "enters", leave: "leaves", tied: "tied at the line" };
    const many = { enter: "enter", leave: "leave", tied: "tied at the line" };
    for (const [kind, rows] of Object.entries(crossing)) {
      const none = kind === "tied" ? "" : `None ${words[kind]}`;
      setText(this.heads[kind], rows.length ? `${rows.length} ${rows.length === 1 ? words[kind] : many[kind]}` : none);
      this.fill(this.lists[kind], rows);
    }
  }

  fill(list, rows) {
    const { refs, titles } = this.board.model.sheet;
    const shown = rows.slice(0, LISTED);
    const wanted = shown.length + (rows.length > LISTED ? 1 : 0);
    while (list.children.length > wanted) list.lastChild.remove();
    while (list.children.length < wanted) list.append(el("li", {}, el("b", {}), el("span", {})));
    shown.forEach((i, k) => {
      setText(list.children[k].firstChild, refs[i]);
      setText(list.children[k].lastChild, titles[i].slice(0, 120));
    });
    if (rows.length > LISTED) {
      setText(list.lastChild.firstChild, "");
      setText(list.lastChild.lastChild, `and ${rows.length - LISTED} more`);
    }
  }
}

// ---- The list -------------------------------------------------------------------------------------

const SPARE = 4; // rows drawn beyond either edge of the view
const STATUS = { [ABOVE]: "above", [AT_THE_LINE]: "tied", [BELOW]: "below" };

class List {
  constructor(board) {
    this.board = board;
    this.drawn = new Map();
    this.pool = [];
    this.fresh = new Set();
    this.focused = null;
    const heads = ["Place", "Change", "Intention", "Points", "Total", "Pin"];
    this.headRow = el("div", { class: "vh", role: "row", "aria-rowindex": 1 }, ...heads.map((head) => el("span", { role: "columnheader" }, head)));
    this.grid = el(
      "div",
      { class: "grid", role: "grid", "aria-label": "Ranked intentions", "aria-colcount": heads.length, onkeydown: (event) => this.key(event) },
      this.headRow,
    );
    this.label = el("span", { class: "handle-label" });
    this.handle = el(
      "div",
      { class: "handle", role: "slider", tabindex: 0, "aria-label": "Funding line", "aria-orientation": "vertical", "aria-valuemin": 0 },
      this.label,
    );
    this.dragsLine();
    this.inner = el("div", { class: "inner" }, this.grid, this.handle);
    this.scroller = el("div", { class: "scroller" }, this.inner);
    this.scroller.addEventListener("scroll", () => board.schedule(), { passive: true });
    this.pinnedList = el("ul", { class: "pinned-list" });
    this.pinned = el("section", { class: "pinned", "aria-label": "Pinned intentions" }, this.pinnedList);
    this.head = el("div", { class: "list-head", "aria-hidden": "true" }, ...heads.slice(0, 5).map((head, k) => el("span", { class: `h${k}` }, head)), el("span"));
    this.emptyWords = el("p");
    this.clear = button("Clear", "Clear the search and the filters", () => board.finder.clear());
    this.empty = el("div", { class: "empty", hidden: true }, this.emptyWords, this.clear);
    this.root = el("div", { class: "list" }, this.pinned, this.head, this.empty, this.scroller);
    for (const type of ["pointerover", "focusin"]) this.root.addEventListener(type, (event) => this.point(event));
    this.root.addEventListener("click", (event) => this.click(event));
  }

  get rowHeight() {
    return { wide: 46, narrow: 62, phone: 90, presenter: 74 }[this.board.size];
  }

  codeOf(event) {
    const row = event.target.closest?.("[data-code]");
    return row ? Number(row.dataset.code) : null;
  }

  point(event) {
    const code = this.codeOf(event);
    if (event.type === "focusin") this.focused = event.target.closest(".grid") ? code : this.focused;
    if (code !== null && code >= 0) this.board.pointAt(code);
    if (event.type === "focusin") this.board.schedule();
  }

  click(event) {
    const code = this.codeOf(event);
    if (code === null || code < 0) return;
    if (event.target.closest(".pin")) this.board.togglePin(code);
    else this.board.select(code);
  }

  key(event) {
    const { model } = this.board;
    const at = this.focused >= 0 && this.focused !== null ? model.itemOf[this.focused] : 0;
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / this.rowHeight) - 1);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: model.count - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.focusItem(Math.max(0, Math.min(model.count - 1, to)), to < at ? -1 : 1);
    } else if (this.focused !== null && this.focused >= 0) {
      if (event.key === "Enter" || event.key === " ") this.board.select(this.focused);
      else if (event.key === "p" || event.key === "P") this.board.togglePin(this.focused);
      else return;
      event.preventDefault();
    }
  }

  /** Focus the row at an item, or the nearest row beyond it when that is the header of a lane. */
  focusItem(item, way) {
    const { items, count } = this.board.model;
    let at = item;
    while (at >= 0 && at < count && items[at] < 0) at += way;
    if (at < 0 || at >= count) return;
    this.focused = items[at];
    this.show(at);
    this.board.draw();
    this.drawn.get(this.focused)?.row.focus({ preventScroll: true });
  }

  show(item) {
    const top = item * this.rowHeight;
    const { scrollTop, clientHeight } = this.scroller;
    if (top < scrollTop) this.scroller.scrollTop = top;
    else if (top + this.rowHeight > scrollTop + clientHeight) this.scroller.scrollTop = top + this.rowHeight - clientHeight;
  }

  makeRow() {
    const cell = (kind, ...children) => el("span", { class: kind, role: "gridcell" }, ...children);
    const place = cell("place");
    const arrow = el("span", { "aria-hidden": "true" });
    const moved = el("span", { class: "vh" });
    const change = cell("change", arrow, moved);
    const ref = el("b", {});
    const title = el("span", { class: "title" });
    const mark = el("span", { class: "mark" });
    const firm = el("span", { class: "firm none" });
    const standing = el("span", { class: "vh" });
    const meta = el("span", { class: "meta" });
    // Spaces between the parts are for those who hear the row.
    const under = el("span", { class: "under" }, mark, " ", firm, " ", meta);
    const what = cell("what", el("span", { class: "headline" }, ref, " ", title), " ", under, " ", standing);
    const bar = el("span", { class: "bar", "aria-hidden": "true" });
    const bars = cell("bars", bar);
    const total = cell("total");
    const pin = el("button", { type: "button", class: "pin", tabindex: -1 }, el("span", { "aria-hidden": "true" }));
    const row = el("div", { class: "row", role: "row", tabindex: -1 }, place, change, what, bars, total, cell("pins", pin));
    return { row, place, arrow, moved, change, ref, title, mark, firm, standing, meta, what, bar, bars, total, pin, seen: {} };
  }

  makeHeader() {
    const name = el("b", {});
    const about = el("span", {});
    const row = el("div", { class: "row lane", role: "row", tabindex: -1 }, el("span", { role: "gridcell", "aria-colspan": 6 }, name, " ", about));
    return { row, name, about, header: true };
  }

  bind(code, parts) {
    const { model } = this.board;
    parts.code = code;
    parts.row.dataset.code = code;
    if (parts.header) {
      const [name, about] = model.headerOf(code);
      setText(parts.name, name);
      setText(parts.about, about);
      return;
    }
    const { refs, titles, facets, mustDo } = model.sheet;
    setText(parts.ref, refs[code]);
    setText(parts.title, titles[code].slice(0, 300));
    const facts = facets
      .filter(({ id }) => id === "function" || id === "segment")
      .map(({ rows, options }) => rows[code].map((k) => options[k]).join(", "));
    parts.facts = facts.filter(Boolean).join(" · ");
    setAttr(parts.pin, "aria-label", `Pin ${refs[code]}`);
    setAttr(parts.pin, "title", `Pin ${refs[code]}`);
    parts.row.classList.toggle("must", Boolean(mustDo[code]));
    parts.seen = {};
  }

  /** What changes with the weights. */
  refresh(code, parts) {
    if (parts.header) return this.bind(code, parts);
    const { model } = this.board;
    const { sheet, now, line, lineThen, setting } = model;
    const ranked = now.place[code] > 0;
    const status = line.status[code];
    const { seen } = parts;
    const placeShown = ranked ? this.placeText(code) : "–";
    if (seen.place !== placeShown) setText(parts.place, (seen.place = placeShown));
    const change = model.change(code);
    if (seen.change !== change || seen.ranked !== ranked) {
      setText(parts.arrow, !ranked ? "" : change > 0 ? `▲ ${change}` : change < 0 ? `▼ ${-change}` : "–");
      setText(parts.moved, !ranked ? "not ranked" : change > 0 ? `up ${change}` : change < 0 ? `down ${-change}` : "no change");
      parts.change.className = `change ${change > 0 ? "up" : change < 0 ? "down" : ""}`;
    }
    const crossed = status === ABOVE && lineThen.status[code] !== ABOVE ? "enters" : status !== ABOVE && lineThen.status[code] === ABOVE ? "leaves" : "";
    const mark = status === AT_THE_LINE ? "tied at the line" : crossed;
    if (seen.status !== status || seen.mark !== mark) {
      setText(parts.mark, mark);
      parts.mark.className = `mark ${mark ? mark.split(" ")[0] : "none"}`;
      parts.row.classList.toggle("in", status === ABOVE);
      parts.row.classList.toggle("at", status === AT_THE_LINE);
    }
    const [firm, look, heard] = model.firmness(code);
    if (seen.status !== status || seen.firm !== firm || seen.heard !== heard) {
      setText(parts.firm, firm);
      parts.firm.className = `firm ${look || "none"}`;
      const side = status === ABOVE ? "above the funding line" : status === BELOW ? "below the funding line" : "";
      setText(parts.standing, [side, heard].filter(Boolean).join(", "));
    }
    const pinned = setting.pinned.has(sheet.refs[code]);
    if (seen.pinned !== pinned) setAttr(parts.pin, "aria-pressed", pinned);
    const span = ranked ? null : model.spans.get(code);
    const total = ranked ? oneDecimal(model.total(code)) : span ? `${oneDecimal(span.total[0])}–${oneDecimal(span.total[1])}` : "";
    if (seen.total !== total) setText(parts.total, total);
    setText(parts.meta, this.metaText(code, span, parts.facts));
    Object.assign(seen, { change, ranked, status, mark, firm, heard, pinned, total });
    this.paint(code, parts, ranked, span);
  }

  placeText(code) {
    const { model } = this.board;
    if (!model.view.grouped || model.sheet.mustDo[code]) return model.placeShown(code);
    return `${model.withinShown(code)} · ${model.placeShown(code)}`;
  }

  metaText(code, span, facts) {
    const { sheet } = this.board.model;
    const reason = sheet.mustDo[code] ? `Must do: ${sheet.reasons[code]}` : "";
    if (!span) return [reason, facts].filter(Boolean).join(" · ");
    const missing = sheet.criteria.filter((_, j) => this.board.model.scoreOf(code, j) === null).map(({ name }) => name);
    return [reason, `Place ${span.place[0]} to ${span.place[1]}; not scored: ${missing.join(", ")}`, facts].filter(Boolean).join(" · ");
  }

  /** The stacked bar as one background: a criterion's colour, a hair of space, the next. */
  paint(code, parts, ranked, span) {
    const points = this.board.model.points(code);
    let at = 0;
    let stops = "";
    let stripes = "";
    for (let j = 0; j < points.length; j++) {
      if (!points[j]) continue;
      const to = at + points[j];
      const edge = Math.max(at, to - this.board.hair).toFixed(2);
      stops += `,${colour(j)} ${at.toFixed(2)}% ${edge}%,transparent ${edge}% ${to.toFixed(2)}%`;
      if (j >= 10) stripes += `,transparent ${at.toFixed(2)}%,var(--stripe) ${at.toFixed(2)}% ${edge}%,transparent ${edge}%`;
      at = to;
    }
    if (!ranked && span) {
      const [low, high] = span.total;
      stops += `,transparent ${at.toFixed(2)}% ${low.toFixed(2)}%,var(--possible) ${low.toFixed(2)}% ${high.toFixed(2)}%`;
      at = Math.max(at, high);
    }
    const image = `${stripes ? `linear-gradient(90deg${stripes}),` : ""}linear-gradient(90deg${stops},transparent ${at.toFixed(2)}%)`;
    if (parts.seen.image === image) return;
    parts.bar.style.backgroundImage = parts.seen.image = image;
    parts.bar.classList.toggle("footed", Boolean(stripes));
  }

  draw() {
    const { model } = this.board;
    const height = this.rowHeight;
    const { scrollTop, clientHeight } = this.scroller;
    setAttr(this.grid, "aria-rowcount", model.count + 1);
    this.inner.style.height = `${model.count * height}px`;
    const first = Math.max(0, Math.floor(scrollTop / height) - SPARE);
    const last = Math.min(model.count, Math.ceil((scrollTop + clientHeight) / height) + SPARE);
    const wanted = [];
    for (let k = first; k < last; k++) wanted.push(k);
    const kept = this.focused !== null && this.focused >= 0 ? model.itemOf[this.focused] : -1;
    if (kept >= 0 && kept < first) wanted.unshift(kept);
    else if (kept >= last) wanted.push(kept);
    else if (kept < 0) this.focused = null;
    const codes = new Set(wanted.map((k) => model.items[k]));
    for (const [code, parts] of this.drawn) {
      if (codes.has(code)) continue;
      this.drawn.delete(code);
      if (parts.header) parts.row.remove();
      else this.pool.push(parts);
    }
    for (const parts of this.fresh) parts.row.classList.remove("fresh");
    this.fresh = new Set(this.still ? this.drawn.values() : []); // they do not slide this time
    this.still = false;
    for (const parts of this.fresh) parts.row.classList.add("fresh");
    const rows = wanted.map((k) => this.place(k, height));
    for (const parts of this.pool) parts.row.remove();
    this.inOrder(rows);
    const stop = this.focused ?? model.items[wanted.find((k) => model.items[k] >= 0) ?? first];
    for (const { row, code } of rows) {
      const tab = code === stop ? "0" : "-1";
      if (row.getAttribute("tabindex") !== tab) row.setAttribute("tabindex", tab);
    }
    this.drawHandle(height);
    this.drawPinned();
    this.empty.hidden = model.count > 0;
    this.clear.hidden = !model.sheet.n;
    setText(this.emptyWords, model.sheet.n ? "No intention fits the search and the filters." : "There are no intentions to rank yet. The Load page reads a spreadsheet.");
  }

  place(k, height) {
    const code = this.board.model.items[k];
    let parts = this.drawn.get(code);
    const fresh = !parts;
    if (fresh) {
      parts = code < 0 ? this.makeHeader() : (this.pool.pop() ?? this.makeRow());
      this.bind(code, parts);
      this.drawn.set(code, parts);
      parts.row.classList.add("fresh");
      this.fresh.add(parts);
    }
    this.refresh(code, parts);
    const y = k * height;
    if (parts.y !== y || fresh) {
      // Rows that climb pass over those that sink.
      if (!fresh) parts.row.style.zIndex = y < parts.y ? "2" : "1";
      parts.row.style.transform = `translateY(${y}px)`;
      parts.y = y;
      setAttr(parts.row, "aria-rowindex", k + 2);
    }
    const chosen = code >= 0 && code === this.board.selected;
    if (parts.chosen !== chosen) {
      parts.row.classList.toggle("chosen", chosen);
      if (code >= 0) setAttr(parts.row, "aria-selected", chosen);
      parts.chosen = chosen;
    }
    return parts;
  }

  /** Document order is rank order. Moved without losing focus or animation where that is possible. */
  inOrder(rows) {
    let cursor = this.headRow.nextSibling;
    const busy = this.grid.contains(this.board.shadow.activeElement);
    const { grid } = this;
    for (const { row } of rows) {
      if (row === cursor) cursor = cursor.nextSibling;
      else if (row.parentNode === grid && grid.moveBefore) grid.moveBefore(row, cursor);
      else if (row.parentNode !== grid || !busy) grid.insertBefore(row, cursor);
    }
  }

  drawHandle(height) {
    const { model } = this.board;
    const usable = !model.view.grouped && model.now.order.length > 0 && model.count > 0;
    this.handle.hidden = !usable;
    if (!usable) return;
    const y = this.itemBelowLine() * height;
    this.handle.style.transform = `translateY(${y}px)`;
    const { line } = model.setting;
    const words = `Funding line: after ${line}${model.line.tie ? " · inside a tie" : ""}`;
    setText(this.label, words);
    setAttr(this.handle, "aria-valuenow", line);
    setAttr(this.handle, "aria-valuemax", Math.max(line, model.sheet.n));
    setAttr(this.handle, "aria-valuetext", `after ${plural(line, "intention")}${model.line.tie ? ", inside a tie" : ""}`);
  }

  get firstRanked() {
    const { items, count, sheet, now } = this.board.model;
    for (let k = 0; k < count; k++) if (items[k] === INCOMPLETE || (items[k] >= 0 && !sheet.mustDo[items[k]] && now.place[items[k]])) return k;
    return count;
  }

  /** The item that the line stands above. Ranked rows are in order, so this is a binary search. */
  itemBelowLine() {
    const { items, count, line, room } = this.board.model;
    const from = this.firstRanked;
    let [a, b] = [from, count];
    while (a < b) {
      const middle = (a + b) >> 1;
      const position = items[middle] >= 0 ? line.position[items[middle]] : 0;
      if (position && position <= room) a = middle + 1;
      else b = middle;
    }
    return a;
  }

  dragsLine() {
    const { handle, board } = this;
    const lineAt = (clientY) => {
      const { model } = board;
      const item = Math.round((clientY - this.inner.getBoundingClientRect().top) / this.rowHeight);
      const above = model.items[Math.min(item, model.count) - 1];
      const taken = model.setting.counted ? model.mustDoRows.length : 0;
      if (item <= this.firstRanked) return taken;
      const position = above >= 0 ? model.line.position[above] : 0;
      return taken + (position || model.line.counted);
    };
    handle.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      handle.focus();
      handle.setPointerCapture(event.pointerId);
      board.startDrag();
    });
    handle.addEventListener("pointermove", (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      const box = this.scroller.getBoundingClientRect();
      if (event.clientY > box.bottom - 20) this.scroller.scrollTop += 12;
      if (event.clientY < box.top + 20) this.scroller.scrollTop -= 12;
      board.setLine(lineAt(event.clientY), false);
    });
    for (const type of ["pointerup", "pointercancel"]) handle.addEventListener(type, () => board.release());
    handle.addEventListener("keydown", (event) => {
      const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, PageDown: 10, PageUp: -10 }[event.key];
      if (!by) return;
      event.preventDefault();
      board.setLine(board.model.setting.line + by, false);
      this.show(this.itemBelowLine());
    });
    handle.addEventListener("keyup", () => board.release());
  }

  drawPinned() {
    const { model } = this.board;
    const { pinned } = model.setting;
    const rows = [...pinned].map((ref) => model.indexOfRef.get(ref)).filter((i) => i !== undefined);
    const last = model.sheet.n + 1;
    rows.sort((a, b) => (model.now.place[a] || last) - (model.now.place[b] || last) || a - b);
    this.pinned.hidden = !rows.length;
    while (this.pinnedList.children.length > rows.length) this.pinnedList.lastChild.remove();
    while (this.pinnedList.children.length < rows.length) {
      const open = el("button", { type: "button", class: "open" });
      const off = el("button", { type: "button", class: "off" }, "×");
      this.pinnedList.append(el("li", {}, open, off));
    }
    rows.forEach((i, k) => {
      const item = this.pinnedList.children[k];
      const change = model.change(i);
      const moved = change > 0 ? `, up ${change}` : change < 0 ? `, down ${-change}` : "";
      const place = model.placeShown(i) ? `${model.placeShown(i)}${moved}` : "not ranked";
      setText(item.firstChild, `${model.sheet.refs[i]}: ${place}`);
      setAttr(item.firstChild, "title", model.sheet.titles[i].slice(0, 300));
      item.dataset.code = i;
      setAttr(item.lastChild, "aria-label", `Unpin ${model.sheet.refs[i]}`);
      item.lastChild.onclick = (event) => {
        event.stopPropagation();
        this.board.togglePin(i);
      };
    });
  }
}

// ---- What stands around the list: find and focus, scores of one intention, why -----------------------

class Finder {
  constructor(board) {
    this.board = board;
    const { facets } = board.model.sheet;
    this.search = el("input", { type: "search", placeholder: "Find a ref or words", "aria-label": "Find an intention" });
    this.search.addEventListener("input", () => this.apply());
    this.selects = facets.map((facet) => {
      const select = el("select", { "aria-label": facet.name, onchange: () => this.apply() });
      const all = { function: "All functions", segment: "All segments", domain: "All domains", tag: "All tags" };
      select.append(el("option", { value: "" }, all[facet.id] ?? `All: ${facet.name}`));
      facet.options.forEach((option, k) => select.append(el("option", { value: k }, option.slice(0, 80))));
      return select;
    });
    this.group = el("input", { type: "checkbox", onchange: () => this.apply() });
    const hasSegments = facets.some((facet) => facet.id === "segment");
    this.count = el("span", { class: "count", role: "status" });
    this.present = button("Present", "Presenter mode", () => board.togglePresenter(), { class: "present" });
    this.root = el(
      "div",
      { class: "finder" },
      el("div", { class: "find chrome" }, this.search, ...this.selects, hasSegments ? el("label", {}, this.group, "By segment") : ""),
      el("div", { class: "find-end" }, this.count, this.present),
    );
  }

  /** Another sheet of the same criteria, say with a colleague's change: what was looked for stays. */
  goOn(was) {
    this.search.value = was.search.value;
    this.group.checked = was.group.checked;
    for (const select of this.selects) {
      const name = select.getAttribute("aria-label");
      const chosen = was.selects.find((other) => other.getAttribute("aria-label") === name)?.selectedOptions[0];
      const again = [...select.options].find((option) => option.textContent === chosen?.textContent);
      if (again) select.value = again.value;
    }
    this.apply();
  }

  clear() {
    this.search.value = "";
    for (const select of this.selects) select.value = "";
    this.apply();
    this.search.focus();
  }

  apply() {
    const { model } = this.board;
    const { facets } = model.sheet;
    model.view.words = this.search.value;
    model.view.grouped = this.group.checked;
    model.view.chosen = new Map(
      this.selects.map((select, k) => [facets[k], select.value]).filter(([, v]) => v !== "").map(([f, v]) => [f, Number(v)]),
    );
    model.filter();
    model.list();
    this.board.list.scroller.scrollTop = 0;
    this.board.schedule();
  }

  draw() {
    const { model } = this.board;
    let rows = 0;
    for (let k = 0; k < model.count; k++) if (model.items[k] >= 0) rows++;
    const { n } = model.sheet;
    setText(this.count, rows === n ? plural(n, "intention") : `${rows.toLocaleString("en-GB")} of ${plural(n, "intention")}`);
  }
}

/** Each criterion's score, anchor and points of the intention under the pointer or the focus. */
class Detail {
  constructor(board) {
    this.board = board;
    this.title = el("p", { class: "detail-title" });
    this.cells = board.model.sheet.criteria.map(({ name }, j) => {
      const swatch = el("span", { class: j >= 10 ? "swatch striped" : "swatch", "aria-hidden": "true" });
      swatch.style.background = colour(j);
      const score = el("span", {});
      const anchor = el("span", { class: "anchor" });
      const points = el("span", { class: "points" });
      return { score, anchor, points, root: el("li", {}, el("span", { class: "detail-head" }, swatch, el("b", {}, name)), el("span", {}, score, points), anchor) };
    });
    this.list = el("ul", {}, ...this.cells.map((cell) => cell.root));
    this.root = el("section", { class: "detail", tabindex: 0, "aria-label": "Scores and points" }, this.title, this.list);
    this.hint = el(
      "p",
      { class: "hint chrome" },
      "Point at an intention, or reach it with the arrow keys, to see its scores; click it, or press Enter, to see why it " +
        `stands there; press P to pin it. Changes are counted from ${board.model.sheet.baselineName}.`,
    );
  }

  draw() {
    const { model } = this.board;
    // Until a row is pointed at, the first one serves as an example.
    const pointed = this.board.pointed ?? model.items.subarray(0, model.count).find((code) => code >= 0) ?? null;
    this.root.hidden = pointed === null;
    if (pointed === null) return;
    const { refs, titles, criteria } = model.sheet;
    setText(this.title, `${refs[pointed]} ${titles[pointed].slice(0, 300)}`);
    const points = model.points(pointed);
    this.cells.forEach(({ score, anchor, points: shown }, j) => {
      const given = model.scoreOf(pointed, j);
      setText(score, given === null ? "Not scored" : `Score ${given}`);
      setText(anchor, given === null ? "" : (criteria[j].anchors[String(Number(given))] ?? ""));
      setText(shown, points[j] === null ? "" : ` · ${rounded(points[j], 2)} points`);
    });
  }
}

/** The explanation that Python wrote. */
class Why {
  constructor(board) {
    this.board = board;
    this.head = el("h2", { tabindex: -1 });
    this.body = el("div", { class: "why-body", role: "group", tabindex: 0, "aria-label": "Explanation" });
    this.root = el(
      "section",
      { class: "why", "aria-label": "Why it stands there", hidden: true },
      el("div", { class: "why-head" }, this.head, button("×", "Close the explanation", () => this.close(), { class: "icon" })),
      this.body,
    );
  }

  open(ref) {
    setText(this.head, ref);
    this.body.replaceChildren(el("p", { class: "hint" }, "Working it out…"));
    this.root.hidden = false;
  }

  close() {
    this.root.hidden = true;
    this.board.deselect();
  }

  show(found) {
    setText(this.head, found.heading);
    const parts = [];
    if (found.move) parts.push(el("p", { class: "move" }, found.move));
    if (found.headline) parts.push(el("p", {}, found.headline));
    parts.push(this.table(found));
    for (const { title, items } of found.sections ?? []) {
      if (items.length) parts.push(el("h3", {}, title), el("ul", {}, ...items.map((item) => el("li", {}, item))));
    }
    this.body.replaceChildren(...parts);
    this.root.hidden = false;
  }

  table({ caption, columns, rows }) {
    const numeric = (column) => (column.number ? "number" : "");
    return el(
      "table",
      {},
      el("caption", {}, caption),
      el("thead", {}, el("tr", {}, ...columns.map((column) => el("th", { scope: "col", class: numeric(column) }, column.name)))),
      el(
        "tbody",
        {},
        ...rows.map((row) =>
          el("tr", {}, ...row.map((text, k) => (k ? el("td", { class: numeric(columns[k]) }, text) : el("th", { scope: "row" }, text)))),
        ),
      ),
    );
  }
}

// ---- The board: one component on one page ------------------------------------------------------------

const REMEMBERED = 200; // settings that undo goes back

class Board {
  constructor(shadow, component, bytes) {
    this.shadow = shadow;
    this.root = el("div", { class: "live", onkeydown: (event) => this.key(event) });
    this.shadow.append(this.root);
    this.watch = new ResizeObserver(() => this.resized());
    this.take(component, bytes);
    this.watch.observe(this.root);
  }

  /** Show a sheet; what was set stays where it still fits. */
  take(component, bytes) {
    this.component = component;
    this.bytes = bytes;
    const sheet = unpack(bytes);
    const before = this.model;
    this.model = new Model(sheet);
    const found = this.finder;
    const same = before && before.sheet.criteria.map((c) => c.id).join() === sheet.criteria.map((c) => c.id).join();
    if (same) this.model.setting = before.setting;
    // A score that a colleague changed leaves one's own steps valid; those of another round are not.
    const goesOn = same && before.sheet.round === sheet.round;
    if (!goesOn) Object.assign(this, { past: [], future: [] });
    Object.assign(this, { dragging: false, moving: null, anchor: null });
    Object.assign(this, { selected: null, pointed: null, presenter: this.presenter ?? false, fresh: true });
    this.panel = new WeightsPanel(this);
    this.linePanel = new LinePanel(this);
    this.finder = new Finder(this);
    this.list = new List(this);
    this.detail = new Detail(this);
    this.why = new Why(this);
    this.status = el("p", { class: "vh", role: "status" });
    const skip = button("Skip to the list", "Skip to the list", () => this.list.focusItem(0, 1), { class: "skip" });
    this.root.replaceChildren(
      skip,
      el("div", { class: "side" }, this.panel.root, this.linePanel.root),
      el("div", { class: "main" }, this.finder.root, el("div", { class: "stage" }, this.list.root, this.why.root), this.detail.root, this.detail.hint),
      this.status,
    );
    this.committed = this.snapshot();
    this.post = (globalThis[Symbol.for("live-ranking")] ??= new Map());
    this.box = this.post.get(sheet.key) ?? {};
    this.post.set(sheet.key, this.box);
    this.box.read = () => this.read();
    // What take_list.js writes down.
    this.box.shown = { board: this, oneDecimal, rounded, shownShares, unitsOf };
    this.read();
    this.resized();
    this.model.compute();
    if (same) this.finder.goOn(found);
    this.draw();
  }

  // What Python says between two messages.
  read() {
    const { news, marks } = this.box;
    if (marks && marks !== this.model.marks) {
      this.model.marks = marks;
      this.changed();
    }
    if (!news || news.setting.weights.length !== this.model.sheet.criteria.length) return;
    if (this.adopted !== news.push) {
      this.adopted = news.push;
      // A hand on a slider wins over anything that arrives meanwhile.
      if (!this.dragging) this.adopt(news.setting);
    }
    const found = news.explanation;
    if (found && this.fresh) {
      // Back on the page: what was explained before still is.
      this.selected = this.model.indexOfRef.get(found.ref) ?? null;
    }
    this.fresh = false;
    if (found && this.selected !== null && found.ref === this.model.sheet.refs[this.selected]) this.why.show(found);
  }

  adopt({ weights, line, counted, mode, locked, pinned }) {
    const raw = weights.map(millionths);
    if (raw.includes(null) || !raw.some(Boolean)) return;
    const { criteria } = this.model.sheet;
    const first = this.adoptedOnce === undefined;
    this.model.setting = { raw, line, counted, mode, locked: criteria.map(({ id }) => locked.includes(id)), pinned: new Set(pinned) };
    this.anchor = null;
    this.adoptedOnce = true;
    const now = this.snapshot();
    if (!first && now.text !== this.committed.text) {
      this.past.push(this.committed);
      this.future = [];
    }
    this.committed = now;
    this.changed();
  }

  snapshot() {
    const { raw, line } = this.model.setting;
    return { raw: [...raw], line, text: `${raw.join()};${line}` };
  }

  // Gestures. Each changes the setting and the picture at once; release tells Python.
  startDrag() {
    this.dragging = true;
    const done = () => {
      for (const type of ["pointerup", "pointercancel"]) globalThis.removeEventListener(type, done, true);
      // The slider's own change event comes after the pointer is up.
      setTimeout(() => this.release(), 0);
    };
    for (const type of ["pointerup", "pointercancel"]) globalThis.addEventListener(type, done, true);
  }

  move(j, value) {
    this.moveTo(j, Math.round(value * MILLION));
  }

  step(j, by, send = true) {
    const { mode } = this.model.setting;
    const shown = millionths(this.model.weightsShown()[j]);
    const most = mode === "rescale" ? 100 * MILLION : MILLION * MILLION;
    const wanted = Math.max(0, Math.min(most, shown + Math.round(by * MILLION)));
    this.say("");
    this.moveTo(j, wanted);
    if (send) this.release();
  }

  moveTo(j, wanted) {
    const { setting, sheet } = this.model;
    const { name } = sheet.criteria[j];
    if (this.anchor?.j !== j) this.anchor = { j, raw: [...setting.raw] };
    this.moving = j;
    if (setting.mode === "leave") {
      const raw = setting.raw.map((w, k) => (k === j ? wanted : w));
      if (!raw.some(Boolean)) return this.refuse(`At least one weight must stay above zero, so ${name} keeps ${decimal(setting.raw[j])}. The list is unchanged.`);
      setting.raw = raw;
    } else {
      setting.raw = rescale(this.anchor.raw, j, wanted, setting.locked);
      const reached = shareOf(setting.raw, j);
      if (Math.abs(reached - wanted) > HUNDREDTH) {
        const others = sheet.criteria.length > 1;
        this.say(others ? `Locked weights leave ${name} no more room. Unlock one to move it further.` : `${name} is the only criterion, so its weight is 100%.`);
      }
    }
    return this.changed();
  }

  refuse(words) {
    this.say(words);
    this.schedule();
  }

  setLine(line, send) {
    const most = Math.max(this.model.sheet.n, 1);
    this.model.setting.line = Math.max(0, Math.min(most, line));
    this.changed();
    if (send) this.release();
  }

  setCounted(counted) {
    this.model.setting.counted = counted;
    this.changed();
    this.send();
  }

  setMode(mode) {
    this.model.setting.mode = mode;
    this.anchor = null;
    this.changed();
    this.send();
  }

  toggleLock(j) {
    const { locked } = this.model.setting;
    locked[j] = !locked[j];
    this.anchor = null;
    this.say("");
    this.changed();
    this.send();
  }

  togglePin(i) {
    const { pinned } = this.model.setting;
    const ref = this.model.sheet.refs[i];
    if (!pinned.delete(ref)) pinned.add(ref);
    this.schedule();
    this.send();
  }

  resetOne(j) {
    const { setting, published } = this.model;
    if (setting.locked[j]) return;
    this.say("");
    const wanted = setting.mode === "leave" ? published[j] : shareOf(published, j);
    this.moveTo(j, wanted);
    this.release();
  }

  resetAll() {
    this.say("");
    this.model.setting.raw = [...this.model.published];
    this.anchor = null;
    this.changed();
    this.release();
  }

  undo() {
    this.travel(this.past, this.future);
  }

  redo() {
    this.travel(this.future, this.past);
  }

  travel(from, to) {
    const back = from.pop();
    if (!back) return;
    to.push(this.committed);
    Object.assign(this.model.setting, { raw: [...back.raw], line: back.line });
    this.anchor = null;
    this.committed = this.snapshot();
    this.say("");
    this.changed();
    this.telling = true;
    this.send();
  }

  /** The hand is off: remember the step, tell Python, take what arrived meanwhile. */
  release() {
    this.dragging = false;
    this.moving = null;
    const now = this.snapshot();
    if (now.text !== this.committed.text) {
      this.past.push(this.committed);
      if (this.past.length > REMEMBERED) this.past.shift();
      this.future = [];
      this.committed = now;
      this.send();
      this.telling = true;
    }
    this.schedule();
    if (this.waiting) {
      const { component, bytes } = this.waiting;
      this.waiting = null;
      this.take(component, bytes);
    }
  }

  send() {
    const { raw, line, counted, mode, locked, pinned } = this.model.setting;
    const { criteria } = this.model.sheet;
    this.sent = (this.sent ?? Date.now()) + 1;
    this.component.setStateValue("setting", {
      seq: this.sent,
      weights: raw.map(decimal),
      line,
      counted,
      mode,
      locked: criteria.filter((_, j) => locked[j]).map(({ id }) => id),
      pinned: [...pinned],
    });
  }

  select(i) {
    this.selected = i;
    this.pointed = i;
    const { refs } = this.model.sheet;
    this.why.open(refs[i]);
    this.sent = (this.sent ?? Date.now()) + 1;
    this.component.setStateValue("selected", { seq: this.sent, ref: refs[i] });
    this.schedule();
  }

  deselect() {
    const before = this.selected;
    this.selected = null;
    if (before === null) return;
    this.sent = (this.sent ?? Date.now()) + 1;
    this.component.setStateValue("selected", { seq: this.sent, ref: null });
    this.draw();
    this.list.drawn.get(before)?.row.focus({ preventScroll: true });
  }

  pointAt(i) {
    if (this.pointed === i) return;
    this.pointed = i;
    this.schedule();
  }

  key(event) {
    const key = event.key.toLowerCase();
    if (event.key === "Escape") {
      if (!this.why.root.hidden) this.why.close();
      else if (this.presenter) this.togglePresenter();
      else return;
      event.preventDefault();
    } else if ((event.ctrlKey || event.metaKey) && (key === "z" || key === "y")) {
      if (event.target.type === "search") return;
      event.preventDefault();
      if (key === "y" || event.shiftKey) this.redo();
      else this.undo();
    }
  }

  togglePresenter() {
    this.presenter = !this.presenter;
    const { root } = this;
    const at = this.shadow.activeElement;
    if (root.showPopover) {
      // The top layer stands above the page's own bars, whatever their stacking.
      if (this.presenter) {
        root.setAttribute("popover", "manual");
        root.showPopover();
      } else {
        root.hidePopover();
        root.removeAttribute("popover");
      }
    }
    const leave = "Leave (Esc)";
    setText(this.finder.present, this.presenter ? leave : "Present");
    for (const name of ["aria-label", "title"]) {
      setAttr(this.finder.present, name, this.presenter ? `${leave} presenter mode` : "Presenter mode");
    }
    this.resized();
    (at ?? this.finder.present).focus({ preventScroll: true });
  }

  // Drawing: at most once a frame.
  changed() {
    this.stale = true;
    this.schedule();
  }

  schedule() {
    this.frame ??= requestAnimationFrame(() => this.draw());
  }

  draw() {
    if (this.frame) cancelAnimationFrame(this.frame);
    this.frame = null;
    if (this.stale) this.model.compute();
    this.stale = false;
    this.panel.draw();
    this.linePanel.draw();
    this.finder.draw();
    this.list.draw();
    this.detail.draw();
    if (this.telling) this.announce();
  }

  resized() {
    const width = this.root.clientWidth;
    const fits = width < 640 ? "phone" : width < 1000 ? "narrow" : "wide";
    // On a phone there is no room for large type beside the weights: the page's own layout, alone.
    this.size = this.presenter && fits !== "phone" ? "presenter" : width ? fits : "wide";
    this.root.toggleAttribute("data-alone", this.presenter);
    this.root.dataset.size = this.size === "phone" ? "narrow" : this.size;
    this.root.dataset.columns = this.size === "phone" ? "one" : "two";
    const bar = this.root.querySelector(".bar")?.clientWidth || 300;
    this.hair = (this.model.sheet.criteria.length > 10 ? 75 : 150) / bar;
    if (this.list) this.list.still = true;
    this.schedule();
  }

  say(words) {
    this.panel.say(words);
  }

  /** What a release did, for those who do not see it: once a release, after it is worked out. */
  announce() {
    this.telling = false;
    const { model } = this;
    const { enter, leave } = model.crossings();
    let moved = 0;
    for (const i of model.now.order) if (model.change(i)) moved++;
    const told = [
      `${moved} of ${plural(model.now.order.length, "ranked intention")} ${moved === 1 ? "has" : "have"} another place than under ${model.sheet.baselineName}.`,
      `${enter.length} ${enter.length === 1 ? "comes" : "come"} above the funding line and ${leave.length} ${leave.length === 1 ? "leaves" : "leave"} it.`,
      model.tieInWords(),
    ];
    setText(this.status, told.filter(Boolean).join(" "));
  }

  remove() {
    this.watch.disconnect();
    if (this.frame) cancelAnimationFrame(this.frame);
    if (this.box?.read) this.box.read = null;
    this.root.remove();
  }
}

function shareOf(weights, j) {
  return apportion(weights, 10_000)[j] * HUNDREDTH;
}

// ---- Life cycle ---------------------------------------------------------------------------------------

const boards = new WeakMap();

export default function liveRanking(component) {
  const { parentElement, data } = component;
  const bytes = data instanceof Uint8Array ? data : new Uint8Array(data);
  const board = boards.get(parentElement);
  if (!board) boards.set(parentElement, new Board(parentElement, component, bytes));
  else if (sameBytes(board.bytes, bytes)) board.component = component;
  else if (board.dragging) board.waiting = { component, bytes };
  else board.take(component, bytes);
  return () => {
    boards.get(parentElement)?.remove();
    boards.delete(parentElement);
  };
}

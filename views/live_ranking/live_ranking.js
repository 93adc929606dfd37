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
 * One weight moved, the rest rescaled: hundredths that add to 100, in millionths.
 *
 * `from` are the weights when the movement began, so that going back restores them. Locked ones
 * stay; the others share what is left in their proportions. `wanted` is held to what is free;
 * with nothing else free the weight cannot move at all.
 */
export function rescale(from, moved, wanted, locked) {
  const start = from.reduce((a, b) => a + b, 0) ? apportion(from, 10_000) : from.map(() => 0);
  const others = start.map((_, j) => j).filter((j) => j !== moved && !locked[j]);
  const held = start.reduce((sum, w, j) => sum + (locked[j] && j !== moved ? w : 0), 0);
  const next = [...start];
  next[moved] = Math.max(0, Math.min(Math.round(wanted / HUNDREDTH), 10_000 - held));
  if (!others.length) next[moved] = 10_000 - held;
  apportion(others.map((j) => from[j]), 10_000 - held - next[moved]).forEach((part, k) => {
    next[others[k]] = part;
  });
  return next.map((share) => share * HUNDREDTH);
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

/** One decimal, a true half to the even digit, as Python writes it. */
export function oneDecimal(total) {
  const tenths = total * 10;
  const below = Math.floor(tenths);
  if (tenths - below === 0.5 && tenths / 10 === total && (total * 8) % 1 === 0) {
    return ((below % 2 ? below + 1 : below) / 10).toFixed(1);
  }
  return total.toFixed(1);
}

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
  return Int32Array.from([...rows].sort((a, b) => keys[b] - keys[a] || a - b));
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

// The list of the live ranking as it is shown, to copy or download: filters, order and weights of
// the moment, written in the browser, where they are.

const CELL = { 1: "above", 2: "tied at the line", 3: "below" };
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?\d+(,\d{3})*(\.\d+)?%?$/; // starts like a formula, and is none

/** Columns and rows of what a board shows, lanes and groups as a column of their own. */
export function shownList({ model }, oneDecimal, rounded) {
  const { sheet, view, items, count } = model;
  const { criteria, facets } = sheet;
  const rows = [];
  let lane = "";
  for (let k = 0; k < count; k++) {
    const i = items[k];
    if (i < 0) {
      lane = model.headerOf(i)[0];
      continue;
    }
    const ranked = model.now.place[i] > 0;
    const span = ranked ? null : model.spans.get(i);
    const points = model.points(i);
    const row = { List: lane || "Ranked", Place: ranked ? model.now.place[i] : "" };
    row["Place shared"] = model.now.tied[i] ? "yes" : "";
    if (view.grouped) row["Place in the segment"] = ranked ? model.within[i] : "";
    row["Places risen"] = ranked ? model.change(i) : "";
    row.Ref = sheet.refs[i];
    row.Intention = sheet.titles[i];
    for (const { name, rows: of, options } of facets) row[name] = of[i].map((k) => options[k]).join("; ");
    row.Total = ranked ? Number(oneDecimal(model.total(i))) : "";
    row["Could come to"] = span ? span.total.map(oneDecimal).join(" to ") : "";
    row["Funding line"] = CELL[model.line.status[i]] ?? "";
    const [word, , heard] = model.firmness(i);
    row["How firm"] = word || heard;
    row["Must do"] = sheet.reasons[i] ?? "";
    criteria.forEach(({ name }, j) => {
      const score = model.scoreOf(i, j);
      row[`${name}: score`] = score === null ? "" : Number(score);
    });
    criteria.forEach(({ name }, j) => {
      row[`${name}: points`] = points[j] === null ? "" : Number(rounded(points[j], 2));
    });
    rows.push(row);
  }
  const columns = rows.length ? Object.keys(rows[0]) : [];
  const kept = columns.filter((column) => rows.some((row) => row[column] !== ""));
  return { columns: kept, rows };
}

/** A cell that no spreadsheet runs as a formula: the rule of scoring/export/text.py. */
function plain(value) {
  const text = String(value);
  return typeof value === "string" && FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

/** Text with a separator, quoted where it has to be. */
export function separated({ columns, rows }, between, end) {
  const cell = (value) => {
    const text = plain(value);
    return /["\r\n]/.test(text) || text.includes(between) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
  return lines.map((line) => line.map(cell).join(between) + end).join("");
}

function asJson({ columns, rows }, { round }, { model }, shares) {
  const { criteria } = model.sheet;
  const { line, counted } = model.setting;
  const filled = rows.map((row) => Object.fromEntries(columns.map((c) => [c, row[c] === "" ? null : row[c]])));
  const weights = Object.fromEntries(criteria.map(({ id }, j) => [id, Number(shares[j])]));
  const made = new Date().toISOString();
  return JSON.stringify({ table: "Ranked list as shown", round, made, weights, line, must_dos_counted: counted, rows: filled }, null, 1);
}

function fileName({ round }, { model }, kind, published) {
  const safe = (words) => words.replace(/[^\p{L}\p{N}_-]+/gu, "-").replace(/^-+|-+$/g, "").toLowerCase().slice(0, 40);
  const what = model.shown ? "ranked list filtered" : "ranked list";
  const now = new Date();
  const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  const parts = [safe(round), safe(what), published ? "published-weights" : "changed-weights", date];
  return `${parts.filter(Boolean).join("-")}.${kind}`;
}

function download(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Pages that are not served over https have no clipboard; the older way works there. */
function theOlderWay(text) {
  const put = (event) => {
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
  };
  document.addEventListener("copy", put, { once: true });
  const done = document.execCommand("copy");
  document.removeEventListener("copy", put);
  if (!done) throw new Error("the browser refused");
}

export default function takeList({ data, parentElement }) {
  const said = parentElement.querySelector("span");
  const boxes = (globalThis[Symbol.for("live-ranking")] ??= new Map());
  const buttons = parentElement.querySelectorAll("button");
  ["Copy for Excel", "Download CSV", "Download JSON"].forEach((words, k) => (buttons[k].textContent = words));
  const asked = (take) => async () => {
    said.textContent = "";
    const { board, oneDecimal, rounded, shownShares, unitsOf } = boxes.get(data.to)?.shown ?? {};
    if (!board) return;
    const list = shownList(board, oneDecimal, rounded);
    const { raw } = board.model.setting;
    const published = unitsOf(raw).join() === unitsOf(board.model.published).join();
    try {
      said.textContent = await take(list, board, (kind) => fileName(data, board, kind, published), shownShares(raw, 2));
    } catch {
      said.textContent = "Not copied: this browser does not allow it. Download the CSV.";
    }
  };
  buttons[0].onclick = asked(async (list) => {
    const text = separated(list, "\t", "\n");
    if (navigator.clipboard) await navigator.clipboard.writeText(text);
    else theOlderWay(text);
    return `${list.rows.length} ${list.rows.length === 1 ? "row" : "rows"} copied`;
  });
  buttons[1].onclick = asked((list, board, named) => {
    download(named("csv"), `\ufeff${separated(list, ",", "\r\n")}`, "text/csv;charset=utf-8");
    return "";
  });
  buttons[2].onclick = asked((list, board, named, shares) => {
    download(named("json"), asJson(list, data, board, shares), "application/json");
    return "";
  });
}

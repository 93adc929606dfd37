// Which tab of the browser this is. A tab keeps its name over a refresh (sessionStorage). A tab that
// was duplicated inherits the name of the first: it asks, the first one answers, it takes another.
// What the visit before was called until it had asked is said too: a quick refresh cuts it short.
const NAME = "prioritiser-tab";
const VISIT = "prioritiser-visit";
const PATIENCE = 200; // milliseconds

export default function ({ data, setStateValue }) {
  const held = (globalThis[Symbol.for(NAME)] ??= named(data.proposed));
  held.then((name) => name !== data.known && setStateValue("name", name));
}

async function named(proposed) {
  let name = proposed;
  let visit = proposed;
  try {
    const before = sessionStorage.getItem(NAME);
    const last = sessionStorage.getItem(VISIT) ?? proposed;
    sessionStorage.setItem(VISIT, proposed);
    sessionStorage.setItem(NAME, before ?? proposed);
    const tabs = new BroadcastChannel(NAME);
    if (before && !(await taken(tabs, before))) [name, visit] = [before, last];
    tabs.onmessage = ({ data }) => data.asked === name && tabs.postMessage({ held: name });
    sessionStorage.setItem(NAME, name);
  } catch {
    // Storage is blocked: the tab has this name until it is refreshed.
  }
  return `${name} ${visit}`;
}

function taken(tabs, name) {
  return new Promise((answer) => {
    tabs.onmessage = ({ data }) => data.held === name && answer(true);
    setTimeout(answer, PATIENCE, false);
    tabs.postMessage({ asked: name });
  });
}

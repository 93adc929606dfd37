// Which tab of the browser this is. A tab keeps its name over a refresh (sessionStorage). A tab that
// was duplicated inherits the name of the first: it asks, the first one answers, it takes another.
const NAME = "prioritiser-tab";
const PATIENCE = 200; // milliseconds

export default function ({ data, setStateValue }) {
  const held = (globalThis[Symbol.for(NAME)] ??= named(data.proposed));
  held.then((name) => name !== data.known && setStateValue("name", name));
}

async function named(proposed) {
  let name = proposed;
  try {
    const before = sessionStorage.getItem(NAME);
    const tabs = new BroadcastChannel(NAME);
    if (before && !(await taken(tabs, before))) name = before;
    tabs.onmessage = ({ data }) => data.asked === name && tabs.postMessage({ held: name });
    sessionStorage.setItem(NAME, name);
  } catch {
    // Storage is blocked: the tab has this name until it is refreshed.
  }
  return name;
}

function taken(tabs, name) {
  return new Promise((answer) => {
    tabs.onmessage = ({ data }) => data.held === name && answer(true);
    setTimeout(answer, PATIENCE, false);
    tabs.postMessage({ asked: name });
  });
}

// Which tab of the browser this is. A tab keeps its name over a refresh (sessionStorage) and holds a
// lock on it while it lives, so that a duplicated tab, which inherits the name, takes another.
const NAME = "prioritiser-tab";

export default function ({ data, setStateValue }) {
  const held = (globalThis[Symbol.for(NAME)] ??= named(data.proposed));
  held.then((name) => name !== data.known && setStateValue("name", name));
}

async function named(proposed) {
  try {
    const before = sessionStorage.getItem(NAME);
    if (before && (await lock(before))) return before;
    sessionStorage.setItem(NAME, proposed);
    await lock(proposed);
  } catch {
    // Storage is blocked: the tab has this name until it is refreshed.
  }
  return proposed;
}

function lock(name) {
  if (!navigator.locks) return true; // not offered to pages without https
  return new Promise((taken) => {
    const hold = () => {
      taken(true);
      return new Promise(() => {});
    };
    // A page that is being refreshed may hold it a moment longer.
    navigator.locks
      .request(`${NAME}-${name}`, { signal: AbortSignal.timeout(1000) }, hold)
      .catch(() => taken(false));
  });
}

// Copies a table to the clipboard: tab-separated, so that a spreadsheet puts each value in a cell.

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

export default function copyTable({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  const said = parentElement.querySelector("span");
  button.textContent = "Copy for Excel";
  said.textContent = "";
  button.onclick = async () => {
    said.textContent = "";
    try {
      if (navigator.clipboard) await navigator.clipboard.writeText(data.text);
      else theOlderWay(data.text);
      said.textContent = `${data.rows} ${data.rows === 1 ? "row" : "rows"} copied`;
    } catch {
      said.textContent = "Not copied: this browser does not allow it. Download the CSV.";
    }
  };
}

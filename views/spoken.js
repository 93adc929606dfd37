// A region that screen readers follow. What is in it already is not said again.

export default function ({ data, parentElement }) {
  const said = parentElement.querySelector("[role=status]");
  if (said.textContent !== data.text) said.textContent = data.text;
}

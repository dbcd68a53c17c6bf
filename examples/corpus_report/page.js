
// Sorts a table by the column whose title is pressed; pressed again, the other way round.
for (const button of document.querySelectorAll("th button")) {
  button.addEventListener("click", () => {
    const title = button.closest("th");
    const body = title.closest("table").tBodies[0];
    const way = title.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
    const value = row => {
      const cell = row.cells[title.cellIndex];
      return "value" in cell.dataset ? Number(cell.dataset.value) : cell.textContent;
    };
    const compare = (a, b) => typeof a === "number" ? a - b : a.localeCompare(b);
    const rows = [...body.rows].map(row => [value(row), row]);
    rows.sort(([a], [b]) => way === "ascending" ? compare(a, b) : compare(b, a));
    for (const other of title.parentElement.cells) other.removeAttribute("aria-sort");
    title.setAttribute("aria-sort", way);
    body.append(...rows.map(([, row]) => row));
  });
}

// A press on a link of the list of documents, or anywhere on a line, is an order to Python.
// Runs as the list component's js_on_load: `element` is the list.
const orders = ["sort", "turn", "read"];

element.addEventListener("click", (event) => {
  const line = event.target.closest("tbody tr");
  const link = event.target.closest('a[href^="#do/"]') ?? line?.querySelector("a");
  if (!link || (line && window.getSelection().toString())) return; // words of a line can be copied
  const [kind, place] = link.getAttribute("href").slice("#do/".length).split("/").map(decodeURIComponent);
  if (!orders.includes(kind)) return;
  if (line) {
    element.querySelectorAll("tr[aria-current]").forEach((each) => each.removeAttribute("aria-current"));
    line.setAttribute("aria-current", "true");
  }
  trigger(kind, { place });
  if (kind === "turn") element.dataset.turned = "";
});

watch("value", () => {
  if (!("turned" in element.dataset)) return;
  delete element.dataset.turned;
  element.scrollIntoView({ block: "start" });
});

// Small orders that links in messages give (`#cite/...`, `#do/...`), the paragraph shown on hover or focus,
// and the reader that follows a citation. Runs as the reader component's js_on_load: `element` is the reader,
// `trigger` sends an event to Python, `server` calls Python functions, `watch` sees the reader change.
const phone = window.matchMedia("(max-width: 800px)");
const parts = (link) => link.getAttribute("href").slice(1).split("/").map(decodeURIComponent);
const order = (target) => target.closest?.('a[href^="#cite/"], a[href^="#do/"]');
const orders = ["open", "rate", "unfilter", "correct", "widen"];
let pressed = null; // the mark that opened the reader, to go back to
let byKeyboard = false;

// ---- pressing a link
document.addEventListener("click", (event) => {
  const link = order(event.target);
  if (!link) return;
  event.preventDefault();
  byKeyboard = event.detail === 0;
  const [kind, ...rest] = parts(link);
  if (kind === "cite") {
    pressed = link;
    hidePeek();
    document.querySelectorAll("a.mark.open").forEach((mark) => mark.classList.remove("open"));
    link.classList.add("open");
    openReader();
    trigger("cite", { document: rest[0], label: rest[1], place: rest.slice(2).join("/") });
  } else if (rest[0] === "close") {
    closeReader();
  } else if (rest[0] === "copy") {
    copy(link);
  } else if (rest[0] === "export") {
    save(rest.slice(1));
  } else if (orders.includes(rest[0])) {
    trigger(rest[0], { place: rest.slice(1).join("/") });
    if (rest[0] === "open" && phone.matches) closeDrawer();
    if (rest[0] === "rate" && byKeyboard) commentNext();
    if (rest[0] === "correct" || rest[0] === "widen") document.querySelector("#question textarea").focus();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === " " && order(event.target)) {
    event.preventDefault();
    event.target.click();
  } else if (event.key === "Escape") {
    hidePeek();
    closeReader();
    if (event.target.closest?.("#conversations")) closeDrawer();
  }
});

// ---- the drawer of conversations: on a phone it covers the chat, so it makes way for what was chosen in it
function closeDrawer() {
  const handle = document.querySelector("#conversations.open .toggle-button");
  handle?.click();
  handle?.focus();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("#new") && phone.matches) closeDrawer();
  if (event.target.closest("[role=tab], .overflow-menu")) document.body.classList.remove("reader-open");
});

// ---- the reader: beside the chat, or over it on a phone
function openReader() {
  document.body.classList.add("reader-open");
}

function closeReader() {
  if (!document.body.classList.contains("reader-open")) return;
  document.body.classList.remove("reader-open");
  if (pressed?.isConnected) pressed.focus();
}

watch("value", () => {
  const lit = element.querySelector(".paragraph.lit");
  const top = element.querySelector(".document");
  const pane = element.closest(".reader-pane") ?? element;
  const scroller = [pane, ...pane.querySelectorAll("*")].find(
    (each) => each.scrollHeight > each.clientHeight + 4 && /auto|scroll/.test(getComputedStyle(each).overflowY)
  );
  if (!lit) {
    scroller?.scrollTo({ top: 0 });
    return;
  }
  const hit = lit.querySelector("mark") ?? lit;
  if (scroller) {
    const bar = element.querySelector(".reader-top")?.offsetHeight ?? 0;
    const first = lit.previousElementSibling?.matches("h3") ? lit.previousElementSibling : lit;
    const above = first.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    const depth = hit.getBoundingClientRect().bottom - lit.getBoundingClientRect().top;
    const margin = depth > scroller.clientHeight - bar - 24 ? hit.getBoundingClientRect().top - lit.getBoundingClientRect().top : 0;
    scroller.scrollTo({ top: scroller.scrollTop + above + margin - bar - 16 });
  }
  if (byKeyboard || (phone.matches && document.body.classList.contains("reader-open"))) {
    lit.focus({ preventScroll: true });
  }
  byKeyboard = false;
});

// ---- the paragraph behind a mark, on hover and focus
const peek = document.createElement("div");
peek.id = "peek";
peek.setAttribute("role", "tooltip");
document.body.append(peek);
const seen = new Map();
let wanted = null;

async function showPeek(mark) {
  const [, name, label] = parts(mark);
  const key = `${name}/${label}`;
  wanted = mark;
  if (!seen.has(key)) seen.set(key, server.peek([name, label]));
  const shown = await seen.get(key);
  if (wanted !== mark || !shown) return;
  peek.replaceChildren();
  for (const [css, text] of [["peek-title", shown.title], ["peek-text", shown.text]]) {
    const line = document.createElement("p");
    line.className = css;
    line.textContent = text;
    peek.append(line);
  }
  peek.classList.add("shown");
  mark.setAttribute("aria-describedby", "peek");
  const at = mark.getBoundingClientRect();
  const size = peek.getBoundingClientRect();
  const edge = mark.closest("#chat")?.getBoundingClientRect().right ?? window.innerWidth; // keeps the reader free
  const left = Math.max(8, Math.min(at.left, edge - size.width - 8));
  const above = at.top - size.height - 6;
  peek.style.left = `${left}px`;
  peek.style.top = `${above > 8 ? above : at.bottom + 6}px`;
}

function hidePeek() {
  wanted?.removeAttribute("aria-describedby");
  wanted = null;
  peek.classList.remove("shown");
}

const markOf = (event) => event.target.closest?.("a.mark");
for (const [show, hide] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
  document.addEventListener(show, (event) => {
    const mark = markOf(event);
    if (mark && !(phone.matches && show === "mouseover")) showPeek(mark);
  });
  document.addEventListener(hide, (event) => markOf(event) && hidePeek());
}
document.addEventListener("scroll", hidePeek, true);

// ---- copying: the text to copy stands hidden in the message
async function copy(link) {
  const [, , form] = parts(link);
  const text = link.closest(".answer").querySelector(`.copy-${form}`).textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const box = document.createElement("textarea"); // a page served to another machine without TLS has no clipboard
    box.value = text;
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
  }
  const label = link.textContent;
  link.textContent = "Copied";
  setTimeout(() => (link.textContent = label), 1500);
}

// ---- a thumb given by keyboard: the message is drawn anew and takes the focus along, so it goes on to the comment
async function commentNext() {
  for (let wait = 0; wait < 40; wait++) {
    await new Promise((then) => setTimeout(then, 100));
    const box = document.querySelector("#comment :is(input, textarea)");
    if (box?.checkVisibility()) {
      box.focus();
      return;
    }
  }
}

// ---- saving a conversation as a file
async function save(wanted) {
  const file = await server.exported(wanted);
  if (!file) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([file.text], { type: "text/plain;charset=utf-8" }));
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

// ---- what a screen reader says: Gradio gives messages their source as a name, and some buttons none
const names = { bot: "Answer", user: "Question" };
const buttons = {
  "#question .submit-button": "Ask",
  "#question .stop-button": "Stop",
  "#conversations .toggle-button": "Conversations",
};
const put = (each, name, value) => each.getAttribute(name) !== value && each.setAttribute(name, value);
let asked = 0;
let fresh = false; // the last question's answer is still growing
new MutationObserver(() => {
  // A new question goes to the top of the chat, so that its answer is read from its beginning.
  const questions = document.querySelectorAll("#chat [data-testid=user]");
  fresh ||= questions.length > asked;
  asked = questions.length;
  if (fresh && asked) {
    const last = questions[asked - 1];
    const scroller = last.closest(".bubble-wrap");
    scroller?.scrollBy({ top: last.getBoundingClientRect().top - scroller.getBoundingClientRect().top - 16 });
    fresh = document.querySelectorAll("#chat .answer .toolbar").length < asked;
  }
  document.querySelectorAll("[data-testid=bot], [data-testid=user]").forEach((message) => {
    put(message, "aria-label", names[message.dataset.testid]);
  });
  for (const [selector, name] of Object.entries(buttons)) {
    document.querySelectorAll(selector).forEach((button) => put(button, "aria-label", name));
  }
  const drawer = document.querySelector("#conversations");
  drawer?.querySelectorAll(".toggle-button").forEach((handle) => {
    put(handle, "aria-expanded", String(drawer.classList.contains("open")));
  });
}).observe(document.body, { childList: true, subtree: true, attributeFilter: ["aria-label", "class"] });

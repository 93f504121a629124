// The page's own script: filters, the finished answer announced once, the evidence panel, jargon help.
// Everything it opens is also an ordinary link or form, so that nothing is lost without it.
"use strict";

const KEPT = "send-questions", DRAFT = "send-draft";
document.documentElement.classList.add("has-script");
const LEGIBLE = 480; // pixels: a page's picture that is narrower cannot be read
const SIDE_BY_SIDE = window.matchMedia("(min-width: 75em)");
const find = (selector, root = document) => root.querySelector(selector);
const words = () => (find("#texts") || { dataset: {} }).dataset;

let backTo = null; // what had the focus when the panel was opened
let slow = 0;
let leaving = null; // the part of an answer's question that is being taken away

const sendPage = {
  /** The filters beside the box, as JSON; called by Gradio when a question is sent. */
  filters() {
    working(true);
    if (leaving) return JSON.stringify(leaving);
    const box = find("#filter-box");
    if (!box) return "";
    const value = (name) => (find(`[name=${name}]:checked, select[name=${name}], input[type=text][name=${name}]`, box) || { value: "" }).value;
    const kinds = [...box.querySelectorAll("[name=kinds]:checked")].map((input) => input.value);
    return JSON.stringify({ area: value("area") || null, kinds, first: value("first") || null, last: value("last") || null });
  },

  /** The questions of this tab, for making the conversation again after a visit to another view. */
  kept() {
    return stored(place()) || shared();
  },

  /** An answer has come: keep its question in this tab, say once that it is there. */
  finished() {
    working(false);
    const turns = find("#turns"), newest = find("#turns > article"), problem = find("#problem");
    if (turns) store(place(), turns.dataset.turns);
    const again = leaving ? find(`#turn-${leaving.turn}`) : null;
    leaving = null;
    announce(problem ? problem.textContent : newest ? (again || newest).dataset.summary : "");
    if (again && !problem) find("h2", again).focus();
    else if (newest && !problem) newest.scrollIntoView({ block: "nearest", behavior: "auto" });
    window.setTimeout(draft, 50);
  },

  /** A new conversation: nothing of the old one stays in the browser. */
  forget() {
    store(place(), "");
    store(DRAFT, "");
    if (window.location.search) window.history.replaceState(null, "", "/");
    close();
    announce("");
    const box = question();
    if (box) box.focus();
  },
};
window.sendPage = sendPage;

function stored(name) {
  try { return sessionStorage.getItem(name) || ""; } catch { return ""; }
}

function store(name, text) {
  try { if (text) sessionStorage.setItem(name, text); else sessionStorage.removeItem(name); } catch { /* a browser may forbid it */ }
}

/** Each address has a conversation of its own, so that a shared answer does not take the place of another's. */
function place() {
  return KEPT + window.location.search;
}

/** The questions of a shared address, as `kept` gives them; empty where it holds none. */
function shared() {
  const address = new URLSearchParams(window.location.search);
  if (!address.get("q")) return "";
  const asked = { question: address.get("q"), area: address.get("area"), kinds: address.getAll("kinds"),
    first: address.get("first"), last: address.get("last"), leave: address.getAll("leave") };
  return JSON.stringify([...address.getAll("after").map((text) => ({ question: text })), asked]);
}

/** The address of an answer; made only when somebody asks for it, because it holds the question. */
function address(turn) {
  const asked = JSON.parse(turn.dataset.asked), made = new URLSearchParams();
  for (const text of JSON.parse(turn.dataset.after)) made.append("after", text);
  made.append("q", asked.question);
  for (const name of ["area", "first", "last"]) if (asked[name]) made.append(name, asked[name]);
  for (const name of ["kinds", "leave"]) for (const value of asked[name] || []) made.append(name, value);
  return `${window.location.origin}${window.location.pathname}?${made}`;
}

/** Keep what is being typed in this tab, so that a reload or a restart of the page does not lose it. */
function draft() {
  const box = question();
  if (box) store(DRAFT, box.value);
}

function type(text) {
  const box = question();
  if (!box) return;
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box, text);
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Gradio makes the box after the page is there: put the draft back when it has. */
function restoreDraft() {
  const text = stored(DRAFT);
  if (!text) return;
  const put = () => { if (!question()) return false; if (!question().value) type(text); return true; };
  if (put()) return;
  const watch = new MutationObserver(() => { if (put()) watch.disconnect(); });
  watch.observe(document.body, { childList: true, subtree: true });
}

// --- copying -----------------------------------------------------------------------------------------------------

async function copy(button) {
  const turn = button.closest("article.turn"), figure = button.closest("figure"), link = figure && find(".evidence-link", figure);
  const text = button.dataset.share !== undefined ? address(turn) : [button.dataset.copy, link ? link.href : ""].filter(Boolean).join(" ");
  let told = button.parentElement.querySelector(".told");
  if (!told) {
    told = document.createElement("span");
    told.className = "told";
    told.setAttribute("role", "status");
    button.parentElement.append(told);
  }
  told.textContent = "";
  try {
    await navigator.clipboard.writeText(text);
    told.textContent = words().copied || "✓";
    window.setTimeout(() => { told.textContent = ""; }, 4000);
  } catch { told.textContent = `${words().uncopied || ""} ${text}`; }
}

/** Ask a question again without a part of what was understood of it. */
function leave(button) {
  leaving = { turn: Number(button.closest("article.turn").dataset.number), leave: button.value };
  find("#send").click();
}

function question() {
  return find("#question textarea");
}

function announce(text) {
  const place = find("#announce");
  if (place) place.textContent = text || "";
}

/** Show that the papers are being looked through; only sighted people see it, the finished answer is what is announced. */
function working(on) {
  const place = find("#working");
  window.clearTimeout(slow);
  if (!place) return;
  if (!on || !leaving && (!question() || !question().value.trim())) { place.textContent = ""; return; }
  announce("");
  place.textContent = words().looking || "";
  slow = window.setTimeout(() => { place.textContent = words().slow || ""; announce(words().slow); }, 8000);
}

// --- example questions -------------------------------------------------------------------------------------------

function ask(text) {
  const box = question(), send = find("#send");
  if (!box || !send) return;
  type(text);
  box.focus();
  window.setTimeout(() => send.click(), 60);
}

// --- the evidence panel ------------------------------------------------------------------------------------------

async function open(link, stepping = false) {
  const panel = find("#evidence"), body = find("#evidence-body");
  if (!panel || !body) { window.location.href = link.href; return; }
  const address = new URL(link.href);
  address.searchParams.set("part", "1");
  let markup;
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(String(response.status));
    markup = await response.text();
  } catch { window.open(link.href, "_blank", "noopener"); return; }
  if (!panel.contains(link)) backTo = link;
  body.innerHTML = markup;
  if (!panel.open) {
    if (SIDE_BY_SIDE.matches) { panel.show(); document.body.classList.add("with-panel"); } else { panel.showModal(); }
    window.history.pushState({ evidence: true }, ""); // so that Back closes the panel and does not leave the page
  }
  panel.scrollTop = 0;
  tellStep();
  const heading = find("#evidence-heading");
  if (heading && !stepping) heading.focus({ preventScroll: true }); // else the button keeps it, to be pressed again
  showMark(body);
}

/** The links of all quotes of the answer whose evidence is shown; none for a passage that is no quote. */
function quotes() {
  const turn = backTo && backTo.closest("article.turn"), links = turn ? [...turn.querySelectorAll(".evidence-link")] : [];
  return links.includes(backTo) ? links : [];
}

/** Say which of the quotes is shown; nothing where there is only one. */
function tellStep() {
  const strip = find("#evidence-step"), links = quotes();
  strip.hidden = links.length < 2;
  find("#evidence-at").textContent = strip.hidden ? "" : `${links.indexOf(backTo) + 1} / ${links.length}`;
}

/** The evidence of the quote before or after; after the last comes the first. */
function step(by) {
  const links = quotes();
  if (links.length) open(links[(links.indexOf(backTo) + by + links.length) % links.length], true);
}

/** Bring the marked words into view: on the picture where it is large enough to be read, else in the text below it. */
function showMark(root) {
  const drawn = find(".mark-on-page", root), written = find(".text-of-page mark", root);
  const legible = drawn && drawn.ownerSVGElement.getBoundingClientRect().width >= LEGIBLE;
  const place = legible || !written ? drawn : written;
  if (!place) return;
  const tall = place.getBoundingClientRect().height > window.innerHeight / 2;
  place.scrollIntoView({ block: tall ? "start" : "center", behavior: "auto" });
}

function close() {
  const panel = find("#evidence");
  if (!panel || !panel.open) return;
  panel.close();
}

function closed() {
  document.body.classList.remove("with-panel");
  if (window.history.state && window.history.state.evidence) window.history.back();
  const body = find("#evidence-body");
  if (body) body.textContent = "";
  if (backTo && backTo.isConnected) backTo.focus();
  backTo = null;
}

// --- jargon ------------------------------------------------------------------------------------------------------

function explain(term) {
  let tip = find("#tip");
  if (!tip) {
    tip = document.createElement("div");
    tip.id = "tip";
    tip.setAttribute("role", "tooltip");
    tip.hidden = true;
  }
  (term.closest("dialog[open]") || document.body).append(tip);
  const line = document.getElementById(term.getAttribute("aria-describedby"));
  if (!line) return;
  tip.textContent = line.textContent;
  tip.hidden = false;
  const at = term.getBoundingClientRect(), width = Math.min(320, window.innerWidth - 24);
  tip.style.width = `${width}px`;
  tip.style.left = `${Math.max(12, Math.min(at.left, window.innerWidth - width - 12))}px`;
  const below = at.bottom + 6 + tip.offsetHeight < window.innerHeight;
  tip.style.top = `${below ? at.bottom + 6 : Math.max(6, at.top - 6 - tip.offsetHeight)}px`;
}

function hush() {
  const tip = find("#tip");
  if (tip) tip.hidden = true;
}

// --- feedback ----------------------------------------------------------------------------------------------------

async function send(form) {
  try {
    const response = await fetch("/feedback?part=1", { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (!response.ok) throw new Error(String(response.status));
    const thanks = document.createElement("div");
    thanks.innerHTML = await response.text();
    thanks.tabIndex = -1;
    form.replaceWith(thanks);
    thanks.focus();
    announce(thanks.textContent);
  } catch { form.submit(); }
}

// --- forms -------------------------------------------------------------------------------------------------------

/** Say beside the years when the first is after the last. */
function checkYears(group) {
  const [first, last] = group.querySelectorAll("select"), wrong = Boolean(first.value && last.value && Number(first.value) > Number(last.value));
  find("#years-told", group).hidden = !wrong;
  for (const field of [first, last]) if (wrong) field.setAttribute("aria-invalid", "true"); else field.removeAttribute("aria-invalid");
}

/** Leave of a long list what holds the letters typed, and what is ticked. */
function narrow(field) {
  const typed = field.value.trim().toLowerCase();
  for (const choice of field.closest("fieldset").querySelectorAll(".choice")) {
    choice.hidden = !choice.textContent.toLowerCase().includes(typed) && !find("input", choice).checked;
  }
}

// --- the language of the page, which Gradio sets to that of the browser while its words stay ours -----------------

const LANGUAGE = "en-GB";
new MutationObserver(() => {
  if (document.documentElement.lang !== LANGUAGE) document.documentElement.lang = LANGUAGE;
}).observe(document.documentElement, { attributes: true, attributeFilter: ["lang"] });

// --- events ------------------------------------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return;
  const link = target.closest("a[data-evidence]"), term = target.closest(".term"), example = target.closest(".example");
  if (link && find("#evidence") && !event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); open(link); }
  else if (example) ask(example.dataset.question);
  else if (target.closest("[data-copy], [data-share]")) copy(target.closest("[data-copy], [data-share]"));
  else if (target.closest(".chip") && find("#send")) { event.preventDefault(); leave(target.closest(".chip")); }
  else if (target.closest("#evidence-close")) close();
  else if (target.closest("[data-step]")) step(Number(target.closest("[data-step]").dataset.step));
  if (term) explain(term); else if (!target.closest("#tip")) hush();
});
document.addEventListener("submit", (event) => {
  if (event.target instanceof HTMLFormElement && event.target.dataset.feedback !== undefined) { event.preventDefault(); send(event.target); }
});
document.addEventListener("focusin", (event) => { if (event.target.matches && event.target.matches(".term")) explain(event.target); else hush(); });
document.addEventListener("mouseover", (event) => {
  if (!(event.target instanceof Element)) return;
  const term = event.target.closest(".term");
  if (term) explain(term);
  else if (!event.target.closest("#tip") && !(document.activeElement && document.activeElement.matches(".term"))) hush();
});
document.addEventListener("keydown", (event) => {
  const term = event.target instanceof Element ? event.target.closest(".term") : null;
  if (term && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); explain(term); return; }
  if (event.key !== "Escape") return;
  const tip = find("#tip");
  if (tip && !tip.hidden) { hush(); event.preventDefault(); return; }
  close();
});
document.addEventListener("input", (event) => {
  if (event.target === question()) draft();
  else if (event.target.matches("[data-find]")) narrow(event.target);
});
document.addEventListener("change", (event) => { if (event.target.closest(".years")) checkYears(event.target.closest(".years")); });
window.addEventListener("offline", () => announce(words().offline));
window.addEventListener("scroll", hush, { passive: true });
document.addEventListener("DOMContentLoaded", () => {
  restoreDraft();
  if (window.history.state && window.history.state.evidence) window.history.back(); // loaded anew: the panel is closed
  const panel = find("#evidence");
  if (panel) panel.addEventListener("close", closed);
  const result = find("#result");
  if (result) result.focus();
});
window.addEventListener("popstate", close);
window.addEventListener("load", () => { if (window.location.hash === "#quote") showMark(document); });

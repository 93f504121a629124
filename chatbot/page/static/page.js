// The page's own script: filters, the finished answer announced once, the evidence panel, jargon help.
// Everything it opens is also an ordinary link or form, so that nothing is lost without it.
"use strict";

const KEPT = "send-questions";
const LEGIBLE = 480; // pixels: a page's picture that is narrower cannot be read
const SIDE_BY_SIDE = window.matchMedia("(min-width: 75em)");
const find = (selector, root = document) => root.querySelector(selector);
const words = () => (find("#texts") || { dataset: {} }).dataset;

let backTo = null; // what had the focus when the panel was opened
let slow = 0;

const sendPage = {
  /** The filters beside the box, as JSON; called by Gradio when a question is sent. */
  filters() {
    working(true);
    const box = find("#filter-box");
    if (!box) return "";
    const value = (name) => (find(`[name=${name}]:checked, select[name=${name}]`, box) || { value: "" }).value;
    const kinds = [...box.querySelectorAll("[name=kinds]:checked")].map((input) => input.value);
    return JSON.stringify({ area: value("area") || null, kinds, first: value("first") || null, last: value("last") || null });
  },

  /** The questions of this tab, for making the conversation again after a visit to another view. */
  kept() {
    try { return sessionStorage.getItem(KEPT) || ""; } catch { return ""; }
  },

  /** An answer has come: keep its question in this tab, say once that it is there. */
  finished() {
    working(false);
    const turns = find("#turns"), newest = find("#turns > article"), problem = find("#problem");
    if (turns) keep(turns.dataset.turns);
    announce(problem ? problem.textContent : newest ? newest.dataset.summary : "");
    if (newest && !problem) newest.scrollIntoView({ block: "nearest", behavior: "auto" });
  },

  /** A new conversation: nothing of the old one stays in the browser. */
  forget() {
    try { sessionStorage.removeItem(KEPT); } catch { /* nothing was kept */ }
    close();
    announce("");
    const box = question();
    if (box) box.focus();
  },
};
window.sendPage = sendPage;

function keep(text) {
  try { sessionStorage.setItem(KEPT, text || ""); } catch { /* a browser may forbid it */ }
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
  if (!on || !question() || !question().value.trim()) { place.textContent = ""; return; }
  announce("");
  place.textContent = words().looking || "";
  slow = window.setTimeout(() => { place.textContent = words().slow || ""; announce(words().slow); }, 8000);
}

// --- example questions -------------------------------------------------------------------------------------------

function ask(text) {
  const box = question(), send = find("#send");
  if (!box || !send) return;
  const setter = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
  setter.call(box, text);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
  window.setTimeout(() => send.click(), 60);
}

// --- the evidence panel ------------------------------------------------------------------------------------------

async function open(link) {
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
  }
  panel.scrollTop = 0;
  const heading = find("#evidence-heading");
  if (heading) heading.focus({ preventScroll: true });
  showMark(body);
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
  else if (target.closest("#evidence-close")) close();
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
window.addEventListener("scroll", hush, { passive: true });
document.addEventListener("DOMContentLoaded", () => {
  const panel = find("#evidence");
  if (panel) panel.addEventListener("close", closed);
  const result = find("#result");
  if (result) result.focus();
});
window.addEventListener("load", () => { if (window.location.hash === "#quote") showMark(document); });

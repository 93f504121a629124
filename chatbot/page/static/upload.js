// Bringing papers in: files that are dropped, how much has been sent, how far the reading is. Without it the form and a
// link to look again do the same.
"use strict";

const form = document.getElementById("upload"), field = document.getElementById("papers");
const state = document.getElementById("upload-state"), told = document.getElementById("upload-told");
const sending = document.getElementById("sending"), drop = form.querySelector(".drop");

for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", name === "dragenter" || name === "dragover");
    if (name === "drop" && event.dataTransfer.files.length) field.files = event.dataTransfer.files;
  });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const request = new XMLHttpRequest(), bar = document.getElementById("sent");
  const lost = () => { sending.hidden = true; told.className = "problem"; told.textContent = sending.dataset.failed; };
  sending.hidden = false;
  request.upload.addEventListener("progress", (sent) => { if (sent.lengthComputable) bar.value = sent.loaded / sent.total; });
  request.addEventListener("load", () => {
    if (!(request.getResponseHeader("Content-Type") || "").startsWith("text/html")) { lost(); return; }
    const page = new DOMParser().parseFromString(request.responseText, "text/html"), problem = page.querySelector("main .problem");
    if (request.status >= 400) { sending.hidden = true; told.className = "problem"; told.textContent = problem ? problem.textContent : sending.dataset.failed; return; }
    window.location.assign("/upload");
  });
  request.addEventListener("error", lost);
  request.open("POST", form.action);
  request.send(new FormData(form));
});

/** Look again until the work is done, then say what came of it. */
async function look() {
  try {
    const response = await fetch("/upload?part=1");
    if (response.ok) {
      state.innerHTML = await response.text();
      const section = state.querySelector("[data-state]");
      if (!section || !["running", "undoing"].includes(section.dataset.state)) { told.textContent = state.querySelector("h2").textContent; return; }
    }
  } catch { /* the page may be away for a moment */ }
  window.setTimeout(look, 1000);
}
if (state.dataset.works === "true") look();

// Files of the reader's own: chosen, dropped on the page or pasted; long pasted text becomes one.
(() => {
  "use strict";
  const own = document.currentScript.dataset;
  const one = (selector) => document.querySelector(selector);
  const LONG = 4000; // characters pasted from which on they are a file
  const waiting = [];
  let sending = false;

  function bring(files) {
    waiting.push(...files);
    next();
  }

  // One after the other: the form sends what its field holds.
  function next() {
    const form = one("#bring");
    if (sending || !waiting.length || !form) return;
    const held = new DataTransfer();
    held.items.add(waiting.shift());
    sending = true;
    one("#composer").classList.add("sending-file");
    form.elements.file.files = held.files;
    form.dispatchEvent(new Event("change"));
  }

  function done(event) {
    if (event.detail.elt.id !== "bring") return;
    sending = false;
    one("#bring").reset();
    one("#composer").classList.remove("sending-file");
    next();
  }

  function begin() {
    const button = one("#attach");
    if (button) button.hidden = false;
  }

  const carries = (event) => event.dataTransfer?.types.includes("Files") && one("#bring");
  document.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    one("#composer").classList.add("over");
  });
  for (const kind of ["dragleave", "drop"]) {
    document.addEventListener(kind, (event) => (kind === "drop" || !event.relatedTarget) && one("#composer")?.classList.remove("over"));
  }
  document.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    bring(event.dataTransfer.files);
  });
  document.addEventListener("paste", (event) => {
    if (event.target.id !== "text") return;
    const files = [...event.clipboardData.files];
    const text = event.clipboardData.getData("text/plain");
    if (!files.length && text.length > LONG) files.push(new File([text], `${own.pasted}.txt`, { type: "text/plain" }));
    if (!files.length) return;
    event.preventDefault();
    bring(files);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("#attach")) one("#bring input[type=file]").click();
    event.target.closest("[data-detach]")?.closest(".chip").remove();
  });
  document.addEventListener("htmx:afterRequest", done);
  document.addEventListener("htmx:afterSettle", begin);
  begin();
})();

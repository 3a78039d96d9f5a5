// A paper that is looked at for a while counts as read.
(() => {
  "use strict";
  const LOOKED_MS = 3000;
  const paper = document.querySelector("[data-opened]");
  const form = new FormData(document.getElementById("do"));
  form.set("paper", paper.dataset.paper);
  setTimeout(() => fetch(paper.dataset.opened, { method: "POST", body: form }).catch(() => {}), LOOKED_MS);
})();

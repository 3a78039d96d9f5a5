// The conversation: streams, the composer, citations, keys. Its pages work without this file.
(() => {
  "use strict";
  const own = document.currentScript.dataset;
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const token = () => one("input[name=csrfmiddlewaretoken]").value;
  const say = (text) => document.dispatchEvent(new CustomEvent("bookwheel:say", { detail: text }));
  const shown = () => document.body.dispatchEvent(new CustomEvent("bookwheel:math", { bubbles: true }));

  // Streams: one for each answer that is being written.

  const streams = new Map();

  function listen(turn) {
    if (streams.has(turn.id)) return;
    const stream = new EventSource(turn.dataset.stream);
    streams.set(turn.id, stream);
    const on = (kind, act) => stream.addEventListener(kind, (event) => {
      const here = document.getElementById(turn.id);
      if (!here) return stop(turn.id);
      act(here, JSON.parse(event.data));
      shown();
    });
    on("step", (here, html) => one(".steps", here).insertAdjacentHTML("beforeend", html));
    on("quote", (here, html) => {
      one(".sources", here).hidden = false;
      one(".sources-list", here).insertAdjacentHTML("beforeend", html);
      one(".sources small", here).textContent = ` · ${one(".sources-list", here).childElementCount}`;
    });
    on("part", (here, html) => {
      one(".parts", here).insertAdjacentHTML("beforeend", html);
      one(".draft", here).textContent = "";
    });
    on("sentence", (here, { part, html }) => {
      one(`[data-part="${part}"] [data-slot]`, here).insertAdjacentHTML("beforeend", html);
      one(".draft", here).textContent = "";
    });
    on("token", (here, text) => one(".draft", here).append(text));
    on("told", (here, html) => {
      const work = one(".work", here).open && here.dataset.looked;
      here.outerHTML = html;
      const made = document.getElementById(turn.id);
      if (work) one(".work", made).open = true;
      window.htmx.process(made);
      one("#talk").removeAttribute("data-running");
      sendQueued();
    });
    on("end", (_here, title) => {
      stop(turn.id);
      if (title) entitle(title);
    });
  }

  function entitle(title) {
    for (const place of all(".talk-head h1, .shelf [aria-current] .name")) place.textContent = title;
    document.title = document.title.replace(/^.*?(?= · |$)/, () => title);
  }

  function stop(id) {
    streams.get(id)?.close();
    streams.delete(id);
  }

  function begin() {
    for (const turn of all("[data-stream]")) listen(turn);
    const box = one("#text");
    if (box) grow(box);
    hideCard();
    closePanel();
  }

  // A question that was just asked stands at the top, and its answer grows below it; from then on
  // only the reader scrolls.

  const toLast = () => all(".turn.question").at(-1)?.scrollIntoView({ block: "start" });

  // Composer

  let queued = "";
  const running = () => one("#talk")?.hasAttribute("data-running");

  const ROWS = 12; // of the box at most

  // By rows: a style would be copied when the box is drawn anew, which the CSP forbids.
  function grow(box) {
    box.rows = 1;
    while (box.rows < ROWS && box.scrollHeight > box.clientHeight + 2) box.rows += 1;
  }

  function send(form) {
    const box = one("textarea", form);
    if (!box.value.trim()) return;
    if (form.id === "composer" && running()) return queue(box);
    form.requestSubmit();
  }

  // What is sent while an answer comes waits for its end; until then it is kept as the draft.
  function queue(box) {
    queued = [queued, box.value.trim()].filter(Boolean).join("\n");
    box.value = "";
    grow(box);
    saveDraft(box, queued);
    one("#queued").hidden = false;
    one("#queued span").textContent = queued;
  }

  function unqueue() {
    const box = one("#text");
    box.value = [queued, box.value].filter(Boolean).join("\n");
    queued = "";
    one("#queued").hidden = true;
    grow(box);
    return box;
  }

  function sendQueued() {
    if (!queued) return;
    one("#composer [name=parent]").value = all(".turn.told").at(-1).id.slice(1);
    unqueue().form.requestSubmit();
  }

  let saving;

  function saveDraft(box, text) {
    clearTimeout(saving);
    const form = box.form;
    saving = setTimeout(() => {
      const body = new URLSearchParams({ text: text ?? box.value, conversation: one("[name=conversation]", form).value });
      fetch(own.draft, { method: "POST", headers: { "X-CSRFToken": token() }, body, keepalive: true }).catch(() => {});
    }, 700);
  }

  // "@", "#" and, at the beginning, "/": what they may mean is offered as one types.

  const SIGNS = [/(?:^|\s)([@#])([^@#\n]{0,60})$/, /^(\/)([^\s/]{0,20})$/];
  const word = (box) => SIGNS.map((sign) => sign.exec(box.value.slice(0, box.selectionStart))).find(Boolean);
  let asked = 0;

  async function complete(box) {
    const list = one("#completions");
    const found = word(box);
    const mine = ++asked;
    if (!found || (found[1] === "@" && !found[2].trim())) return (list.hidden = true);
    const answer = await fetch(`${own.complete}?${new URLSearchParams({ sign: found[1], q: found[2] })}`);
    if (mine !== asked || !answer.ok) return;
    list.innerHTML = await answer.text();
    list.hidden = !list.firstElementChild;
  }

  function take(value) {
    const box = one("#text");
    const found = word(box);
    const at = box.selectionStart - found[2].length - 1;
    box.setRangeText(`${value} `, at, box.selectionStart, "end");
    one("#completions").hidden = true;
    box.focus();
    saveDraft(box);
  }

  function chooseCompletion(event) {
    const list = one("#completions");
    const options = all("[role=option]", list);
    const at = options.findIndex((option) => option.ariaSelected === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      options[at].ariaSelected = "false";
      options[(at + step + options.length) % options.length].ariaSelected = "true";
    } else if (event.key === "Enter" || event.key === "Tab") take(one("button", options[at]).dataset.value);
    else if (event.key === "Escape") list.hidden = true;
    else return false;
    event.preventDefault();
    return true;
  }

  // Citations: a card beside the number, the panel with all of them.

  const card = () => one("#hover");
  const hideCard = () => card() && (card().hidden = true);

  function showCard(cite) {
    const source = document.getElementById(cite.dataset.quote);
    if (!source || !card()) return;
    card().replaceChildren(...[...source.cloneNode(true).childNodes]);
    card().hidden = false;
    const place = cite.getBoundingClientRect();
    const width = card().offsetWidth;
    const left = Math.max(8, Math.min(place.left - 24, window.innerWidth - width - 8));
    const below = place.bottom + card().offsetHeight + 12 < window.innerHeight;
    card().style.left = `${left}px`;
    card().style.top = `${below ? place.bottom + 6 : Math.max(8, place.top - card().offsetHeight - 6)}px`;
    shown();
  }

  const wide = () => window.matchMedia("(min-width: 75rem)").matches;

  function openPanel(details) {
    const panel = one("#panel");
    if (!panel || !wide()) return false;
    const copies = all(".sources-list > li", details).map((item) => {
      const copy = item.cloneNode(true);
      copy.id = `panel-${item.id}`;
      return copy;
    });
    one(".sources-list", panel).replaceChildren(...copies);
    panel.dataset.of = details.closest(".turn").id;
    panel.hidden = false;
    shown();
    return true;
  }

  function closePanel() {
    const panel = one("#panel");
    if (panel) panel.hidden = true;
  }

  function toggleSources(summary, event) {
    const details = summary.parentElement;
    const panel = one("#panel");
    if (!wide() || !panel) return;
    event.preventDefault();
    if (!panel.hidden && panel.dataset.of === details.closest(".turn").id) closePanel();
    else openPanel(details);
  }

  // Copying

  async function copy(link) {
    const answer = await fetch(link.href);
    if (!answer.ok) return say(own.failed);
    const text = await answer.text();
    try {
      await navigator.clipboard.writeText(text);
    } catch { // plain http, or not allowed: through a text box
      const area = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    say(link.dataset.said);
  }

  // Keys, as in ChatGPT

  const click = (selector) => () => (typeof selector === "function" ? selector() : one(selector))?.click();
  const KEYS = {
    O: click("#new-chat"),
    C: click(() => all(".turn .copy:not(.bib)").at(-1)),
    I: click("#instructions"),
    S: click(".shelf-list > summary"),
    BACKSPACE: () => one("#delete") && window.confirm(own.delete) && one("#delete").click(),
  };

  function onKey(event) {
    const box = event.target.closest?.("textarea");
    const command = event.ctrlKey || event.metaKey;
    if (box?.id === "text" && !one("#completions").hidden && chooseCompletion(event)) return;
    if (box?.form && event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      return send(box.form);
    }
    if (box?.id === "text" && event.key === "ArrowUp" && !box.value) return editLast(event);
    if (event.key === "Escape") {
      if (event.shiftKey) return one("#text")?.focus();
      hideCard();
      if (one(".stopper button")) return one(".stopper button").click();
      return closePanel();
    }
    if (!command) return;
    const act = event.shiftKey ? KEYS[event.key.toUpperCase()] : { k: () => one("#q").select(), "/": () => document.dispatchEvent(new CustomEvent("bookwheel:keys")) }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  function editLast(event) {
    const edit = all(".question .edit").at(-1);
    if (!edit) return;
    event.preventDefault();
    edit.open = true;
    one("textarea", edit).focus();
  }

  document.addEventListener("keydown", onKey);
  document.addEventListener("input", (event) => {
    if (event.target.id !== "text") return;
    grow(event.target);
    saveDraft(event.target);
    complete(event.target);
  });
  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest(selector);
    if (at("#completions [data-value]")) return take(at("#completions [data-value]").dataset.value);
    if (at("a.copy")) return event.preventDefault(), copy(at("a.copy"));
    if (at(".sources > summary")) return toggleSources(at(".sources > summary"), event);
    if (at("[data-unqueue]")) return unqueue().focus();
    if (at("#panel [data-close]")) return closePanel();
    if (at("[data-now]")) return one(".stopper button")?.click();
    if (at(".stopper button")) say(own.stopping);
    if (at(".work > summary")) at(".turn").dataset.looked = "1";
    if (!at("#hover")) hideCard();
  });
  for (const kind of ["pointerover", "focusin"]) {
    document.addEventListener(kind, (event) => {
      const cite = event.target.closest?.(".cite");
      if (cite) showCard(cite);
      else if (kind === "pointerover" && !event.target.closest?.("#hover")) hideCard();
    });
  }
  document.addEventListener("htmx:afterSettle", begin);
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.id === "composer") clearTimeout(saving);
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "talk" && one("[data-stream]")) toLast();
  });
  if (!location.hash && !location.search) toLast();
  if (one(".shelf-list") && window.matchMedia("(max-width: 59.99rem)").matches) one(".shelf-list").open = false;
  begin();
  if (one(".begin") || one("#text")?.value) one("#text")?.focus({ preventScroll: true });
})();

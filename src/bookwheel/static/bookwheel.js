// Keys, toasts, mathematics, tags. Every page works without this file.
(() => {
  "use strict";
  const own = document.currentScript.dataset; // addresses and translated strings
  const on = (name, act, early) => document.addEventListener(name, act, early);
  const make = (name, made) => Object.assign(document.createElement(name), made);
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // Mathematics: KaTeX is fetched when there is a formula in sight.

  const macros = () => ({ "\\mbox": "\\text", "\\bm": "\\boldsymbol", "\\eprint": "\\text" });
  let katex = null;

  const loadKatex = () =>
    new Promise((done, failed) => {
      const style = make("link", { rel: "stylesheet", href: own.katexStyle });
      const script = make("script", { src: own.katex, onload: done, onerror: failed });
      document.head.append(style, script);
    });

  // A long text's own script says when.
  async function renderMath(within, asked = false) {
    const wanted = (element) => asked || (element.getClientRects().length && !element.closest(".reader"));
    const formulas = all(".math:not(.done)", within).filter(wanted);
    if (!formulas.length) return;
    try {
      await (katex ??= loadKatex());
    } catch {
      return; // the TeX stays readable as it is
    }
    for (const element of formulas) {
      if (element.classList.contains("done")) continue;
      const tex = element.textContent;
      element.classList.add("done");
      window.katex.render(tex, element, {
        displayMode: element.classList.contains("display"),
        throwOnError: false, trust: false, strict: "ignore", maxExpand: 200, maxSize: 20, macros: macros(),
      });
    }
  }

  // Toasts: said to screen readers, gone after ten seconds unless looked at.

  const toasts = () => one("#toasts");

  function expire(toast) {
    let timer;
    const start = () => (timer = setTimeout(() => toast.remove(), 1e4));
    const stop = () => clearTimeout(timer);
    for (const event of ["pointerenter", "focusin"]) toast.addEventListener(event, stop);
    for (const event of ["pointerleave", "focusout"]) toast.addEventListener(event, start);
    toast.dataset.timed = "";
    start();
  }

  function say(text) {
    const toast = make("p", { className: "toast", textContent: text });
    toasts().replaceChildren(toast);
    expire(toast);
  }

  // Cards

  const current = () => document.activeElement?.closest(".card, .paper") ?? one(".card.now") ?? one(".paper");
  const inCurrent = (selector) => current() && one(selector, current());

  function move(step) {
    const list = all(".card");
    if (!list.length) return;
    const at = list.indexOf(current());
    const seen = () => list.findIndex((card) => card.getBoundingClientRect().bottom > 0);
    const next = at < 0 ? Math.max(seen(), 0) : Math.min(Math.max(at + step, 0), list.length - 1);
    one("h3 a", list[next]).focus({ preventScroll: true });
    list[next].scrollIntoView({ block: "nearest" });
  }

  const press = (selector) => inCurrent(selector)?.click();

  function chooseTag() {
    const tagger = inCurrent(".tagger");
    if (!tagger) return;
    tagger.open = true;
    one("input[name=tag]", tagger).focus();
  }

  async function copyBibtex() {
    const link = inCurrent("a.bibtex");
    if (!link) return;
    const answer = await fetch(link.href);
    if (!answer.ok) return say(own.failed);
    await copy(await answer.text());
    say(own.copied);
  }

  async function copy(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = make("textarea", { value: text }); // plain http
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }

  // Keys

  let sheet = null;

  async function showKeys() {
    if (!sheet) {
      const page = new DOMParser().parseFromString(await (await fetch(own.help)).text(), "text/html");
      sheet = make("dialog");
      sheet.setAttribute("aria-labelledby", "keys-title");
      sheet.append(...one("#keys", page).children);
      sheet.insertAdjacentHTML("beforeend", '<form method="dialog"><button autofocus></button></form>');
      one("button", sheet).textContent = own.close;
      document.body.append(sheet);
    }
    sheet.showModal();
  }

  const go = (address) => () => location.assign(address);
  const PLACES = { h: "/", n: "/new", l: "/library", t: "/tags", a: "/ask" };
  const KEYS = {
    j: () => move(1),
    k: () => move(-1),
    o: () => press("h3 a"),
    x: () => press(".abs > summary"),
    t: chooseTag,
    y: copyBibtex,
    p: () => press("a.pdf"),
    a: () => press("a.ask-about"),
    u: () => one("button", toasts())?.click(),
    "/": () => one("#q").select(),
    "?": showKeys,
  };
  for (const key of "sdlmw") KEYS[key] = () => press(`[data-key=${key}]`);
  for (const key of "M[]") KEYS[key] = () => one(`[data-key="${key}"]`)?.click();
  let prefix = "";

  function onKey(event) {
    if (event.key === "Escape") return closeTagger(document.activeElement?.closest(".tagger[open]"));
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog")) return;
    const act = prefix === "g" ? PLACES[event.key] && go(PLACES[event.key]) : KEYS[event.key];
    prefix = prefix === "" && event.key === "g" ? "g" : "";
    if (!act) return;
    event.preventDefault();
    act();
  }

  // The tag chooser: the reader's tags stand once on the page and are copied in when it opens.

  function closeTagger(tagger) {
    if (!tagger) return;
    tagger.open = false;
    one("summary", tagger).focus();
  }

  function onToggle(event) {
    const details = event.target;
    if (!details.open) return;
    if (details.matches(".abs")) return renderMath(details);
    if (!details.matches(".tagger")) return;
    for (const other of all(".tagger[open]")) if (other !== details) other.open = false;
    const form = one("form:has(input[name=tag])", details);
    const mine = one("#my-tags");
    if (mine && form && !one("ul", form)) form.append(mine.content.cloneNode(true));
    details.lastElementChild.scrollIntoView({ block: "nearest" });
  }

  function filterTags(event) {
    if (!event.target.matches(".tagger input[name=tag]")) return;
    const typed = event.target.value.trim().toLowerCase();
    for (const item of all(".tagger[open] li")) item.hidden = !item.textContent.toLowerCase().includes(typed);
  }

  // Progress

  const bar = one("#progress");
  const others = bar?.value - all(".act.done").length;

  function countDone() {
    if (!bar) return;
    bar.value = others + all(".act.done").length;
    bar.nextElementSibling.textContent = bar.dataset.said.replace("{}", bar.value);
  }

  // Around a swap: focus returns to what was pressed, or to its card.

  let pressed = null;

  function beforeSwap(event) {
    const card = event.detail.target?.closest?.(".card, .paper");
    const key = document.activeElement?.dataset?.key;
    const inside = card?.contains(document.activeElement);
    pressed = inside ? { card, key } : null;
  }

  function afterSettle(event) {
    renderMath(document.body);
    countDone();
    for (const toast of all(".toast:not([data-timed])")) expire(toast);
    if (pressed && !pressed.card.contains(document.activeElement)) {
      (one(`[data-key=${pressed.key}]`, pressed.card) ?? one(".act [data-key]", pressed.card))?.focus({ preventScroll: true });
    }
    pressed = null;
  }

  function failed(event) {
    const answer = event.detail.xhr;
    const plain = answer?.getResponseHeader?.("Content-Type")?.startsWith("text/plain");
    say((plain && answer.responseText) || own.failed);
  }

  on("keydown", onKey);
  on("toggle", onToggle, true);
  on("input", filterTags);
  on("focusin", (event) => {
    const card = event.target.closest(".card");
    if (!card) return;
    one(".card.now")?.classList.remove("now");
    card.classList.add("now");
  });
  on("click", (event) => {
    for (const open of all(".tagger[open]")) if (!open.contains(event.target)) open.open = false;
  });
  on("bookwheel:math", (event) => renderMath(event.target, true));
  on("htmx:beforeSwap", beforeSwap);
  on("htmx:afterSettle", afterSettle);
  for (const error of ["response", "send"]) on(`htmx:${error}Error`, failed);
  on("bookwheel:say", (event) => say(event.detail));
  on("bookwheel:keys", showKeys);
  renderMath(document.body);
  all(".toast").forEach(expire);
  document.cookie = `bookwheel_zone=${Intl.DateTimeFormat().resolvedOptions().timeZone}; path=/; max-age=30000000`;
})();

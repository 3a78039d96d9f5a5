// A full text: mathematics as it comes into sight, marking what is selected, cards of references,
// large figures, how far the reader is. Reading works without this file.
(() => {
  "use strict";
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const reader = one(".reader");
  if (!reader) return;
  const length = (text) => [...text].length; // characters as the server counts them

  // Mathematics near the window, or all of it for a printer.

  const typeset = (element) => element.dispatchEvent(new CustomEvent("bookwheel:math", { bubbles: true }));
  const near = new IntersectionObserver(
    (seen) => {
      for (const { isIntersecting, target } of seen) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        typeset(target);
      }
    },
    { rootMargin: "800px" },
  );
  const watch = () => all(".math:not(.done)", reader).forEach((formula) => near.observe(formula.closest("[data-block], li, h1, h2, h3, h4, h5, blockquote, .written") ?? formula));
  watch();
  addEventListener("beforeprint", () => typeset(reader));

  // What is selected, as places in the texts of blocks.

  function placeIn(text, container, offset) {
    let count = 0;
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement?.closest(".whole") && text.contains(node.parentElement.closest(".whole")) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    );
    const point = document.createRange();
    point.setStart(container, offset);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node === container && node.nodeType === Node.TEXT_NODE) return count + length(node.data.slice(0, offset));
      if (point.comparePoint(node, 0) > 0) return count; // it begins behind the place
      if (node.nodeType === Node.TEXT_NODE) count += length(node.data);
      else if (node.dataset.at) {
        const [start, end] = node.dataset.at.split("-").map(Number);
        if (node.contains(container)) return offset || container !== node ? end : start;
        count = end;
      }
    }
    return count;
  }

  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return [];
    const range = selection.getRangeAt(0);
    const texts = all("[data-block] .text, [data-block].text", reader).filter((text) => range.intersectsNode(text));
    return texts
      .map((text) => {
        const start = text.contains(range.startContainer) ? placeIn(text, range.startContainer, range.startOffset) : 0;
        const end = text.contains(range.endContainer) ? placeIn(text, range.endContainer, range.endOffset) : placeIn(text, text, text.childNodes.length);
        return { block: text.closest("[data-block]").dataset.block, start, end };
      })
      .filter(({ start, end }) => end > start);
  }

  const marker = one("#marker");
  const parts = marker.elements?.parts; // none where words can only be asked about

  function offer() {
    const found = selected();
    if (!found.length) return;
    if (parts) parts.value = found.map(({ block, start, end }) => `${block}:${start}-${end}`).join("\n");
    const ask = one(".ask", marker);
    if (ask) ask.href = `${ask.dataset.base}&quote=${encodeURIComponent(String(getSelection()).trim().slice(0, 1500))}`;
    const box = getSelection().getRangeAt(0).getBoundingClientRect();
    marker.hidden = false;
    marker.style.left = `${Math.max(8, Math.min(scrollX + box.left, scrollX + innerWidth - marker.offsetWidth - 8))}px`;
    marker.style.top = `${scrollY + box.bottom + 8}px`;
  }

  function withdraw() {
    marker.hidden = true;
    if (!parts) return;
    one(".writing", marker).hidden = true;
    marker.elements.note.value = "";
  }

  function write() {
    one(".writing", marker).hidden = false;
    marker.elements.note.focus();
  }

  document.addEventListener("pointerup", (event) => {
    if (!marker.contains(event.target)) setTimeout(() => (selected().length ? offer() : withdraw()));
  });
  document.addEventListener("keyup", (event) => event.shiftKey && event.key.startsWith("Arrow") && offer());
  one(".write", marker)?.addEventListener("click", write);
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== marker && !event.detail.elt.closest?.("#marker, .new-note")) return;
    if (!event.detail.successful) return;
    withdraw();
    getSelection().removeAllRanges();
    event.detail.elt.closest("form").reset();
  });

  // From a highlight to its note.

  function show(mark) {
    const note = document.getElementById(mark.dataset.mark.replace("m", "note-"));
    if (!note) return;
    for (const other of all(".annotation.now, .hl.now")) other.classList.remove("now");
    for (const element of [note, ...all(`[data-mark="${mark.dataset.mark}"]`)]) element.classList.add("now");
    note.scrollIntoView({ block: "nearest" });
  }

  // Cards of references and footnotes

  let card = null;
  const drop = () => (card = void card?.remove());

  function showCard(link) {
    const entry = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!entry) return;
    drop();
    card = Object.assign(document.createElement("div"), { className: "card-of" });
    card.append(...[...entry.cloneNode(true).childNodes]);
    for (const named of all("[id]", card)) named.removeAttribute("id");
    document.body.append(card);
    const box = link.getBoundingClientRect();
    card.style.left = `${scrollX + Math.max(8, Math.min(box.left, innerWidth - card.offsetWidth - 8))}px`;
    const below = box.bottom + card.offsetHeight + 8 < innerHeight;
    card.style.top = `${scrollY + (below ? box.bottom + 4 : box.top - card.offsetHeight - 4)}px`;
    card.addEventListener("pointerleave", drop);
    typeset(card);
  }

  reader.addEventListener("pointerover", (event) => {
    const link = event.target.closest("a.cite");
    if (link && event.pointerType === "mouse") showCard(link);
    else if (card && !link) setTimeout(() => card?.matches(":hover") || drop(), 250);
  });
  reader.addEventListener("focusin", (event) => (event.target.matches("a.cite") ? showCard(event.target) : drop()));

  // Figures, large

  function enlarge(link) {
    const large = Object.assign(document.createElement("dialog"), { className: "large" });
    const caption = document.createElement("p");
    const figure = link.closest("figure");
    caption.textContent = one("figcaption", figure)?.textContent.trim() ?? "";
    large.append(Object.assign(document.createElement("img"), { src: link.href, alt: one("img", link).alt }), caption);
    large.addEventListener("click", () => large.close());
    large.addEventListener("close", () => large.remove());
    document.body.append(large);
    large.showModal();
  }

  reader.addEventListener("click", (event) => {
    const zoom = event.target.closest("a.zoom");
    if (zoom && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      return enlarge(zoom);
    }
    const mark = event.target.closest("mark.hl");
    if (mark && !event.target.closest("a") && getSelection().isCollapsed) show(mark);
  });

  // Keys

  const headings = () => all(".body :is(h2, h3, h4, h5)[id]", reader);

  function section(step) {
    const tops = headings().map((heading) => heading.getBoundingClientRect().top);
    const next = step > 0 ? tops.findIndex((top) => top > 40) : tops.findLastIndex((top) => top < -10);
    headings()[next]?.scrollIntoView({ block: "start" });
  }

  const ink = () => one(".ink", marker).click();
  const KEYS = { "]": () => section(1), "[": () => section(-1), h: () => !marker.hidden && ink(), n: () => !marker.hidden && write() };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return drop(), withdraw();
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
    if ("hn".includes(event.key) && (marker.hidden || !parts)) return;
    if (!KEYS[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    KEYS[event.key]();
  }, true);

  // Where the reader is: marked in the contents, and kept.

  const blocks = all(".body [data-block]", reader);
  let kept = "";

  function position() {
    const first = blocks.findIndex((block) => block.getBoundingClientRect().bottom > 80);
    const end = innerHeight + scrollY >= document.documentElement.scrollHeight - 4;
    return { block: blocks[Math.max(first, 0)], share: end ? 1 : Math.max(first, 0) / Math.max(blocks.length, 1) };
  }

  function keep() {
    if (!("full" in reader.dataset) || !blocks.length || scrollY < 200) return;
    const { block, share } = position();
    const form = new FormData(document.getElementById("do"));
    const values = { paper: reader.dataset.paper, block: block.dataset.block, thousandths: Math.round(1000 * share) };
    const now = JSON.stringify(values);
    if (now === kept) return;
    kept = now;
    for (const [name, value] of Object.entries(values)) form.set(name, value);
    fetch(reader.dataset.place, { method: "POST", body: form, keepalive: true }).catch(() => {});
  }

  function locate() {
    const passed = headings().filter((heading) => heading.getBoundingClientRect().top < 120).pop();
    for (const link of all(".contents a")) {
      if (passed && link.hash === `#${passed.id}`) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  let timer = 0;
  addEventListener("scroll", () => {
    clearTimeout(timer);
    timer = setTimeout(() => (keep(), locate()), 700);
  }, { passive: true });
  document.addEventListener("visibilitychange", () => document.hidden && keep());
  document.addEventListener("htmx:afterSettle", () => watch());
  const contents = one(".contents");
  if (contents && matchMedia("(min-width: 84rem)").matches) contents.open = true;
})();

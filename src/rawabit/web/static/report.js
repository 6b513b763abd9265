// The card of the records under the pointer, the focus or a tap. Without it the numbers in the text lead to the list.
"use strict";
(() => {
  const text = document.querySelector("[data-report]");
  if (!text) return;
  const card = document.createElement("div");
  card.className = "card tip";
  card.hidden = true;
  card.setAttribute("role", "status");
  document.body.append(card);
  let pinned = false, timer = 0;

  const item = (number) => document.getElementById("r" + number);
  const numbers = (node) => {
    const found = [];
    for (let at = node.closest("[data-record]"); at && text.contains(at); at = at.parentElement && at.parentElement.closest("[data-record]"))
      if (!found.includes(at.dataset.record)) found.push(at.dataset.record);
    return found;
  };
  const light = (wanted) => {
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
    for (const number of wanted)
      for (const mark of text.querySelectorAll(`mark[data-record="${number}"]`)) mark.classList.add("lit");
  };
  const visible = (number) => item(number) && getComputedStyle(item(number)).display !== "none";
  const close = () => { pinned = false; card.hidden = true; light([]); };

  const show = (node, pin) => {
    const wanted = numbers(node).filter(visible);
    if (!wanted.length) return close();
    pinned = pin;
    card.replaceChildren();
    for (const number of wanted) {
      const told = item(number).cloneNode(true);
      const holder = document.createElement("div");
      holder.className = told.className;
      for (const named of told.querySelectorAll("[id]")) named.removeAttribute("id");
      holder.append(...told.childNodes);
      card.append(holder);
    }
    card.hidden = false;
    light(wanted.slice(0, 1));
    place(node);
  };
  const place = (node) => {
    const box = node.getClientRects()[0] || node.getBoundingClientRect();
    const wide = document.documentElement.clientWidth, high = window.innerHeight;
    const left = Math.max(8, Math.min(box.left + box.width / 2 - card.offsetWidth / 2, wide - card.offsetWidth - 8));
    const below = box.bottom + 10, above = box.top - card.offsetHeight - 10;
    card.style.left = left + "px";
    card.style.top = (below + card.offsetHeight < high || above < 0 ? below : above) + "px";
  };

  text.addEventListener("pointerover", (event) => {
    if (pinned || event.pointerType === "touch") return;
    clearTimeout(timer);
    const node = event.target.closest("[data-record]");
    timer = setTimeout(() => (node ? show(node, false) : close()), 120);
  });
  text.addEventListener("pointerleave", () => { if (!pinned) { clearTimeout(timer); timer = setTimeout(close, 300); } });
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", () => { if (!pinned) close(); });
  text.addEventListener("focusin", (event) => { if (event.target.matches("a[data-record]")) show(event.target, false); });
  text.addEventListener("focusout", () => { if (!pinned) close(); });
  document.addEventListener("click", (event) => {
    if (card.contains(event.target)) return;
    const node = event.target.closest("mark[data-record]");
    if (node && text.contains(node) && !getSelection().toString()) show(node, true);
    else if (!event.target.closest("a")) close();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  window.addEventListener("scroll", () => { if (!pinned) close(); }, { passive: true });
  for (const one of document.querySelectorAll(".record[id]")) {
    one.addEventListener("pointerenter", () => light([one.id.slice(1)]));
    one.addEventListener("pointerleave", () => light([]));
  }
})();

// Charts of pairs: a hint beside the pointer, and zooming by dragging. The chart is read, and zoomed by links, without it.
"use strict";
const DAY = 86400000;
for (const chart of document.querySelectorAll("svg[data-plot]")) {
  const box = chart.parentElement; // on a phone the newest days are seen first
  if (getComputedStyle(box).direction === "ltr") box.scrollLeft = box.scrollWidth;
  const first = Date.parse(chart.dataset.first), last = Date.parse(chart.dataset.last) + DAY;
  const left = Number(chart.dataset.left), width = chart.viewBox.baseVal.width;
  const hint = document.createElement("div");
  hint.className = "hint";
  hint.hidden = true;
  document.body.append(hint);
  const hits = [...chart.querySelectorAll(".hit")];
  for (const hit of hits) {
    const title = hit.querySelector("title");
    hit.dataset.told = title.textContent.trim();
    title.remove();
  }
  const band = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  band.setAttribute("class", "chosen");
  let from = null;
  const place = (event) => Math.min(width, Math.max(left, (event.clientX - chart.getBoundingClientRect().left) / chart.getBoundingClientRect().width * width));
  const day = (x) => new Date(Math.min(last - DAY, first + (x - left) / (width - left) * (last - first))).toISOString().slice(0, 10);
  const note = document.querySelector("[data-drag]");
  if (note) note.hidden = false;

  chart.addEventListener("pointermove", (event) => {
    const hit = event.target.closest(".hit");
    hint.hidden = !hit;
    if (hit) {
      hint.textContent = hit.dataset.told;
      hint.style.top = `${event.pageY + 16}px`;
      const room = document.documentElement.clientWidth - hint.offsetWidth - 8;
      hint.style.left = `${Math.max(8, Math.min(event.pageX + 12, room))}px`;
    }
    if (from === null) return;
    const x = place(event);
    band.setAttribute("x", Math.min(x, from));
    band.setAttribute("width", Math.abs(x - from));
  });
  chart.addEventListener("pointerleave", () => { hint.hidden = true; });
  chart.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button || event.target.closest("a")) return;
    from = place(event);
    for (const [name, value] of [["x", from], ["width", 0], ["y", 0], ["height", chart.viewBox.baseVal.height]]) band.setAttribute(name, value);
    chart.append(band);
    event.preventDefault();
  });
  addEventListener("pointerup", (event) => {
    if (from === null) return;
    const ends = [from, place(event)].sort((a, b) => a - b);
    from = null;
    band.remove();
    if (ends[1] - ends[0] < 8) return;
    const address = new URL(location.href);
    address.searchParams.set("since", day(ends[0]));
    address.searchParams.set("until", day(ends[1]));
    address.searchParams.delete("page");
    location.assign(address);
  });
}

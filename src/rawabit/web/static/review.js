// Keys of the review: a, c, r, u, j, k press the button or follow the link that carries them, whatever the keyboard's layout.
"use strict";
const correct = document.getElementById("correct");
function openCorrection() {
  correct.open = true;
  correct.querySelector("select, input, textarea").focus();
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.closest("input, select, textarea")) return;
  const key = event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : "";
  const found = document.querySelector(`[data-key="${key}"]`);
  if (!key || !found) return;
  event.preventDefault();
  if (key === "c") openCorrection(); else found.click();
});
if (correct) {
  document.querySelector('[data-key="c"]').addEventListener("click", (event) => { event.preventDefault(); openCorrection(); });
  correct.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { correct.open = false; document.querySelector('[data-key="c"]').focus(); }
    if (event.key === "Enter" && event.target.matches("input")) { event.preventDefault(); correct.querySelector("button").click(); }
  });
}

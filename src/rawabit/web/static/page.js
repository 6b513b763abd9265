// Small helps that every page works without. No page needs a script to be read.
"use strict";
for (const form of document.querySelectorAll("[data-as-of]")) {
  const field = form.querySelector("input[type=date]");
  field.addEventListener("change", () => form.requestSubmit());
  form.addEventListener("submit", () => { if (!field.value) field.disabled = true; });
}

// Names for what is being typed, and addresses without empty fields. Without it the list holds the states, and empty fields do no harm.
"use strict";
(() => {
  const form = document.querySelector("[data-search]");
  if (!form) return;
  const list = document.getElementById("names");
  let asked = 0, timer = 0;
  for (const field of form.querySelectorAll("[data-names]"))
    field.addEventListener("input", () => {
      clearTimeout(timer);
      if (!field.value.trim()) return;
      timer = setTimeout(async () => {
        const turn = ++asked;
        const answer = await fetch(field.dataset.names + "?q=" + encodeURIComponent(field.value.slice(0, 200)));
        if (!answer.ok || turn !== asked) return;
        const found = await answer.json();
        list.replaceChildren(...found.map((one) => Object.assign(document.createElement("option"), { value: one.name, label: one.label })));
      }, 150);
    });
  form.addEventListener("submit", () => {
    const empty = [...form.elements].filter((field) => field.name && !field.value);
    for (const field of empty) field.disabled = true;
    setTimeout(() => { for (const field of empty) field.disabled = false; }, 500);
  });
})();

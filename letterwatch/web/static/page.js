"use strict";
// Comfort only: every page works without this file.

// A button that copies a citation.
function addCopying(root) {
  if (!navigator.clipboard) return;
  for (const text of root.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text.textContent.trim());
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    });
    text.after(button);
  }
}

// The slider moves the map without a new page.
let asked = 0;
async function show(address) {
  const mine = ++asked;
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok || mine !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-swap]");
  const old = document.querySelector("[data-swap]");
  if (mine !== asked || !fresh || !old) return;
  const held = document.activeElement && old.contains(document.activeElement) ? document.activeElement.id : "";
  for (const part of [".lead", ".mapped", ".yearlist"]) {
    const [before, after] = [old.querySelector(part), fresh.querySelector(part)];
    if (before && after) before.replaceWith(after);
  }
  if (held) document.getElementById(held)?.focus();
  document.title = page.title;
  history.replaceState(null, "", address);
}

function addSliding() {
  const slider = document.querySelector("[data-slider]");
  if (!slider) return;
  const { form } = slider;
  const address = () => `${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`;
  slider.addEventListener("input", () => {
    document.getElementById("year-shown").textContent = slider.value;
    show(address());
  });
  form.elements.by.addEventListener("change", () => show(address()));
}

addCopying(document);
addSliding();

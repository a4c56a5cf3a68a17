/* Comfort only: every page works without this file. Nothing here makes HTML, and nothing typed is kept. */
"use strict";
(() => {
  const form = document.querySelector("form[data-comfort]");
  if (!form) return;
  const words = form.dataset;

  // Leaving with something typed and not saved: let the browser ask.
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });

  const note = (field, kind) => {
    const id = `${field.id}-${kind}`;
    let element = document.getElementById(id);
    if (!element) {
      element = document.createElement("p");
      element.id = id;
      element.className = `note-${kind}`;
      element.setAttribute("aria-live", "polite");
      field.after(element);
    }
    return element;
  };

  // How long a text is, once it gets longer than people like to read.
  const soft = Number(words.soft);
  const count = (field) => {
    const length = field.value.length;
    const text = length > soft ? words.count.replace("{n}", length).replace("{soft}", soft) : "";
    if (text || document.getElementById(`${field.id}-count`)) note(field, "count").textContent = text;
  };

  // Personal data: the server looks, says what kind it saw, and forgets the text.
  const timers = new WeakMap();
  const look = async (field) => {
    if (!field.value.trim()) { if (document.getElementById(`${field.id}-personal`)) note(field, "personal").textContent = ""; return; }
    try {
      const body = new URLSearchParams({ text: field.value, csrf_token: form.elements.csrf_token.value });
      const answer = await fetch(words.look, { method: "POST", body });
      if (!answer.ok) return;
      const found = (await answer.json()).warning;
      if (found || document.getElementById(`${field.id}-personal`)) note(field, "personal").textContent = found;
    } catch { /* off line: the same look follows at saving */ }
  };
  form.querySelectorAll("textarea, input[type=text]").forEach((field) => {
    field.addEventListener("input", () => {
      if (field.tagName === "TEXTAREA") count(field);
      clearTimeout(timers.get(field));
      timers.set(field, setTimeout(look, 700, field));
    });
    if (field.tagName === "TEXTAREA") count(field);
  });
})();

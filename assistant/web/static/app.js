/* Comfort only: every page works without this file. Nothing here makes HTML. What is typed in a dossier goes to the
   server as a draft of one's own; nothing is kept in the browser. */
"use strict";
(() => {
  const form = document.querySelector("form[data-comfort]");
  if (!form) return;
  const words = form.dataset;

  // Leaving with something typed and not saved: let the browser ask.
  let changed = "unsaved" in words;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });

  // A draft: kept a moment after the typing stops, and said so in sight. Saving or throwing away ends it.
  if (words.draft) {
    const state = document.createElement("p");
    state.className = "hint draft-state";
    state.setAttribute("role", "status");
    form.querySelector(".buttons")?.after(state);
    const mark = document.createElement("input");
    mark.type = "hidden"; mark.name = "drafted"; mark.value = "y";
    let waiting = 0, typed = 0, flight;
    const stop = () => { typed += 1; clearTimeout(waiting); flight?.abort(); };
    const keep = async () => {
      const now = typed;
      const body = new URLSearchParams(new FormData(form));
      form.append(mark);  // saving lets go of the draft, also of one that is on its way
      flight = new AbortController();
      try {
        const answer = await fetch(words.draft, { method: "POST", body, signal: flight.signal });
        if (!answer.ok) throw new Error(answer.status);
        const { says } = await answer.json();
        if (now !== typed) return;
        state.textContent = says;
        changed = false;
      } catch {
        if (now !== typed) return;
        state.textContent = words.failed;
        waiting = setTimeout(keep, 10000);
      }
    };
    form.addEventListener("input", () => { stop(); waiting = setTimeout(keep, 1500); });
    form.addEventListener("submit", stop);
  }

  // Notes stand under a field. They are read aloud from one place, which has to be there before it speaks.
  const voice = document.createElement("p");
  voice.className = "hidden";
  voice.setAttribute("role", "status");
  form.append(voice);
  const say = (text) => { if (voice.textContent !== text) voice.textContent = text; };
  const write = (field, kind, text) => {
    const id = `${field.id}-${kind}`;
    let note = document.getElementById(id);
    if (!note && !text) return;
    if (!note) {
      note = document.createElement("p");
      note.id = id;
      note.className = `note ${kind}`;
      field.after(note);
      field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") || ""} ${id}`.trim());
    }
    note.textContent = text;
  };

  // How long a text is, once it gets longer than people like to read.
  const soft = Number(words.soft);
  const count = (field) => {
    const length = field.value.length;
    const text = length > soft ? words.count.replace("{n}", length).replace("{soft}", soft) : "";
    write(field, "count", text);
    return text;
  };

  // Personal data: the server looks, says what kind it saw, and forgets the text.
  const look = async (field) => {
    const text = field.value;
    if (!text.trim()) return "";
    try {
      const body = new URLSearchParams({ text, csrf_token: form.elements.csrf_token.value });
      const answer = await fetch(words.look, { method: "POST", body });
      return answer.ok && field.value === text ? (await answer.json()).warning : undefined;
    } catch { /* off line: the same look follows at saving */ }
  };

  const timers = new WeakMap();
  const settle = async (field) => {
    const found = await look(field);
    if (found !== undefined) write(field, "personal", found);
    say([found, field.tagName === "TEXTAREA" && count(field)].filter(Boolean).join(" "));
  };
  form.querySelectorAll("textarea, input[type=text]").forEach((field) => {
    if (field.tagName === "TEXTAREA") count(field);
    field.addEventListener("input", () => {
      if (field.tagName === "TEXTAREA") count(field);
      clearTimeout(timers.get(field));
      timers.set(field, setTimeout(settle, 700, field));
    });
  });
})();

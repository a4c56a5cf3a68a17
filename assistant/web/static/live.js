/* Comfort only: every page works without this file. A screen of a workshop asks now and then whether there is news,
   and shows itself again. What somebody is filling in is never taken away. */
"use strict";
(() => {
  const page = document.querySelector("[data-live]");
  if (!page) return;
  const { live, version, news, look, lost } = page.dataset;
  const voice = document.createElement("p");
  voice.className = "live-voice";
  voice.setAttribute("role", "status");
  page.append(voice);
  const say = (text) => { if (voice.textContent !== text) voice.textContent = text || ""; };

  let touched = false;
  page.addEventListener("input", () => { touched = true; });
  page.addEventListener("submit", () => { touched = false; });

  const renew = () => {
    if (!touched) { location.reload(); return; }
    say(`${news || ""} `);
    const link = document.createElement("a");
    link.href = location.href;
    link.textContent = look || "";
    voice.append(link);
  };

  const timer = document.querySelector("[data-timer]");
  let ends = timer && Date.now() + Number(timer.dataset.left) * 1000;
  const full = timer && Number(timer.dataset.full || timer.dataset.left);
  const told = new Set();
  const announce = (what) => { if (timer.dataset[what] && !told.has(what)) { told.add(what); say(timer.dataset[what]); } };
  const tick = () => {
    const left = Math.max(0, Math.round((ends - Date.now()) / 1000));
    timer.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (left === 0) announce("over");
    else if (left <= 60 && full > 120) announce("minute");
    else if (left <= full / 2 && full > 240) announce("half");
  };
  if (timer) { tick(); setInterval(tick, 1000); }

  const show = (name, number) => {
    document.querySelectorAll(`[data-show="${name}"]`).forEach((one) => { one.textContent = number; });
  };
  let etag = "", wait = 2000, done = false;
  const ask = async () => {
    try {
      const answer = await fetch(live, { headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store" });
      if (!answer.ok && answer.status !== 304) throw new Error(answer.status);
      if (wait > 2000) say("");
      wait = 2000;
      if (answer.status === 200) {
        etag = answer.headers.get("ETag") || "";
        const now = await answer.json();
        if ("in" in now) { show("in", now.in); show("ready", now.ready); }
        if (timer && now.left !== null && now.left !== undefined) ends = Date.now() + now.left * 1000;
        if (String(now.version) !== version) { done = true; renew(); }
      }
    } catch {
      wait = 10000;
      if (lost) say(lost);
    }
    if (!done) setTimeout(ask, (document.hidden ? 10000 : wait) + Math.random() * 300);
  };
  setTimeout(ask, 1000);
})();

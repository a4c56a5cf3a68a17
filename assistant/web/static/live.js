/* Comfort only. A screen of a workshop asks whether there is news, and shows itself again; what somebody is filling
   in is never taken away. */
"use strict";
(() => {
  const page = document.querySelector("[data-live]");
  if (!page) return;
  const { live, version, news, look, lost } = page.dataset;
  const home = live.replace(/\/now$/, "");  // never a form once more
  const voice = document.createElement("p");
  voice.className = "live-voice";
  voice.setAttribute("role", "status");
  page.append(voice);
  const say = (text = "") => { if (voice.textContent !== text) voice.textContent = text; };

  let touched = "touched" in page.dataset, sending = false, told = false;
  page.addEventListener("input", () => { touched = true; });
  document.addEventListener("submit", () => { sending = true; });
  addEventListener("pageshow", () => { sending = false; });

  const renew = () => {
    if (sending || told || (touched && !news)) return;
    if (!touched) return void (location.pathname === home ? location.reload() : location.assign(home));
    told = true;
    say(`${news} `);
    const link = document.createElement("a");
    link.href = home;
    link.textContent = look;
    voice.append(link);
  };

  const keys = { ArrowRight: "next", PageDown: "next", ArrowLeft: "prev", PageUp: "prev" };
  addEventListener("keydown", ({ key }) => page.querySelector(`a[rel="${keys[key]}"]`)?.click());

  const timer = document.querySelector("[data-timer]");
  const left = () => Math.max(0, Math.round((ends - Date.now()) / 1000));
  let ends = timer && Date.now() + Number(timer.dataset.left) * 1000;
  let before = timer && left();
  const tick = () => {
    const { full, half, minute, over } = timer.dataset, now = left();
    timer.textContent = `${Math.floor(now / 60)}:${String(now % 60).padStart(2, 0)}`;
    const passes = (moment) => before > moment && now <= moment;
    if (passes(0)) say(over);
    else if (full > 99 && passes(60)) say(minute);
    else if (full > 240 && passes(full / 2)) say(half);
    before = now;
  };
  if (timer) { tick(); setInterval(tick, 1000); }

  let etag = "", isLost = false;
  const ask = async () => {
    try {
      const answer = await fetch(live, { headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store" });
      if (![200, 304, 404].includes(answer.status)) throw Error();
      if (isLost) say();
      isLost = false;
      if (answer.status === 404) renew();  // this phone is no longer in
      if (answer.status === 200) {
        etag = answer.headers.get("ETag") || "";
        const now = await answer.json();
        for (const one of document.querySelectorAll("[data-show]")) one.textContent = now[one.dataset.show];
        if (timer && Number.isFinite(now.left)) ends = Date.now() + now.left * 1000;
        if (String(now.version) !== version) renew();
      }
    } catch {
      isLost = true;
      if (lost && !told) say(lost);
    }
    setTimeout(ask, (isLost || document.hidden ? 10000 : 2000) + Math.random() * 300);
  };
  setTimeout(ask, 1000);
})();

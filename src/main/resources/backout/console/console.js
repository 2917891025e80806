// Keeps the page up to date and forms from leaving it. Without this file everything works by loading pages.
"use strict";
(() => {
  /** What this file tells people, in their language: the page brings it along. */
  const says = document.body.dataset;
  const skew = Date.now() - Number(document.body.dataset.now);
  let mark = document.body.dataset.mark;
  let source = null;
  const faded = new Set();

  // ---- times are written by the server, in the zone that this cookie names ----

  const zone = "backout-zone=" + Intl.DateTimeFormat().resolvedOptions().timeZone;
  const isTold = () => document.cookie.split("; ").includes(zone);
  if (!isTold()) {
    document.cookie = zone + "; Path=/; SameSite=Strict; Max-Age=31536000";
    if (mark && isTold()) { location.reload(); return; }
  }

  /**
   * A browser breaks off what it asks while the machine's network changes, also by a container. What is asked here
   * can be asked again: a form's delivery is taken once.
   */
  const ask = async (url, options) => {
    for (let times = 1; ; times++) {
      try {
        return await fetch(url, options);
      } catch (problem) {
        if (times === 5) throw problem;
        await new Promise((later) => setTimeout(later, 200 * (times - 1)));
      }
    }
  };

  // ---- elements that arrive replace those they are a newer form of ----

  const parse = (html) => new DOMParser().parseFromString(html, "text/html").body;

  /** Puts a new form of an element in its place; what was open stays open, the focus where it was. */
  const replace = (old, now) => {
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const key = focused && focused.dataset.key;
    const inside = focused && focused !== old;
    for (const details of old.querySelectorAll("details[data-key][open]")) {
      const same = find(now, details.dataset.key, "details");
      if (same) same.open = true;
    }
    old.replaceWith(now);
    if (focused) (key && find(now, key, "") || (inside || old === focused ? now : null))?.focus({ preventScroll: true });
  };

  const find = (root, key, tag) =>
    [...root.querySelectorAll(tag + "[data-key]")].find((one) => one.dataset.key === key);

  const showCard = (card) => {
    const list = document.getElementById("cards");
    if (!list || !card) return;
    const old = document.getElementById(card.id);
    if (!old && "fixed" in list.dataset) return;
    if (old && Number(old.dataset.version) > Number(card.dataset.version)) return;
    if (old && old.dataset.version === card.dataset.version && !stale(old)) return;
    if (!old || old.dataset.state !== card.dataset.state) tell(card.getAttribute("aria-label"));
    if (old) {
      replace(old, card);
    } else {
      const after = [...list.children].find((one) => Number(one.dataset.order) < Number(card.dataset.order));
      list.insertBefore(card, after || null);
      document.getElementById("empty")?.setAttribute("hidden", "");
    }
    title();
    tick();
  };

  /** A card whose form was just sent: its buttons carry ids that are used up. */
  const stale = (card) => card.querySelector("form[data-sent]") !== null;

  const showNotices = (region) => {
    const old = document.getElementById("notices");
    if (!old || !region) return;
    if (Number(old.dataset.version) > Number(region.dataset.version)) return;
    old.dataset.version = region.dataset.version;
    const kept = new Map([...old.children].map((one) => [one.id + " " + one.dataset.version, one]));
    const wanted = [...region.children].map((one) => kept.get(one.id + " " + one.dataset.version) || one);
    for (const one of [...old.children]) if (!wanted.includes(one)) one.remove();
    for (const one of wanted) {
      if (one.classList.contains("said")) fade(one);
    }
    wanted.forEach((one, at) => { if (old.children[at] !== one) old.insertBefore(one, old.children[at] || null); });
  };

  /** The card says the same, and goes on saying how it is. */
  const fade = (notice) => {
    const id = notice.id + " " + notice.dataset.version;
    notice.hidden = faded.has(id);
    setTimeout(() => { faded.add(id); notice.hidden = true; }, 8000);
  };

  const showSide = (side) => {
    const old = document.getElementById("side");
    if (old && side) replace(old, side);
  };

  const tell = (text) => { document.getElementById("news").textContent = text; };

  const title = () => {
    const waiting = document.querySelectorAll(".card[data-needs=true]").length;
    const plain = document.title.replace(/^\(\d+\) /, "");
    document.title = (waiting ? `(${waiting}) ` : "") + plain;
  };

  // ---- events; a tab that nobody looks at holds no connection ----

  const open = () => {
    if (!mark || source || document.hidden) return;
    source = new EventSource("/events?since=" + encodeURIComponent(mark));
    const on = (name, doing) => source.addEventListener(name, (event) => {
      if (event.lastEventId) mark = event.lastEventId;
      doing(parse(event.data).firstElementChild);
    });
    source.addEventListener("open", () => lost(false));
    on("card", showCard);
    on("notices", showNotices);
    on("side", showSide);
    source.addEventListener("bye", () => { close(); location.reload(); });
    source.addEventListener("error", () => {
      lost(true);
      if (source && source.readyState === EventSource.CLOSED) {
        close();
        again();
      }
    });
  };

  /** The stream does not tell why it was refused. */
  const again = async () => {
    const answer = await ask("/complete?words=").catch(() => null);
    if (answer?.status === 401) signedOut(); else setTimeout(open, answer?.ok ? 2000 : 10000);
  };

  const close = () => { source?.close(); source = null; };

  const lost = (isLost) => {
    document.querySelector(".lost")?.remove();
    if (isLost) note(says.lost);
  };

  const note = (text) => {
    const line = document.createElement("p");
    line.className = "lost";
    line.setAttribute("role", "status");
    line.textContent = text;
    document.querySelector("header").after(line);
    return line;
  };

  const signedOut = () => {
    lost(false);
    const link = document.createElement("a");
    link.href = "/signin";
    link.textContent = says.signIn;
    note(says.signedOut + " ").append(link);
  };

  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));

  // ---- forms: sent once, answered in place ----

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const path = new URL(form.action).pathname;
    if (!mark || !["/say", "/press", "/form", "/dismiss"].includes(path)) return;
    event.preventDefault();
    if (form.dataset.sent) {
      // what is said while the former is on its way is said next; the same twice is said once
      if (form.id === "say" && words.value !== form.dataset.said) form.dataset.next = "yes";
      return;
    }
    form.dataset.sent = "yes";
    if (form.id === "say") form.dataset.said = words.value;
    closeOptions();
    let next = false;
    try {
      const answer = await ask(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!answer.ok || !page.getElementById("notices")) {
        // its own page says why; sent again it is the same request
        form.submit();
        return;
      }
      if (!document.getElementById("notices")) { location.assign(answer.url); return; }
      if (form.id === "say") {
        if (words.value === form.dataset.said) form.reset();
        form.querySelector("[name=delivery]").value = page.querySelector("#say [name=delivery]").value;
        usage.textContent = "";
      }
      showNotices(page.getElementById("notices"));
      for (const card of page.querySelectorAll(".card")) showCard(card);
      showSide(page.getElementById("side"));
      focus(page.body.dataset.focus);
      next = form.dataset.next === "yes";
    } catch (problem) {
      lost(true);
    } finally {
      delete form.dataset.sent;
      delete form.dataset.next;
      if (next) form.requestSubmit();
    }
  });

  const focus = (id) => {
    const there = id && document.getElementById(id);
    if (!there || there.contains(document.activeElement)) return;
    const input = there.classList.contains("ask") ? there.querySelector(".field input, .field select") : null;
    (input || there).focus();
    there.scrollIntoView({ block: "nearest" });
  };

  // ---- completion: a combobox with a list below it ----

  const words = document.getElementById("words");
  const options = document.getElementById("options");
  const usage = document.getElementById("usage");
  let active = -1;
  let asked = 0;
  let listed = null;

  const beforeCursor = () => words.value.slice(0, words.selectionStart);

  /** Whether the list belongs to what is typed: an older one is still seen for a moment, and is not chosen from. */
  const current = () => !options.hidden && listed === beforeCursor();

  /** What is still asked for must not open the list again. */
  const closeOptions = () => {
    asked++;
    if (options) hideOptions();
  };

  const hideOptions = () => {
    options.hidden = true;
    active = -1;
    words.setAttribute("aria-expanded", "false");
    words.removeAttribute("aria-activedescendant");
  };

  const typed = () => {
    if (words.value.trim()) return complete();
    usage.textContent = "";
    closeOptions();
  };

  const complete = async () => {
    const mine = ++asked;
    const before = beforeCursor();
    const answer = await ask("/complete?words=" + encodeURIComponent(before)).catch(() => null);
    if (answer?.status === 401) signedOut();
    if (!answer || !answer.ok || mine !== asked) return;
    const found = parse(await answer.text());
    usage.textContent = found.querySelector(".usage")?.textContent || "";
    options.replaceChildren(...found.querySelectorAll("li"));
    listed = before;
    const any = options.children.length > 0 && document.activeElement === words;
    hideOptions();
    options.hidden = !any;
    words.setAttribute("aria-expanded", String(any));
  };

  const choose = (index) => {
    const all = [...options.children];
    active = (index + all.length) % all.length;
    all.forEach((one, at) => one.setAttribute("aria-selected", String(at === active)));
    words.setAttribute("aria-activedescendant", all[active].id);
    all[active].scrollIntoView({ block: "nearest" });
  };

  const step = async (by) => {
    if (!current()) await complete();
    if (current()) choose(active < 0 ? (by > 0 ? 0 : -1) : active + by);
  };

  const take = (option) => {
    const rest = words.value.slice(words.selectionStart);
    words.value = option.dataset.line + rest.trimStart();
    words.setSelectionRange(option.dataset.line.length, option.dataset.line.length);
    complete();
  };

  const keys = (event) => {
    const shown = !options.hidden;
    const picked = current() && active >= 0 ? options.children[active] : null;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (picked && (event.key === "Enter" || event.key === "Tab")) {
      event.preventDefault();
      take(picked);
    } else if (shown && event.key === "Escape") {
      event.preventDefault();
      closeOptions();
    }
  };

  if (words) {
    words.removeAttribute("list");
    words.setAttribute("role", "combobox");
    words.setAttribute("aria-autocomplete", "list");
    words.setAttribute("aria-expanded", "false");
    words.setAttribute("aria-controls", "options");
    words.addEventListener("input", typed);
    words.addEventListener("keydown", keys);
    words.addEventListener("blur", closeOptions);
    options.addEventListener("mousedown", (event) => {
      const option = event.target.closest("li");
      if (!option) return;
      event.preventDefault();
      take(option);
    });
    for (const code of document.querySelectorAll(".empty code, .guide code")) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = code.textContent;
      button.addEventListener("click", () => { words.value = code.textContent + " "; words.focus(); complete(); });
      code.replaceChildren(button);
    }
  }

  // ---- clocks ----

  const left = (milliseconds) => {
    const seconds = Math.max(0, Math.round(milliseconds / 1000));
    const minutes = Math.floor(seconds / 60);
    if (seconds < 3600) return says.left.replace("{0}", minutes + ":" + String(seconds % 60).padStart(2, "0"));
    return says.hoursLeft.replace("{0}", Math.floor(minutes / 60)).replace("{1}", minutes % 60);
  };

  const tick = () => {
    const now = Date.now() - skew;
    for (const time of document.querySelectorAll("time[data-clock]")) {
      time.textContent = left(Date.parse(time.dateTime) - now);
    }
  };

  document.body.classList.add("live");
  tick();
  setInterval(tick, 1000);
  title();
  document.querySelectorAll(".said").forEach(fade);
  focus(document.body.dataset.focus);
  open();
})();

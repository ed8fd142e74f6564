// The search box: “/” leads to it, the arrows through its suggestions, Escape out of it.
(() => {
  "use strict";
  const form = document.getElementById("search-form");
  if (!form) return;
  const box = document.getElementById("site-search");
  const list = document.getElementById("suggestions");
  let before = null;

  // A shortcut of a single key can be put out, as speech input may type it by mistake.
  const wanted = () => {
    try {
      return localStorage.getItem("shortcut") !== "off";
    } catch {
      return true; // storage is refused in some private windows
    }
  };
  const offer = () => {
    form.querySelector("kbd").hidden = !wanted();
    if (wanted()) box.setAttribute("aria-keyshortcuts", "/");
    else box.removeAttribute("aria-keyshortcuts");
  };
  offer();
  const choice = document.getElementById("shortcut");
  if (choice) {
    const tick = choice.querySelector("input");
    tick.checked = wanted();
    tick.addEventListener("change", () => {
      try {
        localStorage.setItem("shortcut", tick.checked ? "on" : "off");
      } catch {
        tick.checked = true;
      }
      offer();
    });
  }

  const hide = () => {
    list.hidden = true;
  };
  const leave = () => {
    if (before?.isConnected && before !== document.body) before.focus();
    else box.blur();
    before = null;
  };

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.isComposing || !wanted()) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    event.preventDefault();
    before = document.activeElement;
    box.focus();
    box.select();
  });

  form.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const links = list.hidden ? [] : [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement); // -1: in the box
    if (event.key === "Escape") {
      event.preventDefault();
      if (!list.hidden) {
        box.focus(); // which shows them
        hide();
      } else leave();
      return;
    }
    const keys = { ArrowDown: at + 1, ArrowUp: at - 1 };
    if (at >= 0) Object.assign(keys, { Home: 0, End: links.length - 1 });
    const to = keys[event.key];
    if (to === undefined || to < -1 || !links.length) return;
    event.preventDefault();
    (to < 0 ? box : links[Math.min(to, links.length - 1)]).focus();
  });

  box.addEventListener("focus", () => {
    if (box.value.trim() && list.childElementCount) list.hidden = false;
  });
  for (const name of ["focusin", "pointerdown"]) {
    document.addEventListener(name, ({ target }) => {
      if (!form.contains(target)) hide();
    });
  }

  // What an input method has not finished yet is no word to look for.
  box.addEventListener("htmx:beforeRequest", (event) => {
    const typing = event.detail.requestConfig.triggeringEvent?.isComposing;
    if (box.value.trim() && !typing) return;
    event.preventDefault();
    if (typing) return;
    list.replaceChildren();
    hide();
  });
  list.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const late = !box.value.trim() || list.contains(document.activeElement);
    if (late) detail.shouldSwap = false;
  });
  list.addEventListener("htmx:afterSwap", ({ target }) => {
    if (target !== list) return;
    list.hidden = document.activeElement !== box;
    if (list.hidden) return;
    const { announcement } = list.firstElementChild.dataset;
    document.getElementById("announcement").textContent = announcement;
  });
})();

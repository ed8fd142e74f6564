// Work: chooses passages of a full text in place and keeps what was typed. Without this script every mark is a link
// and every button sends the form, to the same answers.
(() => {
  "use strict";
  const work = document.querySelector("[data-work]");
  const text = work?.querySelector("[data-work-text]");
  if (!work || !text) return;
  const LONGEST = 500; // characters of a passage, as the server has it

  const panel = () => document.getElementById("work-form");
  const form = () => panel().querySelector("[data-work-form]");
  let typed = false;
  let asked = 0;

  // The answer's own form alone; null where it has none, as where the session has ended.
  const ask = async (address, options = {}) => {
    const turn = ++asked;
    panel().setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { ...options, headers: { "X-Work-Part": "form" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.getElementById("work-form");
      return turn === asked ? found : undefined; // an answer that was overtaken is dropped
    } catch {
      return null;
    } finally {
      if (turn === asked) panel().removeAttribute("aria-busy");
    }
  };

  // Django's own widgets, and others that look after fields, wait for this event.
  const wake = (element) => {
    element.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: "work" } }));
  };

  // The library of searches leaves the field of a choice of several without a name.
  const name = () => {
    for (const field of panel().querySelectorAll("select[multiple]")) {
      const search = field.parentElement.querySelector(".select2-search__field");
      const label = form().querySelector(`label[for="${field.id}"]`);
      if (search && label) search.setAttribute("aria-label", label.textContent);
    }
  };

  const show = (found, focus) => {
    panel().replaceWith(document.adoptNode(found));
    wake(panel());
    name();
    (focus && document.getElementById(focus) || document.getElementById("work-heading")).focus({ preventScroll: true });
    if (panel().getBoundingClientRect().top < 0 || panel().getBoundingClientRect().top > innerHeight / 2) panel().scrollIntoView();
    panel().scrollTop = 0;
  };

  const markChosen = (passage) => {
    const [start, end] = passage.split("-").map(Number);
    for (const piece of text.querySelectorAll("[data-start]")) {
      const inside = Number(piece.dataset.start) >= start && Number(piece.dataset.start) < end;
      piece.classList.toggle("work-chosen", inside);
      if (piece.matches("a")) piece.toggleAttribute("aria-current", inside);
    }
  };

  const mayLeave = () => !typed || window.confirm(work.dataset.leave);

  const choose = async (address) => {
    if (!mayLeave()) return;
    const found = await ask(address);
    if (found === undefined) return;
    if (!found) {
      location.assign(address);
      return;
    }
    typed = false;
    history.replaceState(null, "", address);
    markChosen(new URL(address, location.href).searchParams.get("passage") ?? "");
    show(found);
  };

  // A mark.
  text.addEventListener("click", (event) => {
    const mark = event.target.closest("a.work-mark");
    if (!mark || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (!selected()) choose(mark.getAttribute("href"));
  });

  // Any words: places count characters, of which some are two units of a script's text.
  const placeOf = (node, offset) => {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const piece = element.closest("[data-start]");
    if (!piece) return null;
    const range = document.createRange();
    range.setStart(piece, 0);
    range.setEnd(node, offset);
    return Number(piece.dataset.start) + [...range.toString()].length;
  };

  const selected = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
    const start = placeOf(range.startContainer, range.startOffset);
    const end = placeOf(range.endContainer, range.endOffset);
    return start !== null && end !== null && start < end && end - start <= LONGEST ? `${start}-${end}` : null;
  };

  const chooseSelected = () => {
    const passage = selected();
    if (passage) choose(`?passage=${passage}&text=${text.dataset.digest}#work-heading`);
    return passage;
  };
  text.addEventListener("mouseup", () => setTimeout(chooseSelected));
  document.addEventListener("keydown", (event) => {
    // A selection made by keyboard (caret browsing).
    if (event.key === "Enter" && (event.target === document.body || text.contains(event.target)) && chooseSelected()) {
      event.preventDefault();
    }
  });
  document.addEventListener("selectionchange", () => {
    const field = document.getElementById("work-words");
    if (field && selected()) field.value = getSelection().toString().slice(0, LONGEST);
  });

  // Buttons that change the form and save nothing.
  document.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (event.target !== form() || !["_kind", "_restates"].includes(button?.name)) return;
    event.preventDefault();
    const found = await ask(location.pathname, { method: "POST", body: new FormData(form(), button) });
    if (found === undefined) return;
    if (found) show(found, button.id);
    else location.reload();
  });

  // What is stated already, and the names of a new step, follow what is chosen.
  const refresh = async () => {
    const sent = new FormData(form());
    sent.delete("_save");
    sent.set("_kind", sent.get("kind"));
    const found = await ask(location.pathname, { method: "POST", body: sent });
    for (const part of found?.querySelectorAll("[data-work-part]") ?? []) {
      const old = document.getElementById(part.id);
      if (!old || old.contains(document.activeElement)) continue;
      old.replaceWith(document.adoptNode(part));
      wake(document.getElementById(part.id));
    }
    const shown = found?.querySelector("[name='step-shown']");
    const mine = form().querySelector("[name='step-shown']");
    if (shown && mine) mine.value = shown.value;
  };

  // Django tells every choice of a change once when a page opens: what it was before decides.
  const before = new WeakMap();
  const valueOf = (field) => (field.options ? [...field.selectedOptions].map((option) => option.value).join() : field.value);
  const first = (field) => (field.options ? [...field.options].filter((option) => option.defaultSelected).map((option) => option.value).join() : field.defaultValue);
  const isChange = (field) => {
    const last = before.has(field) ? before.get(field) : first(field);
    before.set(field, valueOf(field));
    return last !== valueOf(field);
  };

  const touched = (field) => {
    if (!form()?.contains(field)) return;
    typed = true;
    const row = field.closest(".work-proposed");
    row?.querySelector(".work-tag")?.remove();
    row?.classList.remove("work-proposed");
  };
  document.addEventListener("input", (event) => touched(event.target));
  const changed = (event) => {
    const field = event.target;
    if (!form()?.contains(field) || !field.name || !isChange(field)) return;
    touched(field);
    if (!field.closest("[data-work-part]")) refresh();
  };
  // A choice by search tells of a change in its own library's way only.
  window.django.jQuery(document).on("change", "[data-work-form] select, [data-work-form] input", changed);

  window.django.jQuery(name);
  // Where the text scrolls by itself, the passage is brought into its middle.
  const side = text.parentElement;
  const passage = text.querySelector(".work-chosen");
  if (passage) side.scrollTop += passage.getBoundingClientRect().top - side.getBoundingClientRect().top - side.clientHeight / 2;
})();

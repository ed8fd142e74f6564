// Words of amounts and dates: what they are read as is shown beside them while they are typed.
(() => {
  "use strict";
  const PAUSE = 300;
  const shown = new WeakMap(); // per field, the address that was asked last
  const asking = new WeakMap(); // per field, what calls off the request under way
  let timer = 0;

  const fields = () => [...document.querySelectorAll("input[data-words]")];
  const place = (field) => field.parentElement.querySelector(".words-reading");

  // A row of an inline has its own source; an indicator's page is itself what its rows measure.
  const seenFrom = (field, name) => {
    const row = field.name.slice(0, field.name.lastIndexOf("-") + 1);
    return field.form.elements.namedItem(row + name);
  };
  const address = (field) => {
    const asked = new URLSearchParams({ kind: field.dataset.words, words: field.value.trim() });
    for (const name of ["unit", "indicator", "source", "counted_from"]) {
      const other = seenFrom(field, name);
      if (other) asked.set(name, other.value);
    }
    const measured = field.form.elements.namedItem("unit");
    const own = seenFrom(field, "indicator");
    if (own?.type === "hidden" && measured) asked.set("unit", measured.value);
    return `${field.parentElement.dataset.readWords}?${asked}`;
  };

  const show = async (field) => {
    const asked = address(field);
    if (shown.get(field) === asked) return;
    shown.set(field, asked);
    asking.get(field)?.abort();
    if (!field.value.trim()) {
      place(field).replaceChildren();
      delete place(field).dataset.busy;
      return;
    }
    const stop = new AbortController();
    asking.set(field, stop);
    place(field).dataset.busy = "";
    try {
      const answer = await fetch(asked, { signal: stop.signal, credentials: "same-origin" });
      if (answer.redirected || ![200, 400].includes(answer.status)) throw new Error(answer.status);
      const piece = new DOMParser().parseFromString(await answer.text(), "text/html");
      place(field).replaceChildren(...piece.body.childNodes);
    } catch (error) {
      if (error.name === "AbortError") return;
      shown.delete(field);
      const line = document.createElement("p");
      line.className = "words-refused";
      line.textContent = field.parentElement.dataset.failed;
      place(field).replaceChildren(line);
    }
    delete place(field).dataset.busy;
  };
  const look = () => {
    clearTimeout(timer);
    timer = setTimeout(() => fields().forEach(show), PAUSE);
  };

  // Rows that are added or taken away change their numbers, and Django leaves this attribute as it is.
  const describe = (field) => {
    const help = document.getElementById(`${field.id}_helptext`);
    const ids = [help?.id, place(field).id].filter(Boolean);
    field.setAttribute("aria-describedby", ids.join(" "));
  };
  const start = (field) => {
    if (shown.has(field)) return;
    // What the page came with is shown; a browser may have put back what was typed before.
    if (field.value === field.defaultValue) shown.set(field, address(field));
    else show(field);
  };

  // Bounds that are used are not hidden; in a row of an inline Django folds them.
  const unfold = (field) => {
    const bounds = ["amount_low", "amount_high"].map((name) => seenFrom(field, name));
    const used = bounds.find((bound) => bound?.value);
    const fold = used?.closest("details");
    if (fold) fold.open = true;
  };

  fields().forEach(start);
  fields().forEach(unfold);
  for (const name of ["input", "change", "focusin", "focusout"]) document.addEventListener(name, look);
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches?.("input[data-words]")) describe(target);
  });
  document.addEventListener("formset:added", ({ target }) => {
    target.querySelectorAll("input[data-words]").forEach((field) => {
      describe(field);
      start(field);
    });
  });
  // The search boxes of relations tell their changes by jQuery alone.
  window.django?.jQuery(document).on("change", "select", look);
})();

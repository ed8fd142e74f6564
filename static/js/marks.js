// Marks: a mark opens its statement in place. What is shown is cut out of the statement's own page, to which the
// mark leads without this script, with a key held, or where something fails.
(() => {
  "use strict";
  const MARKS = "a.source-mark, a.timeline-entry, [data-statement] a";
  const STATEMENT = /^\/statements\/[a-z-]+\/\d+\/$/;
  const GAP = 6; // pixels between a mark and what it opens
  const LEAST = 240; // pixels of height, also where there is less room on either side
  const NARROW = window.matchMedia("(max-width: 575px)"); // there the style sheet puts it at the bottom

  const addressOf = (link) => new URL(link.getAttribute("href"), location.href);

  const read = async (address) => {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return { title: page.querySelector("h1"), statement: page.querySelector("[data-statement]") };
  };

  const fill = (popover, { title, statement }, address) => {
    popover.querySelector(".popover-title").textContent = title.textContent;
    popover.querySelector("[data-popover-body]").replaceChildren(document.adoptNode(statement));
    popover.querySelector("[data-popover-page]").href = address;
    popover.scrollTop = 0;
  };

  // Below the mark, or above it where there is more room: never over the mark, nor beyond the sides.
  const place = (popover, mark) => {
    for (const name of ["left", "top", "max-height"]) popover.style.removeProperty(name);
    if (NARROW.matches) return;
    const spot = mark.getBoundingClientRect();
    const below = innerHeight - spot.bottom - 2 * GAP;
    const above = spot.top - 2 * GAP;
    const wanted = popover.getBoundingClientRect();
    const under = wanted.height <= below || below >= above;
    const height = Math.min(wanted.height, Math.max(under ? below : above, LEAST));
    const most = document.documentElement.clientWidth - wanted.width - GAP;
    popover.style.maxHeight = `${height}px`;
    popover.style.left = `${scrollX + Math.max(GAP, Math.min(spot.left, most))}px`;
    popover.style.top = `${scrollY + (under ? spot.bottom + GAP : spot.top - GAP - height)}px`;
  };

  const open = async (popover, mark, address) => {
    mark.setAttribute("aria-busy", "true");
    try {
      fill(popover, await read(address), address.href);
    } catch {
      location.assign(address);
      return;
    } finally {
      mark.removeAttribute("aria-busy");
    }
    if (popover.matches(":popover-open")) {
      popover.focus();
      return;
    }
    // The mark leads the tab order into what it opened; a mark within a picture cannot.
    popover.showPopover(mark instanceof HTMLElement ? { source: mark } : {});
    place(popover, mark);
    popover.focus({ preventScroll: true });
  };

  document.addEventListener("click", (event) => {
    const popover = document.getElementById("statement-popover");
    const link = event.target.closest?.(MARKS);
    if (!link || !popover?.showPopover || event.defaultPrevented || event.button) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const address = addressOf(link);
    if (address.origin !== location.origin || !STATEMENT.test(address.pathname)) return;
    event.preventDefault();
    open(popover, link, address);
  });

  // The mark has the focus again, unless the reader has gone on to something else.
  let opener = null;
  document.addEventListener("beforetoggle", (event) => {
    if (event.target.id === "statement-popover" && event.newState === "open") opener = document.activeElement;
  }, true);
  document.addEventListener("toggle", (event) => {
    const left = event.target.id === "statement-popover" && event.newState === "closed";
    if (left && document.activeElement === document.body) opener?.focus({ preventScroll: true });
  }, true);
})();

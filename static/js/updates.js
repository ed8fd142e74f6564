// Updates in place: what htmx leaves to do. Says how many rows there are now, keeps the focus and
// open filters, and says it in words where no answer came.
(() => {
  "use strict";
  const notice = document.getElementById("no-answer");
  let open = [];
  let focused = "";

  const lost = () => document.activeElement === document.body;
  const resultCount = () => document.getElementById("result-count");

  const noAnswer = (path) => {
    notice.querySelector("a").href = path;
    notice.hidden = false;
  };

  // Forms send their empty fields too; an address that is passed on should not name them.
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    const fields = detail.formData;
    for (const name of new Set(fields.keys())) {
      const values = fields.getAll(name).filter((value) => value !== "");
      fields.delete(name);
      for (const value of values) fields.append(name, value);
    }
  });

  // A part that comes after its page is busy until it is there, or no answer came.
  const busy = (element, is) => {
    if (element.classList.contains("comes-after")) element.setAttribute("aria-busy", is);
  };
  document.addEventListener("htmx:beforeRequest", ({ detail }) => busy(detail.target, true));
  document.addEventListener("htmx:afterRequest", ({ detail }) => busy(detail.target, false));

  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    notice.hidden = !detail.isError;
    const asked = new URL(detail.pathInfo.finalRequestPath, location.href);
    // A redirection answers with another whole page, such as the one to log in.
    if (new URL(detail.xhr.responseURL).pathname !== asked.pathname) {
      detail.shouldSwap = false;
      location.assign(asked);
    }
    if (detail.target.id !== "content") return;
    open = [...detail.target.querySelectorAll("details[open][id]")].map((one) => one.id);
    focused = document.activeElement.id;
  });

  document.addEventListener("htmx:afterSettle", ({ target }) => {
    if (target.id !== "content") return;
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    if (lost() && focused) document.getElementById(focused)?.focus({ preventScroll: true });
    if (lost()) resultCount()?.focus();
    else document.getElementById("announcement").textContent = resultCount()?.textContent ?? "";
  });

  // What stands outside the part that changes and names the address has to follow it.
  const follow = () => {
    const address = new URL(location.href);
    address.searchParams.delete("lang");
    for (const field of document.querySelectorAll('input[name="next"]')) {
      field.value = address.pathname + address.search;
    }
  };
  document.addEventListener("htmx:pushedIntoHistory", follow);
  document.addEventListener("htmx:historyRestore", () => {
    follow();
    if (lost()) resultCount()?.focus({ preventScroll: true });
  });

  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.addEventListener(name, ({ detail }) => noAnswer(detail.pathInfo.finalRequestPath));
  }
  document.addEventListener("htmx:historyCacheMissLoadError", ({ detail }) => noAnswer(detail.path));
  document.addEventListener("htmx:historyCacheMiss", ({ detail }) => {
    detail.xhr.onerror = () => noAnswer(detail.path);
  });

  // With Shift, a link opens a window of its own.
  document.addEventListener(
    "click",
    (event) => {
      if (event.shiftKey && event.target.closest("[hx-boost] a")) event.stopPropagation();
    },
    true,
  );
})();

// The theme: the reader's choice, else the system's. Runs before the page is drawn, so that it never flashes.
(() => {
  "use strict";
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => {
    try {
      const theme = localStorage.getItem("theme");
      return theme === "auto" ? null : theme; // the admin, on the same host, stores that word
    } catch {
      return null; // storage is refused in some private windows
    }
  };
  const apply = () => {
    root.dataset.bsTheme = chosen() ?? (dark.matches ? "dark" : "light");
    document.dispatchEvent(new CustomEvent("themechange"));
  };
  apply();
  dark.addEventListener("change", apply);
  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      button.addEventListener("click", () => {
        try {
          localStorage.setItem("theme", root.dataset.bsTheme === "dark" ? "light" : "dark");
        } catch {
          return;
        }
        apply();
      });
    }
  });
})();

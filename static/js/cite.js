// Cite: copies the citation of a statement. Without this script the text stands there to be marked by hand.
(() => {
  "use strict";
  // Pages on plain http have no clipboard; there the text is marked for the reader's own copying.
  const mark = (text) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (!button) return;
    const text = document.getElementById(button.dataset.copy);
    const done = button.parentElement.querySelector("[data-copied]");
    try {
      await navigator.clipboard.writeText(text.textContent.trim());
      done.textContent = done.dataset.copied;
    } catch {
      mark(text);
      done.textContent = done.dataset.refused;
    }
  });
})();

/** <button data-copy="id" data-done="Copied">: takes the text of an element to the clipboard. */
export function copyTexts(): void {
  document.addEventListener("click", event => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-copy]") : null;
    const text = button && document.getElementById(button.dataset["copy"] ?? "")?.textContent;
    if (!button || !text) return;
    void navigator.clipboard.writeText(text).then(() => {
      const word = button.querySelector("span");
      if (word) word.textContent = button.dataset["done"] ?? "";
      button.setAttribute("aria-live", "polite");
    });
  });
}

const PATIENCE_MS = 1200;

/** g and then a letter goes to a place: the letters are on the links of the sidebar. */
export function goByKeys(): void {
  let since = 0;
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || (event.target instanceof Element && event.target.closest("input, textarea, select, dialog[open]"))) return;
    if (event.key === "g") since = event.timeStamp;
    else if (since > 0 && event.timeStamp - since < PATIENCE_MS) {
      since = 0;
      document.querySelector<HTMLAnchorElement>(`.nav a[data-key="${CSS.escape(event.key)}"]`)?.click();
    }
  });
}

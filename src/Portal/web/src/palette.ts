import { become, fetchPart } from "./html.ts";

const PAUSE_MS = 70;

/** Ctrl-K, ⌘K or /: a dialog over the page that goes anywhere. */
export function openPalette(): void {
  const dialog = document.querySelector<HTMLDialogElement>("dialog[data-island=palette]");
  const input = dialog?.querySelector<HTMLInputElement>("input[type=search]");
  const results = dialog?.querySelector<HTMLElement>(".palette-results");
  if (!dialog || !input || !results) return;
  let asked: AbortController | undefined;
  let waiting = 0;

  const options = (): HTMLElement[] => [...results.querySelectorAll<HTMLElement>("[role=option]")];
  const choose = (index: number): void => {
    const all = options();
    const chosen = all.length === 0 ? -1 : (index + all.length) % all.length;
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    if (chosen < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", all[chosen]?.id ?? "");
      all[chosen]?.scrollIntoView({ block: "nearest" });
    }
  };
  const chosen = (): number => options().findIndex(option => option.getAttribute("aria-selected") === "true");
  const search = async (): Promise<void> => {
    asked?.abort();
    asked = new AbortController();
    const part = await fetchPart(`/find/results?q=${encodeURIComponent(input.value)}`, asked.signal);
    if (!part) return;
    become(results, part.html);
    choose(0);
  };
  const open = (): void => {
    if (dialog.open) return;
    dialog.showModal();
    input.select();
    void search();
  };

  const isMac = navigator.platform.startsWith("Mac");
  for (const sign of document.querySelectorAll(".palette-open kbd")) if (isMac) sign.textContent = "⌘K";
  for (const opener of document.querySelectorAll("[data-palette]")) opener.addEventListener("click", event => {
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", event => {
    const typing = event.target instanceof Element && event.target.closest("input, textarea, select") !== null;
    if ((event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey)) {
      event.preventDefault();
      open();
    }
  });
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void search(), PAUSE_MS);
  });
  input.addEventListener("keydown", event => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(chosen() + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      const option = options()[chosen()];
      if (!(option instanceof HTMLAnchorElement)) return;
      event.preventDefault();
      option.click();
    }
  });
  // A click beside the dialog is a click on the dialog itself.
  dialog.addEventListener("click", event => {
    if (event.target === dialog) dialog.close();
  });
}

const YEAR_SECONDS = 34_560_000;

/** Light or dark without a round trip; the cookie tells the server for the next page. */
export function switchScheme(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-island=scheme]")) form.addEventListener("submit", event => {
    const button = event.submitter;
    if (!(button instanceof HTMLButtonElement) || button.name !== "scheme") return;
    event.preventDefault();
    document.documentElement.dataset["scheme"] = button.value;
    document.cookie = `rialto-scheme=${button.value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
    for (const other of document.querySelectorAll<HTMLButtonElement>("button[name=scheme]")) other.setAttribute("aria-pressed", String(other.value === button.value));
  });
}

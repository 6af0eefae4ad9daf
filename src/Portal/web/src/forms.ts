/** A form is sent once; one that asks first, asks; one that may not be pressed says why by its title and does nothing. */
export function sendOnce(): void {
  document.addEventListener("submit", event => {
    if (event.defaultPrevented || !(event.target instanceof HTMLFormElement) || event.target.method !== "post") return;
    const form = event.target;
    const question = form.dataset["confirm"];
    if (form.dataset["busy"] !== undefined || (question && !confirm(question))) {
      event.preventDefault();
      return;
    }
    form.dataset["busy"] = "";
    event.submitter?.setAttribute("data-busy", "");
  });
  // The page comes back from the browser's memory as it was left.
  addEventListener("pageshow", () => {
    for (const busy of document.querySelectorAll("[data-busy]")) busy.removeAttribute("data-busy");
  });
}

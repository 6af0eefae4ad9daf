/** Menus made of <details> close with Escape and with a click elsewhere. */
export function closeMenus(): void {
  const menus = (): NodeListOf<HTMLDetailsElement> => document.querySelectorAll<HTMLDetailsElement>("details.drawer[open], details[data-island=menu][open]");
  document.addEventListener("click", event => {
    for (const menu of menus()) if (!(event.target instanceof Node && menu.contains(event.target))) menu.open = false;
  });
  document.addEventListener("keydown", event => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
}

// Filters while typing; without it the same form asks the server.
const box = document.getElementById("q"), told = document.getElementById("told"), none = document.getElementById("none");
const all = [...document.querySelectorAll("details[data-words]")], groups = [...document.querySelectorAll("section[data-module]")];
const links = new Map([...document.querySelectorAll("nav.modules a")].map(link => [link.hash.slice(1), link]));
function filter() {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const one of all) {
    one.hidden = !words.every(word => one.dataset.words.includes(word));
    if (!one.hidden) shown++;
  }
  for (const group of groups) {
    group.hidden = !group.querySelector("details[data-words]:not([hidden])");
    links.get(group.id)?.classList.toggle("soft", group.hidden);
  }
  none.hidden = shown > 0;
  told.value = `${shown} / ${all.length}`;
}
function open() {
  const one = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (one instanceof HTMLDetailsElement) { one.hidden = false; one.open = true; }
}
box.form.addEventListener("submit", event => { event.preventDefault(); filter(); });
box.addEventListener("input", filter);
addEventListener("hashchange", open);
addEventListener("keydown", event => {
  if (event.key === "/" && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) { event.preventDefault(); box.focus(); box.select(); }
  if (event.key === "Escape" && document.activeElement === box) { box.value = ""; filter(); }
});
filter();
open();

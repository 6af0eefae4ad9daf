// HTML of our own server, and the one place where it becomes elements.

interface TrustedHtmlPolicy { createHTML(html: string): string }
const policy: TrustedHtmlPolicy =
  (globalThis as { trustedTypes?: { createPolicy(name: string, rules: TrustedHtmlPolicy): TrustedHtmlPolicy } })
    .trustedTypes?.createPolicy("rialto", { createHTML: html => html }) ?? { createHTML: html => html };

export interface Part { html: DocumentFragment; isLast: boolean; movedTo: string | null }

/** Asks the server for a part of a page; null when it cannot be had now. */
export async function fetchPart(address: string, signal?: AbortSignal): Promise<Part | null> {
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: signal ?? null });
    if (!answer.ok) return null;
    const template = document.createElement("template");
    template.innerHTML = policy.createHTML(await answer.text());
    return { html: template.content, isLast: answer.headers.get("Rialto-Last") === "true", movedTo: answer.redirected ? answer.url : null };
  } catch {
    return null;
  }
}

/** Makes the children of `there` what `wanted` has, touching only what is different: focus, scrolling and opened details stay. */
export function become(there: ParentNode & Node, wanted: ParentNode & Node): void {
  const now = [...there.childNodes];
  const next = [...wanted.childNodes];
  next.forEach((node, index) => {
    const old = now[index];
    if (!old) there.appendChild(node);
    else if (old instanceof Element && node instanceof Element && old.tagName === node.tagName && old.id === node.id) {
      if (old.isEqualNode(node)) return;
      sameAttributes(old, node);
      become(old, node);
    } else if (old.nodeType === Node.TEXT_NODE && node.nodeType === Node.TEXT_NODE) {
      if (old.nodeValue !== node.nodeValue) old.nodeValue = node.nodeValue;
    } else there.replaceChild(node, old);
  });
  for (const left of now.slice(next.length)) left.remove();
}

function sameAttributes(old: Element, wanted: Element): void {
  for (const name of old.getAttributeNames()) if (!wanted.hasAttribute(name) && name !== "open") old.removeAttribute(name);
  for (const name of wanted.getAttributeNames()) if (old.getAttribute(name) !== wanted.getAttribute(name)) old.setAttribute(name, wanted.getAttribute(name) ?? "");
}

import { become, fetchPart } from "./html.ts";

const LONGEST_PAUSE_MS = 30_000;

/** Parts of a page that change by themselves: <div data-live="/builds/…/live" data-every="700">. They rest while nobody looks. */
export function keepFresh(): void {
  for (const part of document.querySelectorAll<HTMLElement>("[data-live]")) void follow(part);
}

async function follow(part: HTMLElement): Promise<void> {
  const address = part.dataset["live"] ?? "";
  const every = Number(part.dataset["every"] ?? 2000);
  let pause = every;
  while (part.isConnected) {
    await visible();
    await new Promise(done => setTimeout(done, pause));
    const fresh = await fetchPart(address);
    if (!fresh) {
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      continue;
    }
    pause = every;
    if (fresh.movedTo && new URL(fresh.movedTo).pathname !== address) {
      location.replace(fresh.movedTo);
      return;
    }
    // A whole page was asked for: its own part of the same name is taken out of it.
    const inside = fresh.html.querySelector(`[data-live="${CSS.escape(address)}"]`);
    become(part, inside ?? fresh.html);
    if (fresh.isLast) return;
  }
}

function visible(): Promise<void> {
  if (!document.hidden) return Promise.resolve();
  return new Promise(done => document.addEventListener("visibilitychange", () => done(), { once: true }));
}

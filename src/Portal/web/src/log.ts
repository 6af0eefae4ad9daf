import { fetchPart } from "./html.ts";

const PAUSE_MS = 700;

/** Logs that grow: lines are asked for from the last one on, and the end stays in view while it is in view. */
export function followLogs(): void {
  for (const log of document.querySelectorAll<HTMLElement>("[data-log]")) void follow(log);
}

async function follow(log: HTMLElement): Promise<void> {
  const frame = log.parentElement;
  let after = Number(log.dataset["after"] ?? 0);
  if (frame) frame.scrollTop = frame.scrollHeight;
  for (;;) {
    await new Promise(done => setTimeout(done, PAUSE_MS));
    const fresh = await fetchPart(`${log.dataset["log"]}?after=${after}`);
    if (!fresh) continue;
    const lines = fresh.html.querySelectorAll<HTMLElement>("[data-number]");
    after = Number(lines[lines.length - 1]?.dataset["number"] ?? after);
    const atEnd = frame !== null && frame.scrollHeight - frame.scrollTop - frame.clientHeight < 40;
    log.append(fresh.html);
    if (frame && atEnd) frame.scrollTop = frame.scrollHeight;
    if (fresh.isLast) return;
  }
}

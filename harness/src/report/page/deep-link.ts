/**
 * The address `#environment=<log stream>` opens the page at an environment. Choosing an environment changes the address, so that the
 * address can be sent to a colleague. This adds no entry to the browser's history.
 */
import type { Lane } from "../picture/marks.ts";
import { element } from "./element.ts";
import type { PicturePanel } from "./picture-panel.ts";

const KEY = "#environment=";

export function environmentLink(logStream: string): string {
  return `${KEY}${encodeURIComponent(logStream)}`;
}

export function installDeepLinks(panels: readonly PicturePanel[]): void {
  const notice = element("p", { class: "warning", attributes: { role: "status" } });
  notice.hidden = true;
  document.querySelector(".masthead")?.append(notice);
  const follow = (): void => {
    const wanted = environmentIn(location.hash);
    notice.hidden = true;
    if (wanted === null) return;
    for (const panel of panels) {
      const lane = panel.picture.lanes.find(({ environment }) => environment.id === wanted);
      if (lane === undefined) continue;
      panel.goTo(lane);
      panel.parts.stage.scrollIntoView({ block: "center" });
      panel.parts.stage.focus({ preventScroll: true });
      return;
    }
    notice.textContent = `The address asks for environment ${wanted}, which no picture of this report shows.`;
    notice.hidden = false;
  };
  for (const panel of panels) panel.onChoice(() => write(chosenLane(panel)));
  addEventListener("hashchange", follow);
  // A link that is followed for the second time does not change the address, so there is no `hashchange` event.
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest(`a[href^="${KEY}"]`) : null;
    if (link?.getAttribute("href") === location.hash) follow();
  });
  follow();
}

/** An address that was typed by hand, without escapes, is accepted, too. */
function environmentIn(hash: string): string | null {
  if (!hash.startsWith(KEY)) return null;
  const text = hash.slice(KEY.length);
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function chosenLane({ choice, picture }: PicturePanel): Lane | null {
  if (choice.window !== null || choice.lanes?.size !== 1) return null;
  const [only] = choice.lanes;
  return picture.lanes.find(({ index }) => index === only) ?? null;
}

function write(lane: Lane | null): void {
  if (lane === null && !location.hash.startsWith(KEY)) return;
  history.replaceState(
    null,
    "",
    lane === null ? `${location.pathname}${location.search}` : environmentLink(lane.environment.id),
  );
}

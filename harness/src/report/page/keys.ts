export interface KeyActions {
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly left: () => void;
  readonly right: () => void;
  readonly whole: () => void;
  readonly laneUp: () => void;
  readonly laneDown: () => void;
  readonly previousMark: () => void;
  readonly nextMark: () => void;
  readonly closer: () => void;
  readonly clear: () => void;
  readonly nextWindow: () => void;
}

export const KEY_HELP = [
  ["+ −", "zoom"],
  ["← →", "move in time"],
  ["0", "the whole run"],
  ["H", "next harm window"],
  ["↑ ↓", "choose a lane"],
  ["Shift ← →", "step through the lane"],
  ["Enter", "zoom to the choice"],
  ["Esc", "clear the choice"],
] as const;

const ACTIONS: Readonly<Record<string, keyof KeyActions>> = {
  "+": "zoomIn",
  "=": "zoomIn",
  "-": "zoomOut",
  _: "zoomOut",
  "0": "whole",
  Home: "whole",
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "laneUp",
  ArrowDown: "laneDown",
  "Shift+ArrowLeft": "previousMark",
  "Shift+ArrowRight": "nextMark",
  Enter: "closer",
  Escape: "clear",
  h: "nextWindow",
  H: "nextWindow",
};

/** While a button inside the picture has the focus, Enter and Space act on that button. */
export function installKeys(stage: HTMLElement, actions: KeyActions): void {
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target !== stage && (event.key === "Enter" || event.key === " ")) return;
    const name = ACTIONS[event.shiftKey && event.key.startsWith("Arrow") ? `Shift+${event.key}` : event.key];
    if (name === undefined) return;
    event.preventDefault();
    actions[name]();
  });
}

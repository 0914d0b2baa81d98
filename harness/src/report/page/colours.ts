/** The colours of a picture come from the style sheet, which has a light, a dark and a print scheme. */
const NAMES = [
  "surface",
  "plot",
  "line",
  "grid",
  "text",
  "muted",
  "init",
  "ok",
  "failed",
  "unknown",
  "frozen",
  "shutdown",
  "silent",
  "window",
  "window-edge",
  "focus",
  "on-hold",
  "hold-0",
  "hold-1",
  "hold-2",
  "hold-3",
  "hold-4",
  "hold-5",
] as const;

export type Colours = Readonly<Record<(typeof NAMES)[number], string>>;

export function coloursOf(node: Element): Colours {
  const style = getComputedStyle(node);
  return Object.fromEntries(
    NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]),
  ) as Colours;
}

/** Neighbouring lanes have different colours. Lanes with the same colour are distinguished by their numbers. */
export function holdColour(colours: Colours, lane: number): string {
  return colours[HOLDS[lane % HOLDS.length] ?? "hold-0"];
}

const HOLDS = ["hold-0", "hold-1", "hold-2", "hold-3", "hold-4", "hold-5"] as const;

export const HOLD_COLOURS = HOLDS.length;

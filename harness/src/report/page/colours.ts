/** The colours of a picture, read from the style sheet, so that the light scheme, the dark scheme and print are defined in one place. */
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

/**
 * Returns the colour of a lane's connections. Neighbouring lanes have different colours. Lanes with the same colour are distinguished by their
 * numbers.
 */
export function holdColour(colours: Colours, lane: number): string {
  return colours[HOLDS[lane % HOLDS.length] ?? "hold-0"];
}

const HOLDS = ["hold-0", "hold-1", "hold-2", "hold-3", "hold-4", "hold-5"] as const;

export const HOLD_COLOURS = HOLDS.length;

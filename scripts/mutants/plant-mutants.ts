/**
 * Plants mutants into the text of a source file, all at once. Each replaced expression asks `longrunMutant(NUMBER)` whether this mutant is
 * the one that is tried now. So the tests are bundled and loaded once, and not once for each mutant.
 */
import type { NumberedMutant } from "./mutant.ts";

export function plantMutants(text: string, mutants: readonly NumberedMutant[]): string {
  return plant(text, 0, text.length, mutants);
}

/** Returns the text from `start` to `end` with these mutants, which are all inside. */
function plant(text: string, start: number, end: number, mutants: readonly NumberedMutant[]): string {
  let planted = "";
  let at = start;
  // An outer expression comes before the expressions inside it.
  let rest = [...mutants].sort((a, b) => (a.start === b.start ? b.end - a.end : a.start - b.start));
  for (let [first] = rest; first !== undefined; [first] = rest) {
    const { start: from, end: to } = first;
    const here = rest.filter((one) => one.start === from && one.end === to);
    const inside = rest.filter((one) => !here.includes(one) && one.end <= to);
    rest = rest.filter((one) => !here.includes(one) && !inside.includes(one));
    const whole = plant(text, from, to, inside);
    const choices = here.map(({ number, becomes }) => `longrunMutant(${number}) ? (${becomes}) : `);
    planted += `${text.slice(at, from)}(${choices.join("")}(${whole}))`;
    at = to;
  }
  return planted + text.slice(at, end);
}

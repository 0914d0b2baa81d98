/** The one time limit of an environment's current phase: the Init limit or the function time-out. */
export class PhaseDeadline {
  readonly #passed: () => void;
  #timer: NodeJS.Timeout | null = null;

  constructor(passed: () => void) {
    this.#passed = passed;
  }

  arm(limitMs: number): void {
    this.disarm();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#passed();
    }, limitMs);
  }

  disarm(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

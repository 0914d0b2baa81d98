/** Wakes all waiters at the next change. Each waiter then checks its own condition again. */
export class ChangeSignal {
  readonly #waiting = new Set<() => void>();

  next(): Promise<void> {
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  changed(): void {
    const all = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of all) wake();
  }
}

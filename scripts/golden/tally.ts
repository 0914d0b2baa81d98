import { differenceLine, type ResultDifference } from "./differences.ts";

export interface JudgedItem {
  readonly name: string;
  readonly kind: string;
  readonly differences: readonly ResultDifference[];
}

export class GoldenTally {
  readonly #items: JudgedItem[] = [];

  add(item: JudgedItem): void {
    this.#items.push(item);
  }

  get equal(): boolean {
    return this.#items.every(({ differences }) => differences.length === 0);
  }

  /** Returns a row for each kind of evidence, and then the differences, at most `shownMax` for each item. */
  report(shownMax: number): readonly string[] {
    const kinds = [...new Set(this.#items.map(({ kind }) => kind))];
    const width = Math.max(...kinds.map((kind) => kind.length));
    return [...kinds.map((kind) => this.#row(kind, width)), ...this.#differences(shownMax)];
  }

  #row(kind: string, width: number): string {
    const items = this.#items.filter((item) => item.kind === kind);
    const differing = items.filter(({ differences }) => differences.length > 0).length;
    const outcome = differing === 0 ? "all equal" : `${differing} DIFFER`;
    return `  ${kind.padEnd(width)}  ${String(items.length).padStart(4)} judged  ${outcome}`;
  }

  #differences(shownMax: number): readonly string[] {
    return this.#items
      .filter(({ differences }) => differences.length > 0)
      .flatMap(({ name, kind, differences }) => [
        "",
        `${name} (${kind})`,
        ...differences.slice(0, shownMax).map((one) => `  ${differenceLine(one)}`),
        ...(differences.length > shownMax ? [`  and ${differences.length - shownMax} more`] : []),
      ]);
  }
}

/** A set of usually only one or two texts. There is one set for each log stream, so a short set is a list, which needs less memory. */
const LIST_MAX = 8;

export class FewTexts {
  #texts: string[] | Set<string> | null;

  constructor(texts: readonly string[] = []) {
    this.#texts = texts.length === 0 ? null : texts.length <= LIST_MAX ? [...texts] : new Set(texts);
  }

  get all(): readonly string[] {
    return [...(this.#texts ?? [])];
  }

  /** Returns whether the text is new. */
  add(text: string): boolean {
    const texts = this.#texts;
    if (texts === null) this.#texts = [text];
    else if (texts instanceof Set) {
      if (texts.has(text)) return false;
      texts.add(text);
    } else if (texts.includes(text)) return false;
    else this.#texts = texts.length < LIST_MAX ? texts.concat(text) : new Set(texts).add(text);
    return true;
  }

  clear(): void {
    this.#texts = null;
  }
}

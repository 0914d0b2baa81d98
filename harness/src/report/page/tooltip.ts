/** The card next to the pointer that describes a mark. The page has only one such card. */
import type { Description } from "../picture/describe-mark.ts";
import { element } from "./element.ts";

const GAP = 14;

export class Tooltip {
  readonly #card = element("div", { class: "tooltip", attributes: { role: "tooltip", id: "tooltip" } });

  constructor() {
    this.#card.hidden = true;
    document.body.append(this.#card);
  }

  show({ title, tone, facts }: Description, at: { readonly x: number; readonly y: number }): void {
    const list = element("dl", {
      children: facts.map(({ label, value }) =>
        element("div", { children: [element("dt", { text: label }), element("dd", { text: value })] }),
      ),
    });
    this.#card.replaceChildren(element("strong", { text: title, class: `tone-${tone}` }), list);
    this.#card.hidden = false;
    const { width, height } = this.#card.getBoundingClientRect();
    const x = at.x + GAP + width > innerWidth - 8 ? at.x - GAP - width : at.x + GAP;
    const y = at.y + GAP + height > innerHeight - 8 ? at.y - GAP - height : at.y + GAP;
    this.#card.style.left = `${Math.max(8, Math.min(innerWidth - width - 8, x))}px`;
    this.#card.style.top = `${Math.max(8, y)}px`;
  }

  hide(): void {
    this.#card.hidden = true;
  }
}

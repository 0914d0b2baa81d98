/** Creates an element. Markup in texts and attributes is never parsed. */
export interface ElementOptions {
  readonly class?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly children?: readonly (Node | string)[];
}

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  options: ElementOptions = {},
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  if (options.class !== undefined) node.className = options.class;
  for (const [name, value] of Object.entries(options.attributes ?? {})) node.setAttribute(name, value);
  if (options.text !== undefined) node.textContent = options.text;
  if (options.children !== undefined) node.append(...options.children);
  return node;
}

export interface ButtonOptions {
  readonly label: string;
  /** For screen readers and the tooltip, if the label is only a sign. */
  readonly name?: string;
  readonly class?: string;
  readonly onClick: () => void;
}

export function button({ label, name, class: className, onClick }: ButtonOptions): HTMLButtonElement {
  const attributes: Record<string, string> = { type: "button" };
  if (name !== undefined) {
    attributes["aria-label"] = name;
    attributes["title"] = name;
  }
  const node = element("button", {
    text: label,
    attributes,
    ...(className === undefined ? {} : { class: className }),
  });
  node.addEventListener("click", onClick);
  return node;
}

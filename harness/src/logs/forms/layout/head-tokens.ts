/** The parts of a line's head that every tool writes alike: times, log streams and log groups. */

export type TokenKind = "time" | "stream" | "group" | "gap" | "word";
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

export const TOKEN_PATTERNS = {
  time: String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?(?![\d:])`,
  stream: String.raw`\d{4}/\d\d/\d\d/[\w$.-]{0,160}\[[\w$.-]{1,140}\]\[?[0-9a-f]{32}\]?(?:-\d{12}-[a-z]{2}(?:-[a-z]+){1,3}-\d+)?`,
  group: String.raw`/aws/lambda/[\w/-]{1,150}`,
  gap: String.raw`[\t ]+`,
} as const;

const TOKENS = new RegExp(
  Object.entries(TOKEN_PATTERNS)
    .map(([kind, pattern]) => `(?<${kind}>${pattern})`)
    .join("|"),
  "g",
);

export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let from = 0;
  const word = (to: number): void => {
    if (to > from) tokens.push({ kind: "word", text: text.slice(from, to) });
  };
  for (const { 0: whole, index, groups } of text.matchAll(TOKENS)) {
    word(index);
    const kind = (Object.keys(TOKEN_PATTERNS) as TokenKind[]).find((one) => groups?.[one] !== undefined);
    tokens.push({ kind: kind ?? "word", text: whole });
    from = index + whole.length;
  }
  word(text.length);
  return tokens;
}

/**
 * A lint rule for sentences: phrases in comments and texts that a busy reader has to read twice, each with what to write instead. The list
 * has only phrases that were found in this code more than once.
 */
const PHRASES = [
  [/\bnobody's\b/i, "say what is the case: unattributed, unused, not measured"],
  [/\bstands in\b(?! the way)/i, "write `is in`, or `replaces` for what takes the place of something"],
  [/\bwhose word\b/i, "say which source decides"],
  [/\b(?:told by|(?:is|are|be) told\b(?! apart))/i, "write `known from`, `reported`, `shown` or `decided`"],
  [/(?<![-\w])untold\b/i, "write `unknown` or `not shown`"],
  [/\bheart\b/i, "name the thing that runs"],
  [/\bnull: fine\b|\belse why\b/i, "write a whole sentence: `Returns null if …, else the reason why …`"],
  [/\bof before\b/i, "write `earlier`, or name the version or the run"],
  [/\bwhat nobody\b/i, "name the thing, then say that it is not read, not asked for, not known"],
  [/\bfor nothing\b/i, "write `without effect`, or name what is missing"],
  [/\bwhat became of\b/i, "write `the outcome of`, `the result of` or `how … ended`"],
  [/\bmid-invocation\b/i, "write `during the invocation`"],
  [/\bat hand\b/i, "write `installed`, `found` or `available`"],
  [/\bstarted anew\b/i, "write `restarted`"],
  [/\bin AWS's words\b/i, "write `with AWS's error message`"],
];

/** Returns each phrase that the text contains, as it is written at its first place, and what to write instead. */
export function phrasesIn(text) {
  const parts = text.split("\n").map((part) => part.trim().replace(/^(?:\*|\/\/)\s*/, ""));
  const line = parts.join(" ");
  return PHRASES.flatMap(([pattern, instead]) => {
    const phrase = pattern.exec(line)?.[0];
    return phrase === undefined ? [] : [{ phrase, instead }];
  });
}

/**
 * For each kind of node, a function that returns the text to check. Regular expressions and names of imported modules are not checked,
 * because they are no sentences.
 */
const TEXTS = {
  Literal: ({ value, parent }) =>
    typeof value === "string" && !/^(?:Im|Ex)port/.test(parent.type) ? value : "",
  TemplateElement: ({ value }) => value.raw,
};

const rule = {
  meta: { type: "suggestion", schema: [], messages: { phrase: '"{{phrase}}": {{instead}}.' } },
  create(context) {
    const look = (node, text) => {
      for (const data of phrasesIn(text)) context.report({ loc: node.loc, messageId: "phrase", data });
    };
    return {
      Program: () => context.sourceCode.getAllComments().forEach((comment) => look(comment, comment.value)),
      ...Object.fromEntries(
        Object.entries(TEXTS).map(([type, of]) => [type, (node) => look(node, of(node))]),
      ),
    };
  },
};

export const plainEnglish = { rules: { phrases: rule } };

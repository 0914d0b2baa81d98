/** The types of plain-english.mjs, for the test that looks for the same phrases in Markdown. */
export interface PhraseFound {
  readonly phrase: string;
  readonly instead: string;
}

export declare function phrasesIn(text: string): readonly PhraseFound[];

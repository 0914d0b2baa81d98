// Style that a machine can check is checked here, each rule with a sentence that says what to do instead.
import regexp from "eslint-plugin-regexp";
import tseslint from "typescript-eslint";
import { plainEnglish } from "./scripts/lint/plain-english.mjs";

/** These rules forbid the current time and random values. In the folders to which they apply, code gets both as parameters. */
const clockRules = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: "Time is a parameter: take a Clock (run/ports/clock.ts) or an EpochMs.",
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: "Time is a parameter: take a Clock (run/ports/clock.ts) or an EpochMs.",
  },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: "Random values come from a seed: draw them in platform/ or take the value as a parameter.",
  },
];
/** Hold in every file. */
const checkedRules = [
  {
    // With a double assertion a value can get any type, and the compiler no longer checks it.
    selector: "TSAsExpression > TSAsExpression > TSUnknownKeyword",
    message:
      "`as unknown as` claims a type that nothing has checked: write a function that looks at the members and answers with the value or null, as adapters/run-directory/run-records.ts does.",
  },
  {
    selector:
      ":matches(PropertyDefinition, MethodDefinition[kind!='constructor'], TSParameterProperty)[accessibility='private']",
    message:
      "Private members have one style: write #name, which is private also while the program runs. Only a constructor needs the word.",
  },
];
/** Sentences are for people. Code reads codes, parameters, statuses and counts instead. */
const sentenceRules = [
  {
    selector:
      "CallExpression[callee.object.property.name='text'][callee.property.name=/^(includes|indexOf|search|match|matchAll|startsWith|endsWith|replace|replaceAll|split)$/]",
    message: "Code must not search a sentence: read the code and its parameters (result/findings).",
  },
  {
    selector:
      "BinaryExpression[operator=/^[!=]==?$/]:not([right.type='Identifier'][right.name='undefined']) > MemberExpression[property.name='text']",
    message: "Code must not compare sentences: read the code and its parameters (result/findings).",
  },
];
/** A pattern that is made while the program runs cannot be checked here, and could be made from somebody else's text. */
const patternRules = [
  {
    selector: ":function NewExpression[callee.name='RegExp']",
    message:
      "Make a pattern from constants at the top of the file: harness/test/growth/patterns.test.ts checks all of those. Search a text that is known only later with includes, indexOf or a Set.",
  },
];
/** A run directory may be from a stranger, and a flag can name a folder, a pipe or a file without an end. */
const openingRules = ["node:fs", "node:fs/promises"].map((name) => ({
  name,
  importNames: ["open", "openSync", "openAsBlob", "readFile", "readFileSync", "createReadStream"],
  message:
    "Files of a run directory are opened by adapters/run-directory/run-files.ts, and files that the user named by adapters/node/read-given-file.ts or adapters/log-formats/log-source-bytes.ts.",
}));
const chaiRules = [
  {
    selector:
      "ExpressionStatement > MemberExpression[property.name=/^(true|false|null|undefined|empty|ok|exist)$/]",
    message:
      "A check must be a call, because a property without its check (a wrong name) looks the same and checks nothing: write .to.equal(true) or .to.have.lengthOf(0).",
  },
  {
    selector:
      "CallExpression[callee.object.name=/^(it|describe|context)$/][callee.property.name=/^(only|skip)$/]",
    message: "No .only and no .skip on main.",
  },
];

export default tseslint.config(
  { ignores: ["dist/**", "node_modules/**", "runs/**", "**/target/**"] },
  ...tseslint.configs.recommendedTypeChecked.map((config) => ({ ...config, files: ["**/*.ts"] })),
  {
    files: ["**/*.ts"],
    languageOptions: { parserOptions: { project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/strict-boolean-expressions": [
        "error",
        { allowString: false, allowNumber: false, allowNullableObject: false },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "max-lines": ["error", { max: 260, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 80, skipBlankLines: true, skipComments: true }],
      eqeqeq: ["error", "always", { null: "ignore" }],
      // An interface may return a promise although one of its implementations has the value immediately.
      "@typescript-eslint/require-await": "off",
      "no-console": "error",
    },
  },
  {
    files: ["**/*.ts"],
    rules: { "no-restricted-syntax": ["error", ...checkedRules] },
  },
  {
    // Every pattern needs time in proportion to the length of the text, also of a text that somebody made for it. Patterns that are
    // put together from several constants are checked by harness/test/growth/patterns.test.ts.
    files: ["{functions,harness}/{src,bin,bench}/**/*.{ts,mjs}", "scripts/**/*.{ts,mjs}"],
    plugins: { regexp },
    rules: {
      "regexp/no-super-linear-backtracking": ["error", { report: "potential" }],
      "regexp/no-super-linear-move": ["error", { report: "potential", ignorePartial: false }],
    },
  },
  {
    files: ["{functions,harness}/src/**/*.ts"],
    rules: { "no-restricted-syntax": ["error", ...checkedRules, ...patternRules] },
  },
  {
    files: ["harness/src/**/*.ts"],
    ignores: ["harness/src/adapters/**", "harness/src/engine/clients/**", "harness/src/report/page/**"],
    rules: { "no-restricted-syntax": ["error", ...checkedRules, ...patternRules, ...clockRules] },
  },
  {
    // The client becomes one CommonJS file, in which a module that a function requires is loaded only when it is needed.
    files: ["harness/src/engine/clients/node/*.ts"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  {
    files: ["harness/src/{analysis,cli,explore,library,record,report,result,run,words}/**/*.ts"],
    ignores: ["harness/src/report/page/**"],
    rules: {
      "no-restricted-syntax": ["error", ...checkedRules, ...patternRules, ...clockRules, ...sentenceRules],
    },
  },
  {
    files: ["harness/src/report/page/**/*.ts"],
    rules: { "no-restricted-syntax": ["error", ...checkedRules, ...patternRules, ...sentenceRules] },
  },
  {
    files: ["harness/src/**/*.ts"],
    ignores: ["harness/src/cli/**", "harness/src/adapters/**", "harness/src/engine/**"],
    rules: {
      "no-restricted-globals": [
        "error",
        {
          name: "process",
          message: "Only a Machine (cli/machine.ts) uses the process: take what you need as a parameter.",
        },
      ],
    },
  },
  {
    files: ["harness/src/{adapters/run-directory,cli,explore,library}/**/*.ts"],
    // run-files.ts opens files for reading; the others open them only for writing.
    ignores: [
      "harness/src/adapters/run-directory/{run-files,append-file,flush-folder,write-and-rename,file-run-store}.ts",
    ],
    rules: { "no-restricted-imports": ["error", { paths: openingRules }] },
  },
  {
    files: ["**/test/**/*.ts", "harness/bench/**/*.ts"],
    rules: {
      "max-lines-per-function": "off",
      "max-lines": ["error", { max: 500, skipBlankLines: true, skipComments: true }],
      "no-restricted-syntax": ["error", ...checkedRules, ...sentenceRules, ...chaiRules],
      "@typescript-eslint/no-unused-expressions": "error",
    },
  },
  {
    files: ["harness/{src,bin,bench,test}/**/*.ts", "{functions,scripts}/**/*.ts"],
    plugins: { "plain-english": plainEnglish },
    rules: { "plain-english/phrases": "error" },
  },
);

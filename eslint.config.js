import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  { ignores: ["**/dist/**", "**/coverage/**", "**/.turbo/**"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.mjs", "**/*.js"],
    extends: [js.configs.recommended],
    languageOptions: {
      globals: {
        AbortSignal: "readonly",
        console: "readonly",
        process: "readonly",
        URL: "readonly",
        Buffer: "readonly",
        fetch: "readonly",
        setTimeout: "readonly",
        clearTimeout: "readonly",
        TextDecoder: "readonly",
        TextEncoder: "readonly",
      },
    },
  },
  {
    files: ["**/*.ts"],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/method-signature-style": ["error", "property"],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/explicit-module-boundary-types": "error",
      // Every control character is spelled out here on purpose: cleaning them is the job of this repository.
      "no-control-regex": "off",
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["**/*/src/*"], message: "import the package by name" }] },
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "named exports only" },
        { selector: "TSEnumDeclaration", message: "a union of string literals instead" },
        { selector: "ExportAllDeclaration", message: "explicit re-exports only" },
      ],
    },
  },
  // What tests share stands beside src. The floors keep it within the package.
  { files: ["packages/*/test/**/*.ts"], rules: { "no-restricted-imports": "off" } },
  { files: ["*.config.ts"], rules: { "no-restricted-syntax": "off" } },
);

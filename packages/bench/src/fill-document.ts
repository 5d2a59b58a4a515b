import { type Figures } from "./figures.ts";
import { judgeTargets } from "./judge-targets.ts";
import { toMarkdown } from "./report.ts";

/**
 * Puts the tables of `figures` into a document: `what` is `targets` or `tables`, between the comments
 * `<!-- targets 20 -->` and `<!-- end -->`, where 20 is the major version of Node.js. Throws when the comments are not there.
 */
export function fillDocument(text: string, what: "targets" | "tables", figures: Figures): string {
  const begin = `<!-- ${what} ${figures.node.split(".")[0] ?? ""} -->`;
  const start = text.indexOf(begin);
  const end = text.indexOf("<!-- end -->", start);
  if (start === -1 || end === -1) throw new Error(`there is no ${begin} with an end`);
  const machine = `Node ${figures.node}, ${figures.cores} cores, ${figures.memoryGiB} GiB, Linux.`;
  const tables = what === "targets" ? withoutTitle(toMarkdown(judgeTargets(figures))) : allTables(figures);
  return `${text.slice(0, start + begin.length)}\n\n${machine}\n\n${tables}\n${text.slice(end)}`;
}

function allTables({ reports }: Figures): string {
  return reports.map((report) => toMarkdown(report).replace("### ", "#### ")).join("\n");
}

function withoutTitle(markdown: string): string {
  return markdown.slice(markdown.indexOf("|"));
}

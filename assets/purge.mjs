// Leaves out of GOV.UK Frontend's styles what no page uses: `used.txt` lists the classes that templates and code name
// (a test holds it to them); one that ends in a hyphen stands for every class that begins so. Ours are all kept.
import { readFileSync, writeFileSync } from "node:fs";
import { PurgeCSS } from "purgecss";

const path = "static/built/site.css";
const used = readFileSync("assets/used.txt", "utf8").trim().split("\n");
const begun = used.filter((name) => name.endsWith("-")).map((name) => new RegExp(`^${name}`));
const [{ css }] = await new PurgeCSS().purge({
  content: [{ raw: used.join(" "), extension: "txt" }, "static/built/site.js", "templates/**/*.html"],
  css: [path],
  defaultExtractor: (text) => text.match(/[\w!:/-]+/g) ?? [],
  safelist: { greedy: [/^app-/, ...begun] },
});
writeFileSync(path, css);

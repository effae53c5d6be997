// What the site shows as it stands: drawings, and the font (SIL Open Font License, its text beside it).
import { copyFileSync, readdirSync } from "node:fs";

const built = "static/built/";
const font = "node_modules/@fontsource-variable/atkinson-hyperlegible-next/";
copyFileSync("assets/mark.svg", built + "mark.svg");
for (const name of readdirSync("assets/drawings")) copyFileSync(`assets/drawings/${name}`, built + name);
copyFileSync(font + "files/atkinson-hyperlegible-next-latin-wght-normal.woff2", built + "atkinson.woff2");
copyFileSync(font + "LICENSE", built + "atkinson-licence.txt");

// Builds the look: one stylesheet, one script, five font files. Run by `./run`, never by hand.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { compile } from "sass";

const out = "alongside/ui/static/build";
const fonts = "node_modules/@fontsource-variable/atkinson-hyperlegible-next/files";
const withoutMap = (text) => text.replace(/\n?\/\/# sourceMappingURL=.*$/m, "");

rmSync(out, { recursive: true, force: true });
mkdirSync(`${out}/fonts`, { recursive: true });

const { css } = compile("assets/house.scss", {
  loadPaths: ["node_modules"],
  quietDeps: true,
  style: "compressed",
});
writeFileSync(`${out}/house.css`, css);

const script = readFileSync("node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js", "utf8");
writeFileSync(`${out}/govuk-frontend.js`, withoutMap(script));

for (const letters of ["latin", "latin-ext"])
  for (const slope of ["normal", "italic"])
    cpSync(`${fonts}/atkinson-hyperlegible-next-${letters}-wght-${slope}.woff2`, `${out}/fonts/${letters}-${slope}.woff2`);

// For papers: emoji in somebody's words are printed as well.
mkdirSync(`${out}/paper`, { recursive: true });
cpSync("node_modules/@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf", `${out}/paper/NotoEmoji.ttf`);

// htmx and its gate: no hx- attribute works that does not carry the page's own nonce.
for (const file of ["htmx.min.js", "ext/hx-csp.min.js"])
  writeFileSync(`${out}/${file.replace("ext/", "")}`, withoutMap(readFileSync(`node_modules/htmx.org/dist/${file}`, "utf8")));

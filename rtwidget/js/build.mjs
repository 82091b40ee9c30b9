import { readFile } from "node:fs/promises";
import { build, transform } from "esbuild";

/** Stylesheets become strings, because they live in a shadow root and not in the page's head. */
const stylesheetAsText = {
  name: "stylesheet-as-text",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), {
        loader: "css",
        minify: true,
      });
      return { contents: code, loader: "text" };
    });
  },
};

await build({
  entryPoints: ["src/widget.ts"],
  outfile: "../static/widget.js",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  plugins: [stylesheetAsText],
  logLevel: "info",
});

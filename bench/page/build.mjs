import { build } from "esbuild";

// Each grid alone in its bundle, minified as a product would ship it: their sizes are compared, too.
await build({
  entryPoints: ["src/ag-grid.js", "src/regular-table.js", "src/scroll.js"],
  outdir: process.argv[2],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  loader: { ".css": "text" },
  logLevel: "warning",
});

import { readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { build, transform } from "esbuild";

const LAB_FOLDER = "../../labextension";

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

const options = {
  bundle: true,
  minify: true,
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  logLevel: "info",
};

await build({
  ...options,
  entryPoints: ["src/widget.ts"],
  outfile: "../static/widget.js",
  format: "esm",
  plugins: [stylesheetAsText],
});

// JupyterLab's server lets browsers keep an extension's files, so a changed one needs another name.
await rm(join(LAB_FOLDER, "static"), { recursive: true, force: true });
const { metafile } = await build({
  ...options,
  entryPoints: { remoteEntry: "src/lab/container.ts" },
  entryNames: "[name].[hash]",
  outdir: join(LAB_FOLDER, "static"),
  format: "iife",
  metafile: true,
});
const { name, version, license } = JSON.parse(await readFile("package.json", "utf8"));
const [entry] = Object.keys(metafile.outputs);
const _build = { load: `static/${basename(entry)}`, extension: "./extension" };
const manifest = { name, version, license, jupyterlab: { extension: true, _build } };
await writeFile(join(LAB_FOLDER, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);

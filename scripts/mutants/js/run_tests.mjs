// Runs the front end's own tests for one fault after another, in its folder. All faults are in one bundle, asleep but
// for the one that Stryker names to each process: the bundle is made by the first run, which is Stryker's trial.
import { existsSync } from "node:fs";
import { readdir, rename } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

// As in test.mjs: a zone far from UTC shows a timestamp that was left unconverted.
process.env.TZ = "America/Sao_Paulo";
const folder = resolve("bundled");
const found = await readdir("tests", { recursive: true });
const names = found.filter((name) => name.endsWith(".test.ts"));
if (!existsSync(folder)) {
  const { build } = await import(pathToFileURL(resolve("node_modules/esbuild/lib/main.js")).href);
  await build({
    entryPoints: names.map((name) => join("tests", name)),
    outdir: `${folder}-new`,
    outbase: "tests",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
  });
  await rename(`${folder}-new`, folder);
}
for (const name of names) {
  await import(pathToFileURL(join(folder, name.replace(/\.ts$/, ".mjs"))).href);
}

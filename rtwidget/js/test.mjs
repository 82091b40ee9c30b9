import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

// Node 20 runs no TypeScript, so the tests are bundled first.
const folder = await mkdtemp(join(tmpdir(), "rtwidget-tests-"));
const found = await readdir("tests", { recursive: true });
const names = found.filter((name) => name.endsWith(".test.ts"));
await build({
  entryPoints: names.map((name) => join("tests", name)),
  outdir: folder,
  outbase: "tests",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  sourcemap: "inline",
});
const bundled = names.map((name) => join(folder, name.replace(/\.ts$/, ".mjs")));
// A fixed zone far from UTC shows a timestamp that was left unconverted.
const environment = { ...process.env, TZ: "America/Sao_Paulo" };
const { status } = spawnSync(process.execPath, ["--test", ...bundled], {
  stdio: "inherit",
  env: environment,
});
await rm(folder, { recursive: true });
process.exitCode = status ?? 1;

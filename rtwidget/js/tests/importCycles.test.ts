import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";

const BIOME = resolve("node_modules/.bin/biome");

/** What the linter says of a module in one room, and of another that the first one imports. */
async function lint(other: string): Promise<{ status: number | null; said: string }> {
  const folder = await mkdtemp(join(tmpdir(), "rtwidget-lint-"));
  await copyFile("biome.json", join(folder, "biome.json"));
  for (const room of ["one", "other"]) {
    await mkdir(join(folder, "src", room), { recursive: true });
  }
  const imports = 'import type { Other } from "../other/other";\n\n';
  await writeFile(join(folder, "src/one/one.ts"), `${imports}export type One = Other;\n`);
  await writeFile(join(folder, "src/other/other.ts"), other);
  const { status, stdout, stderr } = spawnSync(BIOME, ["ci"], { cwd: folder, encoding: "utf8" });
  await rm(folder, { recursive: true });
  return { status, said: stdout + stderr };
}

test("modules that import each other are refused, in two rooms and for types alone too", async () => {
  const alone = await lint("export type Other = string;\n");
  assert.equal(alone.status, 0, alone.said);
  const circle = await lint(
    'import type { One } from "../one/one";\n\nexport type Other = One | null;\n',
  );
  assert.equal(circle.status, 1);
  assert.match(circle.said, /noImportCycles/);
});

// Builds the web application for the portal's jar: installs its packages and runs its build, each only when something
// that it depends on has changed. Called by Maven; needs nothing but Node.
//
//   node build-web.mjs <directory of the web sources> <directory for the result> <file that remembers what was built>

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [sources, result, built] = process.argv.slice(2);
const page = join(sources, "app", "dist");
const installed = join(sources, "node_modules", ".installed-lock");
const notBuiltFrom = new Set(["node_modules", "dist", "coverage", "test-output", "test", "e2e", ".vite"]);

function run(...arguments_) {
  console.log(`npm ${arguments_.join(" ")}`);
  const done = spawnSync("npm", arguments_, { cwd: sources, stdio: "inherit", shell: process.platform === "win32" });
  if (done.status !== 0) {
    console.error(`npm ${arguments_.join(" ")} in ${sources} failed${done.error ? `: ${done.error.message}` : ""}`);
    process.exit(1);
  }
}

function digest(directory, hash = createHash("sha256")) {
  const entries = readdirSync(directory, { withFileTypes: true }).filter((entry) => !notBuiltFrom.has(entry.name));
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(directory, entry.name);
    hash.update(`${path}\n`);
    if (entry.isDirectory()) {
      digest(path, hash);
    } else if (entry.isFile()) {
      hash.update(readFileSync(path));
    }
  }
  return hash;
}

function says(file, text) {
  return existsSync(file) && readFileSync(file, "utf8") === text;
}

const lock = createHash("sha256").update(readFileSync(join(sources, "package-lock.json"))).digest("hex");
if (!says(installed, lock)) {
  run("ci", "--no-audit", "--no-fund");
  writeFileSync(installed, lock);
}

const inputs = digest(sources).digest("hex");
if (!says(built, inputs) || !existsSync(result)) {
  rmSync(page, { recursive: true, force: true });
  run("run", "build");
  rmSync(result, { recursive: true, force: true });
  mkdirSync(result, { recursive: true });
  if (existsSync(page)) {
    cpSync(page, result, { recursive: true });
  } else {
    console.warn(`The build of ${sources} left nothing in ${page}: the portal will have no page`);
  }
  writeFileSync(built, inputs);
}

// Writes package.jsonl anew: what the npm package `yaml`, which the app reads properties with, makes of each
// block of YAML in it. Run where the package is installed: `node record.mjs package.jsonl` (yaml 2.7.0, semantics 6.3).
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const YAML = createRequire(`${process.cwd()}/`)("yaml");
const file = process.argv[2];
process.emitWarning = () => {};

// What JSON has no word for is written as a map with one key that begins with `$`.
function plain(value, inside = []) {
  if (typeof value === "number" && !Number.isFinite(value)) return { $number: String(value).toLowerCase() };
  if (inside.includes(value) && typeof value === "object") return { $circle: true };
  const within = [...inside, value];
  if (Array.isArray(value)) return value.map((inner) => plain(inner, within));
  if (value instanceof Date || value instanceof Map || value instanceof Set || value instanceof Uint8Array)
    return { $object: value.constructor.name };
  if (value && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner, within)]));
  return value === undefined ? null : typeof value === "symbol" ? { $object: "Symbol" } : value;
}

function read(yaml) {
  try {
    const parsed = YAML.parseDocument(yaml);
    if (parsed.errors.length) return { yaml, refused: parsed.errors[0].code };
    return { yaml, data: plain(parsed.toJS()) };
  } catch (error) {
    return { yaml, refused: error.name };
  }
}

const blocks = readFileSync(file, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line).yaml);
writeFileSync(file, blocks.map((yaml) => JSON.stringify(read(yaml)) + "\n").join(""));

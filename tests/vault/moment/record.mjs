// Writes the answers in package.jsonl anew: what the npm package `moment`, which the app reads and names daily notes with,
// makes of each case. Run where the package is installed: `node record.mjs package.jsonl` (moment 2.29.4).
// What it reads is told as the moment in UTC; what a text leaves out it takes from the day on which it runs.
// A case is a format with a text to read, or with the parts of a time (year to millisecond, and minutes of offset) to write.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const moment = createRequire(`${process.cwd()}/`)("moment");
const file = process.argv[2];

function answer({ format, text, at }) {
  if (at !== undefined) {
    const time = moment.utc([at[0], at[1] - 1, ...at.slice(2, 7)]).utcOffset(at[7] ?? 0, true);
    return { format, at, writes: time.format(format) };
  }
  const found = moment.utc(text, format, true);
  return { format, text, reads: found.isValid() ? found.toISOString() : null };
}

const cases = readFileSync(file, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));
writeFileSync(file, cases.map((one) => JSON.stringify(answer(one)) + "\n").join(""));

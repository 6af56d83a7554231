// Converts all texts of bodies.json once for each line that comes in, and answers with the seconds of processor time.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { remark } from "remark";
import strip from "strip-markdown";

const bodies = JSON.parse(readFileSync("bodies.json", "utf8"));
const processor = remark().use(strip);

function once() {
  const before = process.cpuUsage();
  for (const body of bodies) String(processor.processSync(body));
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1e6;
}

once(); // so that what counts is warm
once();
for await (const _ of createInterface({ input: process.stdin })) console.log(once());

// Tries the guide's TypeScript, compiled, on messages of which it is known whether they are right.
import { readFile } from "node:fs/promises";
import { argv, exit } from "node:process";
import { pathToFileURL } from "node:url";

const [folder] = argv.slice(2);
const { verified } = await import(pathToFileURL(`${folder}/verified.js`));
const messages = JSON.parse(await readFile(`${folder}/messages.json`, "utf-8"));
let wrong = messages.length > 15 ? 0 : 1;
for (const { secret, headers, body, right } of messages) {
  if ((await verified(secret, new Headers(headers), body)) !== right) {
    console.error(`judged wrongly, ${right} is right:`, headers, body);
    wrong += 1;
  }
}
console.log(`${messages.length} messages, ${wrong} judged wrongly`);
exit(wrong ? 1 : 0);

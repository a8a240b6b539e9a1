// A station that keeps its records in PouchDB. `fill FOLDER FILE` puts the documents of FILE, one a line, into it;
// `replicate FOLDER ADDRESS BATCH` replicates it to the database at ADDRESS and prints the milliseconds that took.
"use strict";

const fs = require("node:fs");

const PouchDB = require("pouchdb");

const DOCUMENTS_A_WRITE = 1000;

async function fill(folder, file) {
  const db = new PouchDB(folder);
  const documents = fs.readFileSync(file, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));
  for (let first = 0; first < documents.length; first += DOCUMENTS_A_WRITE) {
    const written = await db.bulkDocs(documents.slice(first, first + DOCUMENTS_A_WRITE));
    if (written.some((one) => one.error)) throw new Error("a document was not written");
  }
  await db.close();
}

async function replicate(folder, address, batch) {
  const db = new PouchDB(folder);
  const { doc_count: expected } = await db.info();
  const started = performance.now();
  const result = await db.replicate.to(address, { batch_size: Number(batch) });
  const took = performance.now() - started;
  if (!result.ok || result.docs_written !== expected) throw new Error(`${result.docs_written} of ${expected} arrived`);
  console.log(took);
  await db.close();
}

const [what, ...rest] = process.argv.slice(2);
({ fill, replicate })[what](...rest).catch((error) => {
  console.error(error);
  process.exit(1);
});

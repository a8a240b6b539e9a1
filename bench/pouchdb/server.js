// A PouchDB server on a free port of this machine, its databases in the folder that is the argument.
// Only what replication needs is switched on: no sign-in, no pages.
"use strict";

const path = require("node:path");

const express = require("express");
const expressPouchDB = require("express-pouchdb");
const PouchDB = require("pouchdb");

const folder = process.argv[2] + path.sep;
const app = express();
app.use(
  "/",
  expressPouchDB(PouchDB.defaults({ prefix: folder }), {
    mode: "minimumForPouchDB",
    inMemoryConfig: true,
    logPath: path.join(folder, "server.txt"),
  }),
);
const server = app.listen(0, "127.0.0.1", () => console.log(server.address().port));

// Reads a file with a processor of JavaScript and writes its quads as N-Quads.
//   node read.mjs n3 FILE MEDIA-TYPE     N3.js
//   node read.mjs jsonld FILE            jsonld.js, which may fetch nothing
//   node read.mjs canonical FILE         rdf-canonize: RDFC-1.0 of N-Quads
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.CROSSTIES_TOOLS, "package.json"));
const [way, file, mediaType] = process.argv.slice(2);
const text = readFileSync(file, "utf8");

const ways = {
  n3() {
    const { Parser, Writer } = require("n3");
    const writer = new Writer({ format: "application/n-quads" });
    writer.addQuads(new Parser({ format: mediaType }).parse(text));
    return new Promise((resolve, reject) =>
      writer.end((error, result) => (error ? reject(error) : resolve(result))));
  },
  jsonld() {
    const documentLoader = (address) => { throw new Error(`it wants ${address}`); };
    return require("jsonld").toRDF(JSON.parse(text), { format: "application/n-quads", documentLoader });
  },
  canonical() {
    return require("rdf-canonize").canonize(text, {
      algorithm: "RDFC-1.0", inputFormat: "application/n-quads", format: "application/n-quads",
    });
  },
};

process.stdout.write(await ways[way]());

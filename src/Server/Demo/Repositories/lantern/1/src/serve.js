import { createServer } from "node:http";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join, normalize } from "node:path";

/** Serves a folder; resolves with its address once it answers. */
export function serve(folder, port) {
  const server = createServer(async (request, response) => {
    const path = join(folder, normalize(decodeURI(new URL(request.url, "http://x").pathname)));
    const found = await stat(path).catch(() => null);
    if (!found?.isFile()) return void response.writeHead(404).end("There is nothing here.");
    response.writeHead(200, { "Content-Length": found.size });
    createReadStream(path).pipe(response);
  });
  return new Promise(done => server.listen(port, () => done(`http://localhost:${server.address().port}/`)));
}

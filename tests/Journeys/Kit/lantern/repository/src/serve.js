import { createServer } from 'node:http';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';

export async function serve({ folder, port }) {
  const server = createServer((request, response) => createReadStream(join(folder, request.url)).pipe(response));
  await new Promise((ready) => server.listen(port, '127.0.0.1', ready));
  return { address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

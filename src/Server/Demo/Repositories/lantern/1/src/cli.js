#!/usr/bin/env node
import { serve } from "./serve.js";

const [folder = ".", ...rest] = process.argv.slice(2);
const port = Number(rest[rest.indexOf("--port") + 1] || 4000);
serve(folder, port).then(address => console.log(`Lit: ${address}`));

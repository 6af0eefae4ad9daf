#!/usr/bin/env node
import { serve } from './serve.js';

const [folder = '.', port = '8080'] = process.argv.slice(2);
const server = await serve({ folder, port: Number(port) });
console.log(`The lantern burns at ${server.address}`);

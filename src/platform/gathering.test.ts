import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GatheringSocket } from './gathering.ts';

let server: Server;
let peer: Socket;
let socket: GatheringSocket;
const arrived: string[] = [];
beforeAll(async () => {
  server = createServer((connected) => {
    peer = connected;
    connected.on('data', (data) => arrived.push(String(data)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  socket = new GatheringSocket();
  socket.setNoDelay(true);
  socket.connect((server.address() as { port: number }).port, '127.0.0.1');
  await once(socket, 'connect');
});
afterAll(() => {
  socket.destroy();
  server.close();
});

const turn = () => new Promise((done) => setImmediate(done));

test('what is written in one turn of the event loop is sent at once, and what is written in the next one after it', async () => {
  for (const text of ['begin;', 'scope;']) socket.write(text);
  // As pg does around each statement.
  socket.cork();
  socket.write('query;');
  socket.uncork();
  await Promise.resolve().then(() => socket.write('commit;'));
  expect(socket.writableLength).toBe(25);
  while (!arrived.length) await turn();
  expect(arrived).toEqual(['begin;scope;query;commit;']);
  socket.write('begin;');
  while (arrived.length < 2) await turn();
  expect(arrived[1]).toBe('begin;');
});

test('what the other side says is heard, and the end is the end', async () => {
  const heard = once(socket, 'data');
  peer.write('ready');
  expect(String((await heard)[0])).toBe('ready');
  const ended = once(peer, 'end');
  socket.end('bye');
  await ended;
  expect(arrived.at(-1)).toBe('bye');
});

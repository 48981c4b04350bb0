import { Agent, request } from 'node:http';
import type { PlainRequest } from './caller.ts';

/** What the measuring process wants of this one. */
export interface Load {
  port: number;
  requests: PlainRequest[];
  clients: number;
  /** Ends after so many milliseconds, or so many requests where that comes first. */
  milliseconds: number;
  most?: number;
  least?: number;
  /** Goes on when it is refused, until it is told to stop: what floods. */
  floods?: boolean;
}

export interface Answered {
  /** Milliseconds of each request; of one client in the order of the requests. */
  latencies: number[];
  milliseconds: number;
  /** How many answers were none of success. */
  refused: number;
  /** The first answer that was no success. */
  failure: string | null;
}

// A process of its own: what it costs to send is nobody's to answer for.
let stopped = false;
process.on('message', (load: Load | 'stop') => {
  stopped = load === 'stop';
  if (load !== 'stop') void perform(load).then((answered) => process.send?.(answered));
});
process.on('disconnect', () => process.exit());

async function perform({
  port,
  requests,
  clients,
  milliseconds,
  most = Number.POSITIVE_INFINITY,
  least = 0,
  floods = false,
}: Load): Promise<Answered> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const latencies: number[] = [];
  let failure: string | null = null;
  let refused = 0;
  let sent = 0;
  const begin = performance.now();
  const end = begin + milliseconds;
  const isOver = () => {
    const now = performance.now();
    return now >= end && (latencies.length >= least || now >= end + 9 * milliseconds);
  };
  const client = async () => {
    while (!stopped && !isOver() && sent < most && (floods || !failure)) {
      const wanted = requests[sent++ % requests.length] as PlainRequest;
      const at = performance.now();
      const { status, text } = await send(agent, port, wanted);
      latencies.push(performance.now() - at);
      if (status < 400) continue;
      refused++;
      failure ??= `${wanted.method} ${wanted.path}: ${status} ${text}`;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  agent.destroy();
  return { latencies, milliseconds: performance.now() - begin, refused, failure };
}

function send(
  agent: Agent,
  port: number,
  { method, path, headers, body }: PlainRequest,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const asked = request(
      { agent, host: '127.0.0.1', port, method, path, headers: { ...headers, ...length } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('end', () => {
          const status = answer.statusCode ?? 0;
          resolve({ status, text: status >= 400 ? Buffer.concat(chunks).toString() : '' });
        });
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

import { queryClient } from './queries.ts';

/** “Something of this topic changed for this membership”: never what, so that nothing leaks past the scope. */
interface Change {
  membership: string;
  topic: string;
}

type Word =
  | { say: 'here'; tab: string; membership: string }
  | { say: 'gone'; tab: string }
  | { say: 'who' }
  | { say: 'change'; change: Change }
  // The stream ended: perhaps because nobody may listen any more (R9.3), which `/me` tells.
  | { say: 'broken' }
  // After a break, what happened meanwhile is unknown.
  | { say: 'missed' };

const lockName = 'tenantry-live';
const firstPause = 2_000;
const longestPause = 60_000;

/**
 * Live updates: one connection a browser, held by the tab that has the lock, shared with the others by a channel.
 * Returns what ends this tab's part in it.
 */
export function keepLive(membership: string): () => void {
  const tab = crypto.randomUUID?.() ?? String(Math.random());
  const channel = new BroadcastChannel(lockName);
  const end = new AbortController();
  const members = new Map<string, string>();
  let connection: Connection | null = null;

  const say = (word: Word) => channel.postMessage(word);
  const hear = (word: Word) => {
    if (word.say === 'change' && word.change.membership === membership) refresh(word.change.topic);
    if (word.say === 'broken') void queryClient.invalidateQueries({ queryKey: ['me'] });
    if (word.say === 'missed') void queryClient.invalidateQueries();
    if (word.say === 'who') say({ say: 'here', tab, membership });
    if (word.say === 'here') members.set(word.tab, word.membership);
    if (word.say === 'gone') members.delete(word.tab);
    if (word.say === 'here' || word.say === 'gone') connection?.follow([...members.values()]);
  };
  channel.onmessage = (event: MessageEvent<Word>) => hear(event.data);
  members.set(tab, membership);
  say({ say: 'here', tab, membership });

  const lead = () =>
    new Promise<void>((resolve) => {
      const tell = (word: Word) => {
        hear(word);
        say(word);
      };
      connection = connect(tell);
      connection.follow([...members.values()]);
      say({ say: 'who' });
      end.signal.addEventListener('abort', () => {
        connection?.close();
        resolve();
      });
    });
  // Locks only exist over TLS and on the own machine; elsewhere every tab has a connection of its own.
  if (navigator.locks) void navigator.locks.request(lockName, { signal: end.signal }, lead).catch(() => {});
  else void lead();

  const leave = () => say({ say: 'gone', tab });
  addEventListener('pagehide', leave);
  return () => {
    leave();
    removeEventListener('pagehide', leave);
    end.abort();
    channel.close();
  };
}

/** What else reads differently when something of a topic changed. */
const alongWith: Readonly<Record<string, readonly string[]>> = {
  people: ['people', 'me'],
  roles: ['roles', 'grantable-roles', 'people', 'me'],
  tenants: ['tenants', 'tenant-choices', 'tenant-groups', 'me'],
  terms: ['terms-statements', 'me'],
};
/** After these everybody's reach may be another (R1.2, R5.8). */
const everything = new Set(['switch', 'reach']);

function refresh(topic: string): void {
  if (everything.has(topic)) void queryClient.invalidateQueries();
  else for (const name of alongWith[topic] ?? [topic]) void queryClient.invalidateQueries({ queryKey: [name] });
}

interface Connection {
  follow: (memberships: readonly string[]) => void;
  close: () => void;
}

/** One stream for several memberships; comes back by itself, ever more slowly, and never in step with other browsers. */
function connect(tell: (word: Word) => void): Connection {
  let source: EventSource | null = null;
  let wanted = '';
  let pause = firstPause;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let interrupted = false;

  const open = () => {
    source?.close();
    if (!wanted) return;
    if (interrupted) tell({ say: 'broken' });
    source = new EventSource(`/api/v1/live?memberships=${wanted}`);
    source.onopen = () => {
      pause = firstPause;
      if (interrupted) tell({ say: 'missed' });
      interrupted = false;
    };
    source.onmessage = (event: MessageEvent<string>) =>
      tell({ say: 'change', change: JSON.parse(event.data) as Change });
    source.onerror = () => {
      source?.close();
      interrupted = true;
      clearTimeout(timer);
      timer = setTimeout(open, pause * (0.5 + Math.random()));
      pause = Math.min(pause * 2, longestPause);
    };
  };
  return {
    follow: (memberships) => {
      const next = [...new Set(memberships)].sort().join(',');
      if (next === wanted) return;
      wanted = next;
      clearTimeout(timer);
      // A moment, for several tabs that open together.
      timer = setTimeout(open, 200);
    },
    close: () => {
      clearTimeout(timer);
      source?.close();
    },
  };
}

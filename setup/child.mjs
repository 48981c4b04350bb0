import { spawn } from 'node:child_process';
import { root } from './place.mjs';
import { withNode } from './runtime.mjs';

/**
 * Runs a program with the fitting Node and passes its end on. `watchParent`: npm can be killed without a chance to tell
 * anybody; then this program tells its child to stop. The channel does the same for the child when this one is killed.
 */
export function runNode(node, args, { env = {}, channel = false, watchParent = false } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = channel ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit';
    const child = spawn(node, args, { cwd: root, stdio, env: withNode(node, env) });
    // The terminal sends Ctrl-C to all of us; a signal to this process alone has to be handed on.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    if (watchParent && process.env.npm_lifecycle_event) {
      const parent = process.ppid;
      setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1000).unref();
    }
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + signalNumbers[signal]));
  });
}

const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 };

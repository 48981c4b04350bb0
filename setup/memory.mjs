/**
 * How much memory the program lets V8 take before it tidies up (docs/operations.md): by itself V8 goes by the memory of the machine, and lets three times
 * what is in use gather. Whoever sets limits of their own (NODE_OPTIONS) has those.
 *
 * @returns {string[]} options of Node.
 */
export function memoryOptions(own = process.env.NODE_OPTIONS ?? '') {
  const options = { '--max-old-space-size': 1024, '--max-semi-space-size': 16 };
  return Object.entries(options).flatMap(([name, mebibytes]) =>
    own.replaceAll('_', '-').includes(name) ? [] : `${name}=${mebibytes}`,
  );
}

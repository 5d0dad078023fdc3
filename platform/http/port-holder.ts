import { readdir, readFile, readlink } from 'node:fs/promises';

/** The process that listens on a port. */
export interface PortHolder {
  readonly pid: number;
  readonly command: string;
}

const listening = '0A';

/**
 * Inodes of the sockets that listen on a port, from the text of `/proc/net/tcp` or `tcp6`. Its columns: number,
 * address:port in hexadecimal, peer, state, queues, timer, retransmits, user, timeout, inode (proc_net_tcp.rst of Linux).
 */
export function listeningInodes(table: string, port: number): readonly string[] {
  const ending = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[1]?.endsWith(ending) && columns[3] === listening)
    .map((columns) => columns[9] ?? '');
}

const orNothing = async <Value>(asked: Promise<Value>, nothing: Value): Promise<Value> => {
  try {
    return await asked;
  } catch {
    // Another user's process, or one that ended meanwhile: what cannot be read is left out.
    return nothing;
  }
};

const holdsOneOf = async (pid: string, sockets: ReadonlySet<string>): Promise<boolean> => {
  const handles = await orNothing(readdir(`/proc/${pid}/fd`), []);
  for (const handle of handles) {
    if (sockets.has(await orNothing(readlink(`/proc/${pid}/fd/${handle}`), ''))) return true;
  }
  return false;
};

/** Finds who listens on a TCP port, on Linux. Null elsewhere, and for a process that we may not look into. */
export async function portHolderOf(port: number): Promise<PortHolder | null> {
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => orNothing(readFile(`/proc/net/${name}`, 'utf8'), '')));
  const inodes = tables.flatMap((table) => listeningInodes(table, port));
  if (inodes.length === 0) return null;
  const sockets = new Set(inodes.map((inode) => `socket:[${inode}]`));
  const pids = (await orNothing(readdir('/proc'), [])).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    if (!(await holdsOneOf(pid, sockets))) continue;
    const line = await orNothing(readFile(`/proc/${pid}/cmdline`, 'utf8'), '');
    return { pid: Number(pid), command: line.split('\0').join(' ').trim().slice(0, 120) };
  }
  return null;
}

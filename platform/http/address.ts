/**
 * True for an address that only this machine can reach: 127.0.0.0/8, ::1, 127.x mapped into IPv6, and the name localhost.
 * Brackets around an IPv6 address are fine.
 */
export function isLoopback(address: string): boolean {
  const bare = address.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  if (bare === 'localhost' || bare === '::1') return true;
  return /^(::ffff:)?127(\.\d{1,3}){3}$/.test(bare);
}

/** True for an address that stands for all of the machine's: 0.0.0.0 or ::. */
export const isWildcard = (address: string): boolean => ['0.0.0.0', '::', '[::]', '*'].includes(address);

/** True for a literal IPv4 or IPv6 address (in brackets or not), as opposed to a name. */
export const isAddressLiteral = (host: string): boolean => /^\d{1,3}(\.\d{1,3}){3}$/.test(host) || host.includes(':');

export interface BindOptions {
  /** The address that listeners bind to. */
  readonly bind: string;
  /** Is every route of the API behind a session or a token? */
  readonly isAccessControlled: boolean;
  /** Does sending telemetry need a token? */
  readonly isTelemetryControlled: boolean;
}

/**
 * Why this address may not be bound to, or null when it may: what other machines can reach needs access control, for the
 * API and for telemetry (`20-interfaces.md`, listeners).
 */
export function refuseOpenBind({ bind, isAccessControlled, isTelemetryControlled }: BindOptions): string | null {
  if (isLoopback(bind)) return null;
  const reach = `--bind ${bind} lets other machines in`;
  if (!isAccessControlled) {
    return `${reach}, and access control is off: anyone in the network could change everything. Turn access control on, or bind to 127.0.0.1.`;
  }
  if (!isTelemetryControlled) {
    return `${reach}, and sending telemetry needs no token: anyone in the network could make false alarms or hide true ones. Turn tokens on for telemetry too, or bind to 127.0.0.1.`;
  }
  return null;
}

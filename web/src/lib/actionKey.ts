/**
 * The Idempotency-Key of one user action. A repeat of the same change (the network broke, the
 * session had ended, the server was busy) carries the same key, so it can never be done twice; a
 * change with another body, or one after a definite answer, is a new action with a new key.
 */
export class ActionKey {
  private body: string | undefined;
  private key = '';

  /** The key for this change. */
  of(change: unknown): string {
    const body = JSON.stringify(change) ?? '';
    if (!this.key || this.body !== body) {
      this.body = body;
      this.key = newId();
    }
    return this.key;
  }

  /** Tells that the server has answered definitely. */
  settle(): void {
    this.key = '';
    this.body = undefined;
  }
}

/** A random UUID; crypto.randomUUID is missing in Chrome < 92 and on plain HTTP. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

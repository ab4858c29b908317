const SAMPLE = 64 * 1024;

/** A mark by which the server knows the file again: its name, size and time, and its first and last bytes. */
export async function fingerprint(file: File): Promise<string> {
  const ends = await Promise.all([file.slice(0, SAMPLE), file.slice(Math.max(0, file.size - SAMPLE))].map((part) => part.arrayBuffer()));
  let hash = 0x811c9dc5;
  const mix = (byte: number) => {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  };
  for (const end of ends) new Uint8Array(end).forEach(mix);
  new TextEncoder().encode(file.name).forEach(mix);
  return `${file.size}-${file.lastModified}-${hash.toString(16)}`;
}

/** The header that says what a part must be when it arrives; browsers can only tell it on a secure page. */
export async function contentDigest(part: Blob): Promise<Record<string, string>> {
  if (typeof crypto === 'undefined' || !crypto.subtle) return {};
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await part.arrayBuffer()));
  return { 'Content-Digest': `sha-256=:${btoa(String.fromCharCode(...digest))}:` };
}

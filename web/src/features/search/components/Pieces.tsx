import type { Piece } from '../api/search';

/** A text with what was looked for marked. */
export function Pieces({ pieces }: { pieces: Piece[] }) {
  return <>{pieces.map((piece, at) => (piece.hit ? <mark key={at}>{piece.text}</mark> : <span key={at}>{piece.text}</span>))}</>;
}

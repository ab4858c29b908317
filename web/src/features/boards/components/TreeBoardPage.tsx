export default function TreeBoardPage() { return null; }

export default function LinesPage() { return null; }

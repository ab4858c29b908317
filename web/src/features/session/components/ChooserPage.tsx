export default function ChooserPage() { return null; }

export default function CombinePage() { return null; }

export default function UnitBoardPage() { return null; }

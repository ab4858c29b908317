export default function ReportEditPage() { return null; }

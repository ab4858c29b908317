import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import type { Period } from './period';

dayjs.locale('zh-cn');

/** First and last month of a period of one's own. */
export default function MonthRange({ period, onChange }: { period: Period; onChange: (period: Period) => void }) {
  return (
    <DatePicker.RangePicker
      picker="month"
      allowClear={false}
      format="YYYY年M月"
      value={[dayjs(`${period.from}-01`), dayjs(`${period.to}-01`)]}
      disabledDate={(date) => date.isAfter(dayjs(), 'month')}
      onChange={(months) => {
        const [from, to] = months ?? [];
        if (from && to) onChange({ kind: 'range', from: from.format('YYYY-MM'), to: to.format('YYYY-MM') });
      }}
    />
  );
}

import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useRef } from 'react';
import { init } from './echarts';

interface Props {
  /** What the chart shows, for those who cannot see it. */
  name: string;
  option: EChartsCoreOption;
  height: number;
  /** Tells the position of the bar or point that was picked. */
  onPick?: (index: number) => void;
}

/** A chart as wide as its place. New data moves the bars; nothing jumps. */
export default function Chart({ name, option, height, onPick }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const pick = useRef(onPick);
  useEffect(() => {
    pick.current = onPick;
  }, [onPick]);
  useEffect(() => {
    const made = init(box.current, undefined, { renderer: 'svg' });
    chart.current = made;
    made.on('click', (event) => pick.current?.(event.dataIndex));
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(box.current!);
    return () => {
      watch.disconnect();
      made.dispose();
      chart.current = undefined;
    };
  }, []);
  useEffect(() => chart.current?.setOption(option, { replaceMerge: ['series'] }), [option]);
  return <div ref={box} role="img" aria-label={name} style={{ height, cursor: onPick ? 'pointer' : undefined }} />;
}

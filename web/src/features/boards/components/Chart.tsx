import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useRef } from 'react';
import { init } from './echarts';

/** Which bar, or month, stands where the pointer is; the whole strip counts, not only the bar. */
function placeAt(chart: EChartsType, x: number, y: number): number | undefined {
  if (!chart.containPixel('grid', [x, y])) return undefined;
  const [across, down] = chart.convertFromPixel('grid', [x, y]) as [number, number];
  const axes = chart.getOption() as { yAxis: { type: string }[] };
  return axes.yAxis[0]?.type === 'category' ? down : across;
}

interface Props {
  /** What the chart shows, for those who cannot see it. */
  name: string;
  option: EChartsCoreOption;
  height: number;
  /** Tells the position of the bar or month that was picked. */
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
    made.getZr().on('click', ({ offsetX, offsetY }) => {
      const place = placeAt(made, offsetX, offsetY);
      if (place !== undefined) pick.current?.(place);
    });
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

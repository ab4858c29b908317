import type { EChartsCoreOption } from 'echarts/core';
import { percent } from '@/lib/format';
import type { CategoryFigures, Rank, TrendMonth } from '../api/boards';
import { figureOf, measureText, type RankMeasure } from './measures';
import { monthLabel } from './period';

/** Calm colours: grey for what was handed in, two blues for what was adopted. */
const colours = { submitted: '#bcc3ce', reports: '#1a5799', times: '#7ea6d3' };
// The names in full: a chart measures its labels with them, and would cut what it measures wrongly.
const fontFamily = '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const text = { color: '#1f2329', fontFamily, fontSize: 13 };
const quiet = { color: '#565d69', fontFamily, fontSize: 13 };
const line = { lineStyle: { color: '#e3e5ea' } };

const base: EChartsCoreOption = {
  animationDuration: 300,
  animationDurationUpdate: 300,
  textStyle: text,
  legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 10, itemGap: 20, textStyle: quiet },
  tooltip: { trigger: 'axis', confine: true, axisPointer: { type: 'shadow', shadowStyle: { color: 'rgba(31, 35, 41, 0.05)' } }, textStyle: { ...text, fontSize: 14 } },
};
const values = { type: 'value', minInterval: 1, axisLabel: quiet, splitLine: line };
/** The axes' names stay inside, however long they are. */
const inside = { outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' };

/** Twelve months up to the end of the period. */
export function trendChart(trend: TrendMonth[]): EChartsCoreOption {
  const names = trend.map((one, index) => monthLabel(one.month, index === 0).replace('年', '年\n'));
  return {
    ...base,
    grid: { left: 4, right: 8, top: 40, bottom: 4, ...inside },
    xAxis: { type: 'category', data: names, axisLabel: { ...quiet, interval: 0, fontSize: 12 }, axisTick: { show: false }, axisLine: line },
    yAxis: values,
    series: [
      { name: '提交（篇）', type: 'bar', data: trend.map((one) => one.submitted), color: colours.submitted, barMaxWidth: 26 },
      { name: '采用（篇）', type: 'line', data: trend.map((one) => one.adopted_reports), color: colours.reports, symbolSize: 7, lineStyle: { width: 2 } },
      { name: '采用（篇次）', type: 'line', data: trend.map((one) => one.adopted_times), color: colours.times, symbolSize: 7, lineStyle: { width: 2, type: 'dashed' } },
    ],
  };
}

const sideways = (names: string[]) => ({
  grid: { left: 4, right: 40, top: 34, bottom: 4, ...inside },
  xAxis: { ...values, axisLabel: { show: false }, splitLine: { show: false } },
  yAxis: { type: 'category', inverse: true, data: names, axisTick: { show: false }, axisLine: line, axisLabel: { ...text, interval: 0, width: 148, overflow: 'truncate' } },
});

/** Every category, the names never left out. */
export function categoryChart(categories: CategoryFigures[]): EChartsCoreOption {
  const bar = (name: string, color: string, data: number[]) => ({ name, type: 'bar', color, data, barMaxWidth: 10, barGap: '10%', label: { show: true, position: 'right', distance: 4, color: '#565d69', fontFamily, fontSize: 11 } });
  return {
    ...base,
    ...sideways(categories.map((one) => one.category)),
    series: [
      bar('提交（篇）', colours.submitted, categories.map((one) => one.submitted)),
      bar('采用（篇）', colours.reports, categories.map((one) => one.adopted_reports)),
      bar('采用（篇次）', colours.times, categories.map((one) => one.adopted_times)),
    ],
  };
}

/** Units side by side in one measure. */
export function rankingChart(rows: Rank[], measure: RankMeasure): EChartsCoreOption {
  const rate = measure === 'rate';
  const show = (value: number) => (rate ? percent(value) : String(value));
  return {
    ...base,
    ...sideways(rows.map((row) => row.short_name)),
    legend: { show: false },
    grid: { left: 4, right: 56, top: 4, bottom: 4, ...inside },
    tooltip: { ...(base.tooltip as object), valueFormatter: (value: unknown) => show(Number(value)) },
    series: [{
      name: measureText(measure),
      type: 'bar',
      color: colours.reports,
      barMaxWidth: 16,
      data: rows.map((row) => figureOf(row, measure)),
      label: { show: true, position: 'right', ...text, formatter: ({ value }: { value: number }) => show(value) },
    }],
  };
}

import type { EChartsOption } from 'echarts';

/** One chart as an image in the page, wide and for a narrow screen, and what it shows in words. */
export interface Chart {
  readonly wide: string;
  readonly narrow: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
}

export interface ChartSeries {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

export interface ChartData {
  readonly alt: string;
  readonly labels: readonly string[];
  readonly series: readonly ChartSeries[];
  /** Bars lie, for labels that are words; else columns or, where there are many, lines over time. */
  readonly isLying: boolean;
  readonly isShare?: boolean;
}

const WIDE = 720;
const NARROW = 320;
const MOST_COLUMNS = 14;
const INK = '#14213d';
const COLOURS = ['#1d5fa8', '#e39a1d', '#c8102e'];
const FONT = 'Atkinson Hyperlegible Next, Helvetica Neue, Arial, sans-serif';

/**
 * Draws a chart on the server. Series differ in pattern, symbol and dash as well as in colour, and small charts carry
 * their numbers. Images in the page rather than drawings in it: those would need style attributes, which we forbid.
 */
export async function drawChart(data: ChartData): Promise<Chart> {
  const echarts = await import('echarts');
  const draw = (width: number): { readonly uri: string; readonly height: number } => {
    const height = heightOf(data, width);
    const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
    try {
      chart.setOption(optionOf(data, width));
      return { uri: dataUri(chart.renderToSVGString()), height };
    } finally {
      chart.dispose();
    }
  };
  const wide = draw(WIDE);
  return { wide: wide.uri, narrow: draw(NARROW).uri, alt: data.alt, width: WIDE, height: wide.height };
}

function heightOf({ labels, series, isLying }: ChartData, width: number): number {
  if (!isLying) return width === NARROW ? 260 : 300;
  return 50 + labels.length * (series.length > 1 ? 46 : 34) + (series.length > 1 ? 30 : 0);
}

function optionOf(data: ChartData, width: number): EChartsOption {
  const { labels, series, isLying, isShare = false } = data;
  const isNarrow = width === NARROW;
  const isLine = !isLying && labels.length > MOST_COLUMNS;
  const text = { color: INK, fontFamily: FONT, fontSize: isNarrow ? 13 : 14 };
  const inWords = (value: number): string => (isShare ? `${String(Math.round(value * 100))}%` : String(value));
  const names = {
    type: 'category' as const,
    data: labels.map((label) => (isNarrow && label.length > 18 ? `${label.slice(0, 17)}…` : label)),
    inverse: isLying,
    axisLabel: { ...text, interval: isLying ? 0 : ('auto' as const) },
    axisLine: { lineStyle: { color: INK } },
    axisTick: { show: false },
  };
  const numbers = {
    type: 'value' as const,
    minInterval: isShare ? 0.25 : 1,
    ...(isShare ? { max: 1 } : {}),
    axisLabel: { ...text, formatter: inWords },
    splitLine: { lineStyle: { color: '#d5d9e0' } },
    splitNumber: isNarrow ? 3 : 5,
  };
  return {
    animation: false,
    backgroundColor: '#fff',
    color: COLOURS,
    textStyle: { fontFamily: FONT },
    aria: { enabled: true, decal: { show: series.length > 1 && !isLine } },
    ...(series.length > 1 ? { legend: { top: 0, left: 0, textStyle: text, itemWidth: 32, itemHeight: 14 } } : {}),
    grid: {
      left: 4,
      right: isLying ? 44 : 14,
      top: series.length > 1 ? 42 : isLying ? 12 : 26,
      bottom: 4,
      containLabel: true,
    },
    xAxis: isLying ? numbers : names,
    yAxis: isLying ? names : numbers,
    series: series.map(({ name, values }, index) => ({
      name,
      silent: true,
      emphasis: { disabled: true },
      data: values.map((value) => value ?? '-'),
      ...(isLine
        ? {
            type: 'line' as const,
            symbol: ['circle', 'diamond', 'triangle'][index] ?? 'rect',
            symbolSize: 7,
            lineStyle: { width: 2.5, type: index === 0 ? ('solid' as const) : ('dashed' as const) },
          }
        : {
            type: 'bar' as const,
            barMaxWidth: 26,
            label: {
              ...text,
              show: isLying || (!isNarrow && labels.length <= MOST_COLUMNS),
              position: isLying ? ('right' as const) : ('top' as const),
              formatter: ({ value }: { value?: unknown }) => (typeof value === 'number' ? inWords(value) : ''),
            },
          }),
    })),
  };
}

function dataUri(svg: string): string {
  const short = svg.replace(/ (ecmeta_[a-z_]+|class|pointer-events)="[^"]*"/g, '').replace(/\n/g, '');
  return `data:image/svg+xml,${encodeURIComponent(short).replaceAll('%20', ' ').replaceAll('%3D', '=')}`;
}

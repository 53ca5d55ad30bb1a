// Draws every figure of the page from the list `options`, and again when the page changes its width.
const dark = matchMedia('(prefers-color-scheme: dark)').matches;
const charts = options.map((option, i) => {
  const chart = echarts.init(document.getElementById(`figure-${i}`), dark ? 'dark' : null, {renderer: 'svg'});
  chart.setOption({backgroundColor: 'transparent', useUTC: true, animation: false, ...option});
  return chart;
});
addEventListener('resize', () => charts.forEach((chart) => chart.resize()));

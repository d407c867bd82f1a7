/** Reads the text format of Prometheus: values by series, `name{label="value"}`, labels in alphabetical order. */
export function parseMetrics(text: string): Map<string, number> {
  const values = new Map<string, number>();
  for (const line of text.split('\n').filter((one) => one !== '' && !one.startsWith('#'))) {
    const [, name = '', labels = '', value = ''] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name === '') throw new Error(`no line of a metric: ${line}`);
    const sorted = [...labels.matchAll(/\w+="[^"]*"/g)].map(([label]) => label).sort();
    values.set(sorted.length === 0 ? name : `${name}{${sorted.join(',')}}`, Number(value));
  }
  return values;
}

export async function scrape(url: string): Promise<Map<string, number>> {
  const answer = await fetch(`${url}/metrics`);
  if (answer.status !== 200) throw new Error(`/metrics answered ${answer.status}`);
  return parseMetrics(await answer.text());
}

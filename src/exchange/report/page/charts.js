// How do the charts follow the moment? Vega-Lite draws; rows come from the states.

const views = new Map();
const DAYS = new Set(['first', 'last', 'day', 'until', 'expected', 'due']);
const LINES = 30;

const instant = (day) => (day ? number(day) * DAY : null);

function named(kind, row) {
  return Object.fromEntries(told.rows[kind].map((field, place) => [field, DAYS.has(field) ? instant(row[place]) : row[place]]));
}

const rowsOf = {
  timeline(at) {
    const shown = inOrder().filter((row) => row.now.timeline.length);
    note('timeline', shown.length > LINES ? filled(word('{some} of {all} are drawn; narrow the board to see others.'), { some: LINES, all: shown.length }) : '');
    return shown.slice(0, LINES).flatMap((row) => row.now.timeline.map((one) => named('timeline', one)));
  },
  trend() {
    return lettered(trends());
  },
  pace() {
    const found = inOrder().flatMap((row) => [...Map.groupBy(row.now.pace, (one) => one[0]).values()]);
    note('pace', found.length > 12 ? filled(word('{some} of {all} are drawn; narrow the board to see others.'), { some: 12, all: found.length }) : '');
    return found.slice(0, 12).flatMap((its) => its.slice(-6).map((one) => named('pace', one)));
  },
  score() {
    return boardNow(false).flatMap(({ state }) => state.score.map((one) => ({ ...named('score', one), party: partyName(one[0]) })));
  },
  activity() {
    return told.events.map(([position]) => ({ position, day: instant(dayAt(position)) }));
  },
};

function trends() {
  const of = $('trend-of').value;
  const rows = inOrder().flatMap((row) => row.now.trend);
  if (of) return rows.filter(([item]) => belongs(item, of)).slice(0, 400);
  const moved = moves(rows);
  const most = new Set([...moved].sort((one, other) => other[1] - one[1]).slice(0, 6).map(([item]) => item));
  return rows.filter(([item]) => most.has(item));
}

function moves(rows) {
  const moved = new Map();
  rows.forEach((row, place) => {
    const before = rows[place - 1];
    if (before && before[0] === row[0] && before[3] && before[3] !== row[3]) moved.set(row[0], (moved.get(row[0]) || 0) + 1);
  });
  return moved;
}

// Each item has a letter; where points fall together, the last shows the letters of all.
function lettered(rows) {
  const letters = new Map();
  for (const [item] of rows) if (!letters.has(item)) letters.set(item, String.fromCharCode(97 + letters.size));
  const together = Map.groupBy(rows, (row) => `${row[1]} ${row[3]}`);
  return rows.map((row) => {
    const its = together.get(`${row[1]} ${row[3]}`);
    const shown = row === its.at(-1) ? its.map(([item]) => letters.get(item)).join('') : '';
    return { ...named('trend', row), letter: shown, item: `${letters.get(row[0])}  ${row[0]}` };
  });
}

function note(kind, text) {
  put($(`chart-${kind}-note`), text);
}

function describeChart(kind, rows) {
  const section = $(`chart-${kind}`).closest('section');
  const name = section.querySelector('h2').textContent;
  const things = new Set(rows.map((row) => row.item || row.target || row.party || word('events')));
  $(`chart-${kind}`).setAttribute('aria-label', `${name}: ${word('chart; the same is told in tables and lists of this page')} (${things.size === 1 ? [...things][0] : things.size})`);
}

async function draw(kind) {
  const at = moment.now, place = $(`chart-${kind}`);
  const rows = rowsOf[kind](at).map((row, index) => ({ ...row, place: index }));
  const section = place.closest('section');
  if (kind !== 'score' && kind !== 'activity') section.hidden = !rows.length && !(kind === 'trend' && $('trend-of').value);
  if (!rows.length || section.hidden) return;
  const width = Math.max(120, place.clientWidth - (kind === 'timeline' || kind === 'score' ? Math.min(240, place.clientWidth * 0.42) : 90));
  const signals = { on: instant(dayAt(at)), known: knownAt(at) };
  if (views.has(kind) && views.get(kind).width === width) {
    const { view } = views.get(kind);
    for (const [name, value] of Object.entries(signals)) view.signal(name, value);
    await view.data('rows', rows).runAsync();
  } else await embed(kind, width, rows, signals);
  describeChart(kind, rows);
}

async function embed(kind, width, rows, signals) {
  if (views.has(kind)) views.get(kind).finalize();
  const spec = structuredClone(told.charts[kind]);
  (spec.spec || spec).width = width;
  spec.data.values = rows;
  for (const one of spec.params) one.value = signals[one.name];
  if (width > 700) spec.config.legend.columns = 5;
  if (width < 320) { spec.config.axis.labelLimit = 130; spec.config.legend.columns = 1; }
  const options = { mode: 'vega-lite', ast: true, renderer: 'svg', actions: false, logLevel: 1, defaultStyle: false, tooltip: { disableDefaultStyle: true }, ...(speech.calendar && { timeFormatLocale: speech.calendar }) };
  const { view, finalize } = await vegaEmbed($(`chart-${kind}`), spec, options);
  $(`chart-${kind}`).querySelector('svg').setAttribute('aria-hidden', 'true'); // the label of its place speaks for it
  views.set(kind, { view, finalize, width });
}

// The charts, those in sight first.
function drawings(at) {
  const kinds = Object.keys(rowsOf).sort((one, other) => Number(!inSight(one)) - Number(!inSight(other)));
  return [...kinds.map((kind) => () => draw(kind)), () => { document.body.dataset.drawn = String(at); }];
}

function inSight(kind) {
  const box = $(`chart-${kind}`).getBoundingClientRect();
  return box.bottom > 0 && box.top < window.innerHeight;
}

function buildTrend() {
  $('trend-of').append(h('option', { value: '', text: word('what moved most') }), ...[...stories.keys()].map((key) => h('option', { value: key, text: key })));
  $('trend-of').addEventListener('input', () => draw('trend'));
}

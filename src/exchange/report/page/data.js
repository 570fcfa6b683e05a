// What is known at each position? The states of every commitment, read from what the page carries.

let told, statuses, sealed, speech, stories, last;

const DAY = 86400000;
const number = (day) => Date.parse(day + 'T00:00Z') / DAY;

async function unpack() {
  const bytes = Uint8Array.from(atob(document.getElementById('facts').textContent), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const facts = JSON.parse(await new Response(stream).text());
  ({ told, statuses, sealed, speech } = facts);
  for (const [name, row] of Object.entries(statuses)) statuses[name] = { sign: row[0], tone: row[1] };
  Object.keys(statuses).forEach((name, place) => { statuses[name].place = place; });
  stories = new Map(Object.entries(told.states).map(([key, steps]) => [key, grown(steps)]));
  last = told.known && dayAt(told.known + 1) !== dayAt(told.known) ? told.known + 1 : told.known;
}

// The steps of a commitment as whole states: what a step does not name stays as it was.
function grown(steps) {
  let before = null;
  return steps.map(([at, otherwise]) => {
    const state = otherwise && { ...(before || {}) };
    told.fields.forEach((field, place) => {
      if (!state) return;
      const value = otherwise[place];
      if (!before && value === undefined) state[field] = LISTS.has(field) ? [] : null;
      else if (value !== undefined) state[field] = LISTS.has(field) ? spliced((before || {})[field] || [], value) : value;
    });
    before = state;
    return { at, state };
  });
}

const LISTS = new Set(['reasons', 'flags', 'milestones', 'next', 'timeline', 'trend', 'pace', 'score']);

const spliced = (old, [begin, out, ...put]) => [...old.slice(0, begin), ...put, ...old.slice(begin + out)];

// The last of sorted things whose `of` is not above a limit; -1 where there is none.
function lastUpTo(things, limit, of) {
  let low = 0, high = things.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (of(things[middle]) <= limit) low = middle + 1; else high = middle;
  }
  return low - 1;
}

function stateAt(key, at) {
  const story = stories.get(key);
  const found = lastUpTo(story, at, (step) => step.at);
  return found < 0 ? null : story[found].state;
}

// The day on which the board of a position is judged; after the last position, that of the report.
function dayAt(at) {
  if (at < 1) return told.days.length ? told.days[0][1] : told.on;
  return told.days[lastUpTo(told.days, at, (turn) => turn[0])][1];
}

const knownAt = (at) => Math.min(at, told.known);

// Does an event stand at a moment: was it recorded by then, and not taken back?
function stands(position, at) {
  return position <= at && !takenBack(position, at);
}

function takenBack(position, at) {
  const found = (takenBack.by ||= Map.groupBy(told.gone, (row) => row[0])).get(position) || [];
  const row = found.find((one) => one[2] <= at && at < one[3]);
  return row && row[1];
}

// A sentence as it is said on a day: what is marked in it depends on the day.
function say(text, day) {
  if (!text.includes('\x01')) return text;
  const on = number(day);
  return text.replace(/\x01([a-z])([^\x01]*)\x01/g, (_, kind, of) => {
    if (kind === 'l') return straight(of, on);
    const count = Math.abs(on - number(of));
    const words = counted(count, 'day');
    if (kind === 'a') return count ? `${words} ago` : 'today';
    return kind === 'i' ? `in ${words}` : words;
  });
}

function straight(of, on) {
  const [start, end] = of.split('/').map(number);
  const gone = Math.min(on - start, end - start), whole = end - start;
  return `${Math.floor((gone * 1000 + whole - 1) / whole) / 10} %`;
}

// Words of the page in its language. Reasons are sentences in English, in every language.
const word = (text) => speech.words[text] || text;
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
const statusWord = (code) => speech.status[code] || code;
const flagWord = (code) => speech.flag[code] || code;
function many(one, more, count, values = {}) {
  const forms = speech.many[one] || [one, more];
  const form = new Intl.PluralRules(speech.lang).select(count);
  return filled({ one: forms[0], few: forms[1], many: forms[2] }[form] || forms.at(-1), { count, ...values });
}

// Text without what is a matter of taste; capitals do not depend on how an I is dotted.
const plain = (text) => text.toLowerCase().replace(/\u0307/g, '').replace(/\u0131/g, 'i');

const counted = (count, noun) => `${count} ${noun}${count === 1 ? '' : 's'}`;

function left(day, on) {
  if (!day) return '–';
  const count = number(day) - number(on);
  return filled(count >= 0 ? word('{days} d') : word('{days} d over'), { days: Math.abs(count) });
}

const NOBODY = '(nobody named)';
const partyName = (key) => told.names.party[key] || (key === NOBODY ? word('(nobody named)') : key);
const programmeName = (key) => told.names.programme[key] || key;

// How is the page changed? Only by text and elements: nothing out of a ledger is ever read as markup.

const $ = (id) => document.getElementById(id);

function h(tag, more = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(more)) {
    if (name === 'on') for (const [what, does] of Object.entries(value)) made.addEventListener(what, does);
    else if (name === 'text') made.textContent = value;
    else if (value !== false && value !== null) made.setAttribute(name, value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ''));
  return made;
}

// Text in an element, written only where it is another one: laying out is what takes time.
function put(element, text) {
  if (element.put !== text) element.textContent = element.put = text;
}

// The same, with days that are not broken at their hyphens.
function putDated(element, text) {
  if (element.put === text) return;
  element.put = text;
  element.replaceChildren(...unbroken(text));
}

const DATE = /(\d{4}-\d\d-\d\d)/;
const unbroken = (text) => String(text).split(DATE).map((one, at) => (at % 2 ? h('span', { class: 'nb', text: one }) : one));

// What a ledger says may run in either direction.
const foreign = (text, tag = 'span', more = {}) => h(tag, { dir: 'auto', ...more }, unbroken(text));

function statusMark(name) {
  const mark = h('span', { class: 'status' }, h('span', { class: 'sign', 'aria-hidden': 'true' }), h('span'));
  markStatus(mark, name);
  return mark;
}

function markStatus(mark, name) {
  const found = statuses[name] || { sign: '·', tone: 'rest' };
  if (mark.className !== `status ${found.tone}`) mark.className = `status ${found.tone}`;
  put(mark.children[0], found.sign);
  put(mark.children[1], statusWord(name));
}

const table = (head, rows) => h('table', {},
  h('thead', {}, h('tr', {}, head.map((name) => h('th', { scope: 'col', text: name })))),
  h('tbody', {}, rows.map((row) => h('tr', {}, row.map((cell) => (cell instanceof Node ? h('td', {}, cell) : foreign(cell ?? '–', 'td')))))));

// Work that can wait until the hand rests.
function resting(work, wait = 140) {
  let timer;
  return () => { clearTimeout(timer); timer = setTimeout(work, wait); };
}

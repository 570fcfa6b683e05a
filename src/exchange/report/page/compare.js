// What is otherwise at one moment than at another, and by which events?

function differences(then, now) {
  const found = [];
  for (const key of stories.keys()) {
    const before = stateAt(key, then), after = stateAt(key, now);
    if (before !== after) {
      const lines = changed(before, after, dayAt(now));
      if (lines.length) found.push({ key, title: (after || before).title, lines });
    }
  }
  return found;
}

function changed(before, after, on) {
  if (!before) return [`added: ${after.status}${after.due ? `, due ${after.due}` : ''}`];
  if (!after) return ['no longer on record'];
  const lines = [];
  const tell = (name, one, other) => { if ((one || null) !== (other || null)) lines.push(`${name}: ${one || '(none)'} → ${other || '(none)'}`); };
  if (before.status !== after.status) lines.push(`${before.status} → ${after.status}: ${say(after.reasons[0] || '', on)}`);
  tell('due', before.due, after.due);
  tell('expected', before.forecast, after.forecast);
  tell('reached', before.reached, after.reached);
  tell('met', before.met, after.met);
  tell('title', before.title, after.title);
  tell('programme', before.programme, after.programme);
  tell('promised by', before.promisors.map(partyName).join(', '), after.promisors.map(partyName).join(', '));
  tell('looked after by', before.owner, after.owner);
  tell('start', before.start, after.start);
  tell('flags', codes(before), codes(after));
  const old = new Map(before.milestones.map((one) => [one[0], one]));
  for (const one of after.milestones) tellMilestone(lines, old.get(one[0]), one);
  for (const [key, , status] of before.milestones) if (!after.milestones.some((one) => one[0] === key)) lines.push(`${key}: ${status} → no longer on record`);
  return lines;
}

const codes = (state) => state.flags.map(([code]) => code).join(', ');

function tellMilestone(lines, old, [key, , status, due, forecast, met]) {
  if (!old) { lines.push(`${key}: added, ${status}${due ? `, due ${due}` : ''}`); return; }
  const words = [['', old[2], status], ['due ', old[3], due], ['expected ', old[4], forecast], ['met ', old[5], met]];
  const told = words.filter(([, one, other]) => one !== other).map(([name, one, other]) => `${name}${one || '(none)'} → ${other || '(none)'}`);
  if (told.length) lines.push(`${key}: ${told.join('; ')}`);
}

function showDifferences() {
  $('differences').hidden = !moment.comparing;
  if (!moment.comparing) return;
  const [then, now] = [Math.min(moment.then, moment.now), Math.max(moment.then, moment.now)];
  const found = differences(then, now);
  const events = told.events.filter(([position]) => position > knownAt(then) && position <= knownAt(now));
  put($('differences-said'), `From ${spoken(then)} to ${spoken(now)}: ${counted(found.length, 'commitment')} changed, by ${counted(events.length, 'event')}${then === now ? '' : ' and the days between'}.`);
  $('differences-list').replaceChildren(...found.map(({ key, title, lines }) => h('details', { open: found.length < 15 },
    h('summary', {}, foreign(short(title)), ' ', h('span', { class: 'key', text: key }), ` (${lines.length})`),
    h('ul', {}, lines.map((line) => foreign(short(line), 'li'))),
    h('ol', { class: 'events' }, events.filter(([, item]) => belongs(item, key)).slice(-12).map(eventRow)))));
}

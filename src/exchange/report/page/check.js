// Are the lines in this file those that were sealed? Worked out here, from the bytes (RFC 6962, C2SP signed-note).

const bytesOf = (base64) => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest('SHA-256', await new Blob(parts).arrayBuffer()));
const same = (one, other) => hex(one) === hex(other);
const LEAF = new Uint8Array([0]), NODE = new Uint8Array([1]);

async function rootOf(leaves) {
  if (!leaves.length) return sha256();
  let row = leaves;
  while (row.length > 1) {
    const pairs = [];
    for (let at = 0; at < row.length; at += 2) pairs.push(at + 1 < row.length ? sha256(NODE, row[at], row[at + 1]) : row[at]);
    row = await Promise.all(pairs);
  }
  return row[0];
}

async function check() {
  if (!window.crypto || !crypto.subtle) return tellCheck('unsure', ['This browser gives this page no means to hash (WebCrypto). Open the file from a disk, or in another browser. Nothing was checked.']);
  const text = $('lines').textContent;
  const lines = text ? text.split('\n') : [];
  const kept = bytesOf(sealed.leaves);
  const leaves = await Promise.all(lines.map((line) => sha256(LEAF, line)));
  const wrong = lines.map((line, at) => at + 1).filter((position) => !same(leaves[position - 1], kept.slice(32 * (position - 1), 32 * position)));
  const said = [], bad = [];
  if (wrong.length) bad.push(`${wrong.length === 1 ? 'Line' : 'Lines'} ${wrong.slice(0, 20).map((position) => `#${position}`).join(', ')}${wrong.length > 20 ? ' and more' : ''}: not what was hashed when this report was made. ${wrong.length === 1 ? 'It was' : 'They were'} altered.`);
  if (lines.length !== told.known) bad.push(`There are ${lines.length} lines here, and the report speaks of ${told.known}.`);
  const root = await rootOf(leaves);
  if (hex(root) === told.ledger.root) said.push(`The ${counted(lines.length, 'line')} here have the root that stands at the head of this report.`);
  else bad.push(`The lines here have another root (${hex(root).slice(0, 12)}…) than the report (${told.ledger.root.slice(0, 12)}…).`);
  const unsure = await checkNote(leaves, said, bad);
  tellCheck(bad.length ? 'bad' : unsure ? 'unsure' : 'good', [...bad, ...said,
    'Not checked: that the board was worked out rightly from these lines. The command pledger audit verify does that.']);
}

// What was sealed, by whom. Says whether it stays open who vouches for the lines.
async function checkNote(leaves, said, bad) {
  const note = sealed.note;
  if (!note) {
    said.push('No checkpoint is in this report: nobody has signed these lines, and they are only known to agree with this file.');
    return true;
  }
  if (same(await rootOf(leaves.slice(0, note.size)), bytesOf(note.root))) said.push(`The checkpoint of ${note.origin} pins the first ${counted(note.size, 'line')}, and they are those.`);
  else bad.push(`The first ${counted(note.size, 'line')} are not those that the checkpoint of ${note.origin} pins.`);
  if (told.known > note.size) said.push(`Not under the checkpoint yet: #${note.size + 1} to #${told.known}.`);
  if (!note.signers.length) {
    said.push('Whose checkpoint it is was not checked: no verifier key was given when this report was made (--vkey).');
    return true;
  }
  let unsure = false;
  for (const one of note.signers) unsure = !(await checkSigner(one, note, said, bad)) || unsure;
  return unsure;
}

async function checkSigner(one, note, said, bad) {
  const lines = new TextDecoder().decode(bytesOf(one.signed)).split('\n').slice(-4);
  if (lines[0] !== note.origin || lines[1] !== String(note.size) || lines[2] !== note.root) {
    bad.push(`${one.name} signed another checkpoint than this one.`);
    return true;
  }
  let key;
  try {
    key = await crypto.subtle.importKey('raw', bytesOf(one.key), { name: 'Ed25519' }, false, ['verify']);
  } catch {
    said.push(`The signature of ${one.name} was not checked: this browser knows no Ed25519. Check it with pledger audit verify.`);
    return false;
  }
  const good = await crypto.subtle.verify({ name: 'Ed25519' }, key, bytesOf(one.signature), bytesOf(one.signed));
  if (good) said.push(`${one.name} signed the checkpoint. Hold its key against the one that you know from elsewhere: ${one.vkey}`);
  else bad.push(`The signature of ${one.name} under the checkpoint is not good.`);
  return true;
}

function tellCheck(tone, sentences) {
  const head = { good: '✓ All that could be checked holds.', unsure: '? Nothing is wrong, but not all could be checked.', bad: '✖ These are not the lines that the report was made from.' }[tone];
  $('checked').className = `verdict ${tone}`;
  $('checked').replaceChildren(h('p', { lang: 'en' }, h('b', { text: head })), h('ul', { lang: 'en' }, sentences.map((text) => foreign(text, 'li'))));
}

// Single-key shortcuts (/staff/keys). They do nothing while somebody types, and can be turned off (WCAG 2.1.4).
const SETTING = 'postbag-keys';

export const areOn = () => localStorage.getItem(SETTING) !== 'off';

export function turn(on) {
  localStorage.setItem(SETTING, on ? 'on' : 'off');
}

const isTyping = ({ target }) =>
  target instanceof Element &&
  (target.closest('textarea, select, [contenteditable]') !== null ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)));

const LEADS_TO = { h: '/staff', c: '/staff/cases' };
let goes = false;

export function start() {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || !areOn()) return;
    if (goes && event.key in LEADS_TO) location.assign(LEADS_TO[event.key]);
    goes = event.key === 'g';
    if (event.key === '?') location.assign('/staff/keys');
    if (event.key === '/') {
      const field = document.querySelector('#header-search');
      if (!field) return;
      event.preventDefault();
      field.focus();
    }
    move(event);
  });
}

/** j, k and x in a list. Enter opens by itself, for the link of the line has the focus. */
function move(event) {
  const rows = [...document.querySelectorAll('[data-row]')];
  if (rows.length === 0 || !['j', 'k', 'x'].includes(event.key)) return;
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  if (event.key === 'x') {
    const tick = rows[at]?.querySelector('input[type=checkbox]');
    if (tick) tick.click();
    return;
  }
  const next = at === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, at + (event.key === 'j' ? 1 : -1)));
  rows[next].querySelector('[data-open]')?.focus();
}

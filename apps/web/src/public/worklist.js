// Select all, and how many are selected. Without scripts each line has its own box.
export function start(list) {
  const place = list.querySelector('[data-select-all]');
  const ticks = [...list.querySelectorAll('[data-row] input[type=checkbox]')];
  if (!place || ticks.length === 0) return;
  const all = document.createElement('input');
  all.type = 'checkbox';
  all.className = 'postbag-tick';
  all.setAttribute('aria-label', 'Select all cases on this page');
  place.replaceWith(all);
  const count = list.querySelector('[data-selected-count]');
  const show = () => {
    const selected = ticks.filter((tick) => tick.checked).length;
    all.checked = selected === ticks.length;
    all.indeterminate = selected > 0 && selected < ticks.length;
    if (count) count.textContent = selected === 0 ? '' : ` (${selected})`;
    for (const tick of ticks) tick.closest('[data-row]').classList.toggle('is-selected', tick.checked);
  };
  all.addEventListener('change', () => {
    for (const tick of ticks) tick.checked = all.checked;
    show();
  });
  list.addEventListener('change', show);
  show();
}

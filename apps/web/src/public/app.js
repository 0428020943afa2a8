// Betters pages that work without it: menus, tables and notices come alive where scripts run.
import { initAll } from '/static/govuk-frontend.js';

document.body.classList.add('js-enabled', 'govuk-frontend-supported');
initAll();

/** Loaded only where a component of it is on the page. */
if (document.querySelector('[data-module^="moj-"]')) {
  const moj = await import('/static/moj-frontend.js');
  moj.initAll();
}

for (const script of document.querySelectorAll('[data-script]')) {
  const { start } = await import(`/static/${script.dataset.script}.js`);
  start(script);
}

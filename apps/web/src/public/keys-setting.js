import { areOn, turn } from '/static/keys.js';

/** A button that turns the shortcuts off and on again. */
export function start(element) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'govuk-button govuk-button--secondary';
  const said = document.createElement('p');
  said.className = 'govuk-body';
  said.setAttribute('role', 'status');
  const show = () => {
    button.textContent = areOn() ? 'Turn the shortcuts off' : 'Turn the shortcuts on';
    said.textContent = areOn() ? 'The shortcuts are on.' : 'The shortcuts are off.';
  };
  button.addEventListener('click', () => {
    turn(!areOn());
    show();
  });
  show();
  element.replaceChildren(said, button);
}

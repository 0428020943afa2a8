import * as fc from 'fast-check';
import { MergeFieldMissing, renderTemplate, TemplateUnusable } from './render-template';

const values = {
  correspondent: { name: 'Asha Patel', adjustments: null },
  reference: 'WM-2026-000123-K',
  respondBy: '2026-05-01',
  count: 0,
  topics: ['speeding', 'patrols'],
};

function problem(body: string, subject = 'x'): unknown {
  try {
    return renderTemplate({ subject, body }, values);
  } catch (error) {
    return error;
  }
}

describe('renderTemplate', () => {
  it('fills subject and body', () => {
    expect(
      renderTemplate(
        {
          subject: 'Your letter {{ reference }}',
          body: 'Dear {{ correspondent.name }},\r\nwe answer by {{ respondBy | date: "%-d %B %Y" }}. {{ count }} {{ topics }}',
        },
        values,
      ),
    ).toEqual({
      subject: 'Your letter WM-2026-000123-K',
      body: 'Dear Asha Patel,\nwe answer by 1 May 2026. 0 speeding, patrols',
    });
  });

  it.each([
    ['{{ nmae }}', 'nmae', /does not exist/],
    ['{{ correspondent.nmae }}', 'correspondent.nmae', /does not exist/],
    ['{% if nmae %}x{% endif %}y', 'nmae', /does not exist/],
    ['{{ correspondent.adjustments }}', 'correspondent.adjustments', /no value/],
    ['{{- correspondent.adjustments -}}', 'correspondent.adjustments', /no value/],
    ['{{ correspondent.adjustments | upcase }}', 'correspondent.adjustments', /no value/],
    ['{{ correspondent.adjustments | raw }}', 'correspondent.adjustments', /no value/],
    ['{% if true %}{{correspondent.adjustments}}{% endif %}', 'correspondent.adjustments', /no value/],
    ['{{ correspondent }}', 'correspondent', /group of fields/],
  ])('names the field that is wrong in %s', (body, field, message) => {
    const error = problem(body);
    expect(error).toBeInstanceOf(MergeFieldMissing);
    expect(error).toMatchObject({ field, kind: 'invalid', errors: [{ pointer: `/${field.replaceAll('.', '/')}` }] });
    expect((error as Error).message).toMatch(message);
  });

  it('lets a template say what stands in for a value, or leave the sentence out', () => {
    const body =
      'Dear {{ correspondent.adjustments | default: "Sir or Madam" }}{% if correspondent.adjustments %} no {% endif %}';
    expect(renderTemplate({ subject: 'x', body }, values).body).toBe('Dear Sir or Madam');
  });

  it('never reads a value as template code', () => {
    const hostile = { name: '{{ reference }}{% include "x" %}' };
    expect(renderTemplate({ subject: 'x', body: '{{ name }}' }, hostile).body).toBe(hostile.name);
  });

  it.each([
    ['an unclosed tag', '{% if reference %}'],
    ['an unknown filter', '{{ reference | shout }}'],
    ['a file', '{% include "/etc/passwd" %}'],
    ['a file of the working folder', '{% render "package.json" %}'],
    ['a layout', '{% layout "package.json" %}'],
    ['an endless loop', '{% for a in (1..100000) %}{% for b in (1..100000) %}{{ b }}{% endfor %}{% endfor %}'],
    ['a flood of memory', '{% assign a = (1..10000000) %}{{ a | join: "x" }}'],
    ['a letter longer than any', '{% for a in (1..20000) %}Dear all{% endfor %}'],
    ['nothing', '{% comment %}x{% endcomment %} '],
  ])('refuses %s', (_what, body) => {
    const error = problem(body);
    expect(error).toBeInstanceOf(TemplateUnusable);
    expect(error).toMatchObject({ kind: 'invalid', errors: [{ pointer: '/body' }] });
  });

  it('reaches nothing but the values themselves', () => {
    for (const body of ['{{ reference.constructor }}', '{{ __proto__ }}', '{{ correspondent.toString }}']) {
      expect(problem(body)).toBeInstanceOf(MergeFieldMissing);
    }
  });

  it('says which part is wrong', () => {
    expect(problem('x', '{% if %}')).toMatchObject({ errors: [{ pointer: '/subject' }] });
  });

  it('makes a subject of one line of at most 200 characters, whatever the value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 400 }), (subject) => {
        fc.pre(subject.trim() !== '');
        const rendered = renderTemplate({ subject: 'Re: {{ s }}\r\nX-Evil: 1', body: 'x' }, { s: subject });
        expect(rendered.subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        expect(Array.from(rendered.subject).length).toBeLessThanOrEqual(200);
      }),
    );
  });
});

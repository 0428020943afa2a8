import type { PastCorrespondent } from '@app/casework';
import type { Dice } from './dice';
import type { Material, Place, Topic } from './material';

/** A letter before it is sent. */
export interface Letter {
  readonly topic: string;
  readonly category: string;
  readonly channel: string;
  readonly subject: string;
  readonly body: string;
  readonly reply: string;
  readonly forward: string | null;
  readonly closeOnly: string | null;
  readonly correspondent: PastCorrespondent;
  readonly spamScore: number | null;
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

const CHANNELS = [
  ['email', 54],
  ['web-form', 22],
  ['phone', 11],
  ['letter', 6],
  ['social-media', 3],
  ['in-person', 2],
  ['event', 2],
] as const;

/** Makes letters of parts, and the invented people who write them. */
export class LetterWriter {
  constructor(
    private readonly material: Material,
    private readonly dice: Dice,
  ) {}

  /** The keys of everything that people write about. */
  get topics(): readonly string[] {
    return this.material.topics.map(({ key }) => key);
  }

  /** About something that people write about in that month (0: January). */
  ordinary(office: string, month: number, only?: string): Letter {
    const { dice } = this;
    const topic = dice.weighted(
      this.material.topics.filter(({ key }) => only === undefined || key === only),
      ({ weight, season }) => (only === undefined ? weight * (season[month] ?? 1) : 1),
    );
    const place = this.place(office);
    const fill = this.filling(place);
    const channel = this.channelOf(topic);
    const correspondent = this.correspondentOf(topic, channel, place);
    const parts = [dice.pick(topic.openings), dice.pick(topic.middles)];
    if (topic.middles.length > 2 && dice.chance(0.5)) parts.push(dice.pick(topic.middles));
    const text = [...new Set(parts)].map(fill);
    const ask = fill(dice.pick(topic.asks));
    return {
      topic: topic.key,
      category: topic.category,
      channel,
      subject: fill(dice.pick(topic.subjects)),
      body: this.lay(channel, place, text, ask, correspondent.name ?? ''),
      reply: fill(dice.pick(topic.replies)),
      forward: topic.forward ?? null,
      closeOnly: topic.closeOnly ?? null,
      correspondent,
      spamScore: null,
    };
  }

  /** In which the risk screen should find something. */
  troubling(office: string): Letter {
    const letter = this.dice.pick(this.material.special.risk);
    const channel = this.dice.pick(['email', 'web-form', 'web-form', 'phone']);
    return this.special('risk', office, channel, letter);
  }

  foreign(office: string): Letter {
    const letter = this.dice.pick(this.material.special.languages);
    return this.special('language', office, this.dice.pick(['email', 'web-form']), letter, letter.name);
  }

  spam(office: string): Letter {
    const { subject, body, score } = this.dice.pick(this.material.special.spam);
    const number = String(this.dice.int(10, 99));
    const email = `offers${number}@bulk-sender.example`;
    const correspondent = { ...NOBODY, name: `Offers ${number}`, email };
    const letter = { category: 'spam', subject, body, reply: '' };
    return { ...this.special('spam', office, 'email', letter), correspondent, spamScore: score };
  }

  campaign(office: string): Letter {
    const { category, subject, openings, body, personal, reply } = this.material.special.campaign;
    const whole = [this.dice.pick(openings), body, this.dice.pick(personal)].filter((part) => part !== '').join('\n\n');
    return this.special('campaign', office, 'email', { category, subject, body: whole, reply });
  }

  followUp(): string {
    return this.dice.pick(this.material.words.followUps);
  }

  private special(
    topic: string,
    office: string,
    channel: string,
    letter: { category: string; subject: string; body: string; reply: string },
    name?: string,
  ): Letter {
    const place = this.place(office);
    const fill = this.filling(place);
    const correspondent = this.person(channel, place, name);
    const { category, subject, reply } = letter;
    const body = `${fill(letter.body)}\n\n${correspondent.name ?? ''}`;
    const how = { topic, category, channel, forward: null, closeOnly: null, correspondent, spamScore: null };
    return { ...how, subject, body, reply: fill(reply) };
  }

  private lay(channel: string, place: Place, text: readonly string[], ask: string, name: string): string {
    const { dice } = this;
    const { words, special } = this.material;
    switch (channel) {
      case 'phone':
        return `Telephone call, ${String(dice.int(3, 25))} minutes.\n\nThe caller said: “${text.join(' ')}”\n\nAsked: ${ask}`;
      case 'event':
      case 'in-person':
        return `Raised at the surgery in ${place.name}.\n\n“${text.join(' ')}”\n\n${ask}\n\nPromised an answer in writing.`;
      case 'social-media':
        return `${dice.pick(special.social)} ${text[0] ?? ''} ${ask}`;
      default:
        return [dice.pick(words.greetings), ...text, ask, `${dice.pick(words.farewells)}\n${name}`].join('\n\n');
    }
  }

  private channelOf({ capacity }: Topic): string {
    if (capacity) return this.dice.chance(0.85) ? 'email' : 'letter';
    return this.dice.weighted(CHANNELS, ([, weight]) => weight)[0];
  }

  private correspondentOf({ capacity, category }: Topic, channel: string, place: Place): PastCorrespondent {
    const { dice } = this;
    const { members, councils, press } = this.material.people;
    const email = (address: string): string | null => (channel === 'email' ? address : null);
    switch (capacity) {
      case 'mp': {
        const name = dice.pick(members);
        return { ...NOBODY, name, email: email(`${dotted(name)}@parliament.example`), capacity };
      }
      case 'councillor': {
        const council = dice.pick(councils);
        const name = `Clerk to ${council} Parish Council`;
        const address = `clerk@${dotted(council).replaceAll('.', '-')}-parish-council.example`;
        const postcode = this.postcode(place);
        return {
          ...NOBODY,
          name,
          email: email(address),
          postcode,
          organisation: `${council} Parish Council`,
          capacity,
        };
      }
      case 'media': {
        const { name, email: address } = dice.pick(press);
        return { ...NOBODY, name, email: email(address), capacity };
      }
      case undefined: {
        const person = this.person(channel, place);
        return category === 'victim-support' && dice.chance(0.4) ? { ...person, capacity: 'victim' } : person;
      }
    }
  }

  private person(channel: string, place: Place, known?: string): PastCorrespondent {
    const { dice } = this;
    const { forenames, surnames, domains } = this.material.people;
    const { adjustments, safeContact, restrictions } = this.material.words;
    const name = known ?? `${dice.pick(forenames)} ${dice.pick(surnames)}`;
    const hasEmail = channel === 'email' || channel === 'web-form' || dice.chance(0.3);
    const number = dice.chance(0.6) ? String(dice.int(2, 89)) : '';
    const isReachable = channel === 'phone' || dice.chance(0.35);
    return {
      name,
      email: hasEmail ? `${dotted(name)}${number}@${dice.pick(domains)}` : null,
      // Numbers that Ofcom keeps for drama.
      phone: isReachable
        ? dice.chance(0.5)
          ? `01632 960${String(dice.int(0, 999)).padStart(3, '0')}`
          : `07700 900${String(dice.int(0, 999)).padStart(3, '0')}`
        : null,
      postcode: channel === 'email' && dice.chance(0.5) ? null : this.postcode(place),
      organisation: null,
      capacity: 'member-of-public',
      adjustments: dice.chance(0.03) ? dice.pick(adjustments) : null,
      safeContactNote: dice.chance(0.008) ? dice.pick(safeContact) : null,
      contactRestriction: dice.chance(0.004) ? dice.pick(restrictions) : null,
    };
  }

  /** Of a district of the area; the second half is one that nobody has. */
  private postcode({ outcodes }: Place): string | null {
    return outcodes.length === 0 ? null : `${this.dice.pick(outcodes)} 9ZZ`;
  }

  private place(office: string): Place {
    return this.dice.weighted(this.material.places[office] ?? [], ({ weight }) => weight);
  }

  private filling(place: Place): (text: string) => string {
    const { dice } = this;
    const values: Readonly<Record<string, string>> = {
      place: place.name,
      road: dice.pick(this.material.roads),
      n: String(dice.int(2, 9)),
      month: dice.pick(MONTHS),
      elsewhere: dice.pick(this.material.elsewhere),
    };
    return (text) => text.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
  }
}

const NOBODY: PastCorrespondent = {
  ...{ name: null, email: null, phone: null, postcode: null, organisation: null, capacity: null },
};

function dotted(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z\s-]/g, '')
    .trim()
    .replace(/\s+/g, '.');
}

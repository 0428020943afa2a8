import { classifyMail, type MailClassification } from './classify-mail';
import { aLetter, multipart, parse, rawMail } from './testing/sample-mail';

const OWN = ['opcc@west-mercia.example', 'OPCC@Warwickshire.example'];

async function classify(raw: Uint8Array, from = 'jane.doe@home.example'): Promise<MailClassification> {
  return classifyMail(await parse(raw), { from, to: 'opcc@west-mercia.example' }, OWN);
}

describe('a letter from a person', () => {
  it('may be answered automatically', async () => {
    expect(await classify(aLetter())).toEqual({
      kind: 'person',
      mayAnswerAutomatically: true,
      reasons: ['Nothing suggests that a machine sent it.'],
      bounce: null,
    });
  });

  it.each([
    ['about an office that is out of reach', 'Out of office hours noise from the depot'],
    ['about post that did not come', 'Undelivered letters in our street'],
    ['about a failure', 'Failure to act on speeding'],
    ['that answers a bounce', 'Re: Undeliverable: Street lamp'],
    ['that passes a bounce on', 'Fwd: Delivery Status Notification (Failure)'],
    ['about a holiday', 'Holiday homes and burglary'],
    ['about automatic gates', 'Automatic replyphones are useless'],
  ])('stays one: %s', async (_, subject) => {
    const text = 'I was unable to reach you. Your colleague could not deliver an answer. User unknown, it said.';
    expect(await classify(aLetter([`Subject: ${subject}`], text))).toMatchObject({
      kind: 'person',
      mayAnswerAutomatically: true,
    });
  });

  it('stays one though it encloses a bounce as a file', async () => {
    const report = [
      'Content-Type: message/delivery-status',
      '',
      'Final-Recipient: rfc822; a@b.example',
      'Action: failed',
      'Status: 5.1.1',
    ];
    const bounce = [
      'Content-Type: message/rfc822',
      '',
      'Subject: Undeliverable',
      'Content-Type: multipart/mixed; boundary=x',
      '',
      '--x',
      ...report,
      '--x--',
    ];
    expect(
      await classify(multipart('mixed', [['Content-Type: text/plain', '', 'What does this mean?'], bounce])),
    ).toMatchObject({ kind: 'person' });
  });

  it.each([
    ['without a sender', rawMail('To: opcc@west-mercia.example', 'Subject: Help', '', 'Please help me.')],
    ['with a broken sender', aLetter(['From: Jane'])],
    ['that asks not to be answered automatically', aLetter(['X-Auto-Response-Suppress: All'])],
    ['sent through a bulk service', aLetter(['Feedback-ID: 1:campaign:service'])],
    ['whose answers would come back to us', aLetter(['Reply-To: opcc+WM-2026-0001@west-mercia.example'])],
    ['whose answers would go to a machine', aLetter(['Reply-To: noreply@home.example'])],
    ['from an address like a programme', aLetter(['From: alerts@home.example'])],
    ['with a loop mark', aLetter(['X-Loop: opcc'])],
  ])('is not answered automatically %s', async (_, raw) => {
    const { kind, mayAnswerAutomatically, reasons } = await classify(raw);
    expect([kind, mayAnswerAutomatically]).toEqual(['person', false]);
    expect(reasons.length).toBeGreaterThan(0);
  });

  it('is not answered automatically when its return path belongs to a machine', async () => {
    expect(await classify(aLetter(), 'bounces+123@sender.example')).toMatchObject({
      kind: 'person',
      mayAnswerAutomatically: false,
    });
  });
});

describe('what a machine sent', () => {
  it.each([
    ['with an automatic reply by its header', ['Auto-Submitted: auto-replied (vacation)'], 'auto-reply'],
    ['with the precedence of a reply', ['Precedence: auto_reply'], 'auto-reply'],
    ['by an old autoresponder', ['X-Autoreply: yes'], 'auto-reply'],
    ['by another autoresponder', ['X-Autorespond: away'], 'auto-reply'],
    ['generated', ['Auto-Submitted: auto-generated'], 'machine'],
    ['in bulk', ['Precedence: bulk'], 'machine'],
    ['as junk', ['Precedence: Junk'], 'machine'],
    ['from nobody', ['From: No Reply <no-reply@shop.example>'], 'machine'],
    ['from nobody in another way', ['From: donotreply-123@shop.example'], 'machine'],
    ['from a mail system', ['From: Mail Delivery System <mailer-daemon@mx.example>'], 'machine'],
    ['for a list', ['List-Id: <neighbours.lists.example>'], 'mailing-list'],
    ['for a list, as its list precedence says', ['Precedence: list'], 'mailing-list'],
    ['for subscribers', ['List-Unsubscribe: <mailto:leave@news.example>'], 'mailing-list'],
    [
      'with the list header stolen from somewhere',
      ['List-Id: <x>', 'List-Post: <mailto:x@lists.example>'],
      'mailing-list',
    ],
  ])('is told apart: %s', async (_, headers, kind) => {
    expect(await classify(aLetter(headers))).toMatchObject({ kind, mayAnswerAutomatically: false, bounce: null });
  });

  it('is an ordinary letter where the header says that it was not automatic', async () => {
    expect(await classify(aLetter(['Auto-Submitted: no']))).toMatchObject({
      kind: 'person',
      mayAnswerAutomatically: true,
    });
  });

  it('is told apart by the null return path', async () => {
    expect(await classify(aLetter(), '')).toMatchObject({ kind: 'machine', mayAnswerAutomatically: false });
    expect(await classify(aLetter(['In-Reply-To: <a@west-mercia.example>']), '')).toMatchObject({ kind: 'auto-reply' });
  });

  it.each([
    'Automatic reply: Street lamp',
    'Auto Reply: Street lamp',
    'Out of office: Street lamp',
    'Out of Office AutoReply: Street lamp',
    'Automatische Antwort: Straßenlampe',
    'Abwesenheitsnotiz: Straßenlampe',
    'Réponse automatique : Lampadaire',
    'Respuesta automática: Farola',
    'Risposta automatica: Lampione',
    'Resposta automática: Candeeiro',
    'Automatisch antwoord: Lantaarn',
    'Autosvar: Gatulampa',
    'Automaattinen vastaus: Katuvalo',
    'Odpowiedź automatyczna: Latarnia',
    'Automatická odpověď: Lampa',
    'Automatikus válasz: Lámpa',
    'Răspuns automat: Lampă',
    'Otomatik Yanıt: Lamba',
    'Αυτόματη απάντηση: Φανάρι',
    'Автоматический ответ: Фонарь',
    'Ymateb awtomatig: Lamp',
    '自动回复: 路灯',
    '自動返信：街灯',
    'رد تلقائي: مصباح',
  ])('is an automatic reply by its subject: %s', async (subject) => {
    expect(await classify(aLetter([`Subject: ${subject}`]))).toMatchObject({
      kind: 'auto-reply',
      mayAnswerAutomatically: false,
    });
  });
});

describe('what comes from ourselves', () => {
  it.each([
    ['by its sender', aLetter(['From: Office <opcc@warwickshire.EXAMPLE>']), 'x@relay.example'],
    ['by a tagged sender', aLetter(['From: opcc+WM-2026-0001@west-mercia.example']), 'x@relay.example'],
    ['by its submitter', aLetter(['Sender: OPCC@west-mercia.example']), 'x@relay.example'],
    ['by its envelope', aLetter(), 'opcc@west-mercia.example'],
  ])('is never answered: %s', async (_, raw, from) => {
    expect(await classify(raw, from)).toMatchObject({ kind: 'own', mayAnswerAutomatically: false });
  });
});

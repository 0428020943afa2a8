import { type MailAddress, type ParsedMail } from './parsed-mail';

// Local parts that mail systems send from. "postmaster" may be a person, but RFC 2142 makes it a role that is
// never to be answered by a machine.
const DAEMON =
  /^(?:mail(?:er)?[-_.]?daemon|daemon|post[-_.]?master|sys(?:tem)?[-_.]?admin(?:istrator)?|mail[-_.]?delivery(?:[-_.](?:sub)?system)?|mdaemon|mailer|mailsystem|mail[-_.]system|bounces?(?:[-_+=.].*)?|.*[-_+.]bounces?|majordomo|listserv|mailman)$/i;
const DAEMON_NAME =
  /^(?:mail(?:er)?[- ]?daemon|mail delivery (?:sub)?system|mail system|postmaster|mail administrator|system administrator|returned mail)\b/i;
const NO_REPLY =
  /^(?:.*[-_.+])?(?:no|not|never|dont|do[-_.]?not|donot|ne[-_.]pas|nicht|nao|no[-_.]se)[-_.]?(?:reply|replies|respond|response|answer|repondre|antworten|responda|responder)(?:[-_.+0-9].*)?$/i;
const ROBOT =
  /^(?:nobody|null|root|cron|daemon|www-data|apache|nagios|auto(?:mated|mailer|confirm|responder|reply|notify)?|robot|bot|owner-.*|.*-owner|.*-request|request-.*|notifications?|notify|alerts?|unsubscribe|undisclosed.*)$/i;

// The beginnings of automatic replies: what Exchange, Outlook, Gmail, Lotus Notes, GroupWise and others put before the
// subject in their languages. Only as a beginning with a separator, so that "Out of office hours noise" stays a letter.
const AUTO_REPLY_PREFIX = new RegExp(
  '^(?:' +
    [
      'auto(?:matic(?:ally generated)?|mated)?[- ]?(?:reply|response|answer|acknowledge?ment)',
      'out[- ]of[- ](?:the[- ])?office(?: (?:auto(?:matic)?[- ]?)?(?:reply|response|notice|message))?',
      'ooo|o\\.o\\.o\\.?',
      '(?:vacation|holiday|absence|away)(?: (?:reply|response|notice|message|notification))',
      'automatische antwort|abwesenheits(?:notiz|nachricht|benachrichtigung|meldung)|abwesend',
      "r[ée]ponse automatique|absence du bureau|message d[’']absence",
      'respuesta autom[áa]tica|fuera de (?:la )?oficina',
      'resposta autom[áa]tica|aus[êe]ncia tempor[áa]ria|fora do escrit[óo]rio',
      'risposta automatica|fuori sede|fuori ufficio',
      'automatisch antwoord|automatische beantwoording|afwezig(?:heidsbericht)?|niet aanwezig',
      'autosvar|automatisk svar|automatiskt svar|fr[åa]nvaro(?:meddelande)?|ikke til stede|fravær',
      'automaattinen vastaus|poissaoloviesti',
      'automatyczna odpowied[źz]|odpowied[źz] automatyczna|autoodpowied[źz]',
      'automatick[áa] odpov[ěe][ďd]|mimo kancel[áa][řr]',
      'automatikus v[áa]lasz|h[áa]zon k[íi]v[üu]l',
      'r[ăa]spuns automat',
      'otomatik yan[ıi]t|ofis d[ıi][şs][ıi]nda',
      'αυτόματη απάντηση|εκτός γραφείου',
      'автоматический ответ|автоответ|автоматична відповідь|автоматичен отговор|вне офиса',
      'automatski odgovor|samodejni odgovor',
      'automatinis atsakymas|automātiskā atbilde|automaatvastus',
      "ymateb awtomatig|ateb awtomatig|allan o[’']r swyddfa",
      '自动(?:回复|答复)|自動(?:回覆|返信|応答)|不在通知|자동 ?(?:회신|응답)|부재 중',
      'رد تلقائي|תשובה אוטומטית|มาแทนที่|ตอบกลับอัตโนมัติ|trả lời tự động|balasan otomatis|स्वचालित उत्तर',
    ].join('|') +
    ')(?:\\s*[:：\\-–—(\\[]|\\s*$|\\s+re\\b)',
  'iu',
);

// Beginnings and wordings of non-delivery notices. Enough only together with a sender or envelope of a mail system.
const NON_DELIVERY = new RegExp(
  [
    'undeliver(?:ed|able)|un(?:able to|zustellbar)|non[- ]?(?:delivery|recapitabile|remis|remitid)|not (?:be )?delivered|could not be (?:delivered|sent)|returned (?:mail|to sender)|returning message',
    'deliver(?:y|ed) (?:status|has failed|failure|failed|problem|error|report|notification)|failed delivery|failure (?:notice|delivery)|mail (?:delivery|system) (?:failed|failure|error|status)|mail fail(?:ed|ure)|returning to sender|failure notice|message delivery|mail delivery',
    'unzustellbar|nicht zugestellt|zustellung|r[üu]ckl[äa]ufer|fehlgeschlagen',
    'non remis|[ée]chec de (?:la )?remise|non distribu|mancata consegna|impossibile recapitare|non recapitabile',
    'no se (?:puede|pudo|ha podido) entregar|no entregado|devuelto|n[ãa]o (?:foi )?entregue|falha na entrega|onbestelbaar|kan niet worden bezorgd|kunne ikke leveres|kunde inte levereras|ej levererat',
    'nie(?:dor[ęe]czon|dostarczon)|nedoru[čc]|k[ée]zbes[íi]thetetlen|teslim edilemedi|недоставлен|не доставлен|не может быть доставлен',
    '配信できません|配信不能|送信できません|エラー通知|无法投递|退信|無法傳遞|반송|전송 실패',
    'warning: (?:message|could not send)|delayed mail|message blocked|message you sent blocked|unsolicited bulk email, apparently from you|loop alert|mta-blocked|postmaster notify|errors from|there was an error sending|message you sent|mail quarantined',
  ].join('|'),
  'iu',
);

const NON_DELIVERY_TEXT =
  /(?:could not|couldn['’]t|cannot|can['’]t|unable to|wasn['’]t able to|was not|not been|has not yet been|failed to|error delivering|failure|did not)[^.]{0,60}(?:deliver|reach|send)|following (?:recipient|address)(?:es|s)?(?:\(es\))?[^.]{0,60}(?:fail|reject|error|problem|deliver)|permanent (?:fatal )?error|transcript of session|delivery (?:has )?failed|did not like our|unknown user|user unknown|invalid (?:user|final)|no such user|mailbox (?:is )?full|error occurred while (?:attempting|trying) to deliver|failure reasons|each of the following recipients was rejected|送信できません|не может быть доставлено/iu;

const DELIVERY_RECEIPT =
  /^(?:read|not read|gelesen|lu|leído|letto|lida|gelezen|læst|l[äa]st)\s?:|^(?:read receipt|return receipt|delivery receipt|successful mail delivery report|relayed|delivered)\b/i;

/** Whether an address belongs to a mail system rather than a person or an office. */
export function isDaemon(sender: MailAddress): boolean {
  return isDaemonAddress(sender.address) || DAEMON_NAME.test(sender.name);
}

export function isDaemonAddress(address: string): boolean {
  return DAEMON.test(localPart(address));
}

/** Whether the From field, even one without a usable address, names a mail system. */
export function isDaemonField(field: string): boolean {
  return /mailer-daemon|mail delivery (?:sub)?system|postmaster/i.test(field.slice(0, 500));
}

/** Whether an address says that nobody reads what is sent to it. */
export function isNoReply(address: string): boolean {
  return NO_REPLY.test(localPart(address));
}

/** Whether an address looks like a programme's. A person may have one, so it only forbids automatic answers. */
export function isRobotLike(address: string): boolean {
  return ROBOT.test(localPart(address));
}

export function isAutoReplySubject(subject: string): boolean {
  return AUTO_REPLY_PREFIX.test(subject.trim().slice(0, 200));
}

export function isNonDeliverySubject(subject: string): boolean {
  return NON_DELIVERY.test(subject.slice(0, 200)) && !/^(?:re|fwd?|aw|wg|tr|rv)\s?:/i.test(subject.trim());
}

export function isNonDeliveryText(mail: ParsedMail): boolean {
  return NON_DELIVERY_TEXT.test(mail.text.slice(0, 3000));
}

export function isReceiptSubject(subject: string): boolean {
  return DELIVERY_RECEIPT.test(subject.trim().slice(0, 200));
}

function localPart(address: string): string {
  const at = address.lastIndexOf('@');
  return (at < 0 ? address : address.slice(0, at)).slice(0, 64);
}

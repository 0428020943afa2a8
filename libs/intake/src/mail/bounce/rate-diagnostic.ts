export type BounceSeverity = 'hard' | 'soft' | 'unknown';

/** Which command of the SMTP dialogue was refused, if the report says so. */
export type RefusedAt = 'sender' | 'recipient' | 'content' | null;

const MAX_CHARS = 4000;

// Wording that is about the sending side, the content or the moment. It is tried first, because such refusals often
// come with "rejected", "5.1.1" or the address of the recipient as well.
const SOFT: readonly RegExp[] = [
  /\b(?:mail ?box|in ?box|mail ?folder|account|user|quota|storage|disk)\b[^.]{0,60}\b(?:full|over ?quota|exceed(?:s|ed)?|over (?:the )?(?:limit|quota))/,
  /\b(?:over|exceed(?:s|ed|ing)?)\b[^.]{0,40}\b(?:quota|storage|mail ?box|(?:local )?limit)|\bout of storage|insufficient (?:disk|system)|not enough (?:disk )?(?:space|storage)/,
  /\b(?:account|mail ?box|user|recipient|address)\b[^.:]{0,60}\b(?:disabled|suspended|inactive|deactivated|frozen|locked|blocked|bloque)\b|\bdisabled (?:recipient|mailbox|account|user)/,
  /\bspam|unsolicited|\bbulk\b|\bjunk\b|\bube\b|scored as|\bvirus|malware|prohibited|header error|media error|content (?:error|reject|filter)|message filtered|refused due to|mail rejete/,
  /\bblocked\b|black ?list|block ?list|\bbanned\b|\brbl\b|dnsbl|reputation|\babuse\b|complaint|open relay|poor|your isp|volume/,
  /\bpolic(?:y|ies)\b|access denied|not (?:allowed|authorized|permitted|accepted)|unauthenticated|no access|permission|violation|security|redundant/,
  /\bspf\b|\bdkim\b|\bdmarc\b|\bptr\b|r(?:everse )?dns|authenticat|verif(?:y|ied|iable)|mismatches|rel(?:ay|aying)\b/,
  /\b(?:domain of )?(?:sender|originator|from:?)\b[^.]{0,80}\b(?:rejected|denied|invalid|refused|does not exist|unknown|not)|purported|e-?mail address is not verified|provide a valid from/,
  /\btime[d-]? ?out|expired|deferred|delayed|try(?:ing)? again|temporar|retr(?:y|ies)|in the queue|connection (?:refused|reset|lost|closed)|(?:un)?able to (?:connect|establish)|requests to connect|not responding|host not reachable|multiple retries|giving up after/,
  /\bloop|hop count|too (?:many|large|big|fast)|\brate\b|limit exceeded|message size|size (?:exceeds|limit)|syntax|sequence of commands|not implemented|name ?server|dns error|resources|service (?:currently )?(?:unavailable|refused)|transaction failed|\bldap\b|internal (?:system )?error/,
];

const NO_USER: readonly RegExp[] = [
  /\buser (?:is )?unknown|\bunknown (?:or illegal )?(?:user|recipient|alias|mail ?box|account|address|local)/,
  /\bno such (?:user|recipient|mail ?box|person|address|account|local|customer|alias)|\bno (?:mail ?box|user|account) (?:here|found|by that name|with)/,
  /\b(?:user|recipient|mail ?box|account|address|alias)\b[^.;]{0,80}\b(?:does ?n[o']t|do(?:es)? not|not|never) (?:exist|found|known|recogni[sz]ed|listed)/,
  /\b(?:recipient|address|user) ?not ?found|recip(?:ient)?notfound|was ?n[o'’]t found at|not listed in|not our (?:user|customer)/,
  /\binvalid (?:recipient|mail ?box|user|address|final delivery)|bad (?:destination )?mail ?box|not a (?:valid|known) (?:recipient|mailbox|user|address)|no valid recipients|\baddress rejected\b(?!:)|destinataire (?:invalide|inconnu)/,
  /utilisateur inconnu|(?:empf(?:ä|ae)nger|benutzer)[^.]{0,40}(?:unbekannt|existiert nicht)|usuario desconocido|utente sconosciuto|gebruiker onbekend|usu[aá]rio desconhecido/,
  /\bno longer (?:on server|valid|available|exists|in use|works)|\b(?:user|recipient|account|mailbox) has moved|has left the (?:company|organi[sz]ation)/,
];

// So plain that it counts at any stage of the dialogue.
const NO_ACCOUNT = /\buser doesn['’]?t have an? .{0,60}\baccount/;
const NO_HOST =
  /\bhost (?:or domain name )?(?:is )?(?:unknown|not found)|\bunknown (?:host|domain)|\bdomain (?:name )?(?:does not exist|not found|unknown|is not reachable)|find any host|no such (?:host|domain)|name or service not known|bad destination system|illegal host|\bdomain may not exist/;
const NO_MAIL =
  /does(?: not|n['’]t) (?:accept|receive) (?:any )?e?-?mail|no smtp service|null mx|find a mail exchanger|no mx record|no mail exchanger/;

// RFC 3463: bad mailbox, system, syntax of mailbox, moved; 5.1.10 (RFC 7505) and Microsoft's 5.1.351 likewise.
const HARD_STATUS = /^5\.(?:1\.(?:[1236]|10|351)|4\.4)$/;

/**
 * Hard when the address, its host or its willingness to take mail is gone (unknown user, unknown host, moved, takes
 * no mail): writing again is useless. Soft when it may work another day or with another mail. A server that knew the
 * recipient and says "unknown user" only after the content has a filter, so that is soft; a host not found under a
 * temporary code may be a trouble of the name service.
 */
export function rateDiagnostic(diagnostic: string, status: string | null, refusedAt: RefusedAt): BounceSeverity {
  const text = diagnostic
    .slice(0, MAX_CHARS)
    .toLowerCase()
    .replace(/https?:\/\/\S*/g, ' ')
    .replace(/\s+/g, ' ');
  const isTemporary = status?.startsWith('4') ?? /(?:^|[ ;:])4\d\d[ -]/.test(text);
  if (refusedAt === 'sender' || /^x-unix;/.test(text)) return 'soft';
  if (NO_MAIL.test(text)) return isTemporary ? 'soft' : 'hard';
  if (NO_HOST.test(text) && !/dns error/.test(text)) return isTemporary ? 'soft' : 'hard';
  if (NO_ACCOUNT.test(text)) return 'hard';
  if (SOFT.some((pattern) => pattern.test(text))) return 'soft';
  const isFilter = refusedAt === 'content' || status?.startsWith('5.7.') === true;
  if (NO_USER.some((pattern) => pattern.test(text))) return isFilter ? 'soft' : 'hard';
  if (status !== null && HARD_STATUS.test(status)) return isFilter ? 'soft' : 'hard';
  if (status !== null || /(?:^|[ ;:])[45]\d\d[ -]/.test(text)) return 'soft';
  return 'unknown';
}

/** The command that was refused, from the wording of postfix, exim, sendmail, yahoo and others. */
export function refusedAtOf(text: string): RefusedAt {
  const lower = text.slice(0, MAX_CHARS).toLowerCase();
  // Commands are sent in one go; the complaint that DATA has no recipient shows what was refused.
  if (/(?:need|no valid|no) (?:rcpt|recipient)/.test(lower)) return 'recipient';
  const stage =
    /(?:in reply to|after|response to|\bfor|>>>|\[|\() ?(?:pipelined )?(?:end of )?(mail[ _]from|rcpt[ _]to|rcpt command|data|text|initial connection)\b/.exec(
      lower,
    )?.[1] ?? /\(data\)|smtp command\s+(data)\b/.exec(lower)?.[0];
  if (stage === undefined) return null;
  if (stage.startsWith('mail')) return 'sender';
  return stage.startsWith('rcpt') ? 'recipient' : stage.startsWith('initial') ? null : 'content';
}

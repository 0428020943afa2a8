import { Injectable } from '@nestjs/common';
import type { CaseFile } from '../domain/case-file';
import { CaseRuleRefused, InvalidCaseInput } from '../domain/case.errors';
import { CaseLetters, type Letter } from './case-letters';
import { CaseSettings } from './case-settings';
import { FileRelease } from './file-release';

export interface ForwardInput {
  /** A key of the routing table; null: the destination of the case's category. */
  readonly destination: string | null;
  readonly reason: string;
  /** Null: the lawful basis of the category. */
  readonly lawfulBasis: string | null;
  readonly consent: boolean;
  /** Whether the sender is told (they are unless there is a reason not to). */
  readonly notifySender: boolean;
  /** The sender of the notice has read the person's safe-contact note and contact restriction. */
  readonly cautionRead: boolean;
}

/** What forwarding a case would do: the letters as they would go out. */
export interface ForwardingPlan {
  readonly destination: string;
  readonly destinationName: string;
  readonly lawfulBasis: string;
  readonly toDestination: Letter;
  readonly attachedItemId: string | null;
  /** Null: the sender is not told by mail, by choice or for want of an address. */
  readonly toSender: Letter | null;
}

/** Checks what a forwarding needs and writes both letters, for the preview and for the act alike. */
@Injectable()
export class Forwardings {
  constructor(
    private readonly letters: CaseLetters,
    private readonly settings: CaseSettings,
    private readonly files: FileRelease,
  ) {}

  /** @throws InvalidCaseInput, CaseRuleRefused, FileNotReleased */
  async plan(caseFile: CaseFile, input: Omit<ForwardInput, 'cautionRead'>): Promise<ForwardingPlan> {
    const { office, category } = caseFile.snapshot();
    const rules = category === null ? null : (await this.settings.category(category, office)).data;
    const key = input.destination ?? rules?.destination ?? null;
    if (key === null) throw new InvalidCaseInput('/destination', 'this category has no destination: name one');
    const destination = await this.settings.destination(key, office);
    if (destination.data.email === null) {
      throw new CaseRuleRefused(`${destination.data.name} takes no forwarded mail: tell the sender where to turn.`);
    }
    if (rules?.consent === 'yes' && !input.consent) {
      throw new InvalidCaseInput('/consent', 'the sender must have agreed before this is forwarded');
    }
    const lawfulBasis = input.lawfulBasis ?? (input.consent ? 'consent' : rules?.lawfulBasis) ?? null;
    if (lawfulBasis === null) throw new InvalidCaseInput('/lawfulBasis', 'say on what lawful basis it is forwarded');
    const { address } = await this.letters.recipient(caseFile);
    const isTold = input.notifySender && address !== null;
    const values = {
      destinationName: destination.data.name,
      destinationContact: destination.data.telephone,
      forwardReason: input.reason,
      lawfulBasis,
      consent: input.consent ? 'the sender has agreed' : null,
      // Not said to the destination unless it is true: without an address nobody has been told yet.
      senderTold: isTold ? 'yes' : null,
    };
    const { letter, attachedItemId } = await this.letters.forwardLetter(caseFile, destination.data.email, values);
    // It goes along as it was received, with its files.
    if (attachedItemId !== null) await this.files.requireForwardable(attachedItemId);
    return {
      destination: key,
      destinationName: destination.data.name,
      lawfulBasis,
      toDestination: letter,
      attachedItemId,
      toSender: isTold ? await this.letters.noticeLetter(caseFile, values) : null,
    };
  }
}

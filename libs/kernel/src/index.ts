export { Clock } from './clock';
export { DomainError, type ErrorKind, type FieldError } from './domain-error';
export { Aggregate } from './aggregate';
export { type Actor, type DomainEvent } from './domain-event';
export { CHAIN_START, chainHash, commitment, type HashedEvent } from './hash-chain';
export { type JsonObject, type JsonValue } from './json';

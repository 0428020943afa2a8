export { backup, type ArchiveSummary } from './backup';
export { ArchiveRefused } from './manifest';
export { restore } from './restore';

import './resolve-aliases';
import { stopServers } from './running';

/** Stops what the global set-up started. */
export default stopServers;

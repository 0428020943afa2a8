/** An operator's own settings, which win over ours. */
export const LOCAL_SETTINGS = 'local.conf';

/** The whole of postgresql.conf, written at each start. */
export function serverSettings(port: number, hasLocal: boolean): string {
  const settings = Object.entries({ ...connections(port), ...memory, ...durability, ...logging });
  return [
    `# Written by Postbag at each start. Put settings of your own in ${LOCAL_SETTINGS} beside this file.`,
    ...settings.map(([name, value]) => `${name} = ${value}`),
    ...(hasLocal ? [`include = '${LOCAL_SETTINGS}'`] : []),
    '',
  ].join('\n');
}

const connections = (port: number): Record<string, string> => ({
  port: String(port),
  listen_addresses: "'127.0.0.1'",
  unix_socket_directories: "''",
  max_connections: '100',
  password_encryption: "'scram-sha-256'",
  // A killed client must not keep its locks until its statement is done.
  client_connection_check_interval: "'5s'",
  timezone: "'UTC'",
  cluster_name: "'postbag'",
});

/** For two cores and little memory; parallel plans would need /dev/shm, which containers keep small. */
const memory = {
  shared_buffers: "'96MB'",
  work_mem: "'8MB'",
  maintenance_work_mem: "'64MB'",
  effective_cache_size: "'512MB'",
  random_page_cost: '1.1',
  io_method: "'sync'",
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  max_worker_processes: '2',
  max_logical_replication_workers: '0',
  autovacuum_max_workers: '2',
};

const durability = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  wal_level: 'replica',
  wal_buffers: "'8MB'",
  max_wal_size: "'1GB'",
  min_wal_size: "'80MB'",
  checkpoint_timeout: "'15min'",
};

/** Personal data stays out: no statement, no parameter and none of the values that a DETAIL line quotes. */
const logging = {
  log_destination: "'stderr'",
  logging_collector: 'off',
  log_line_prefix: "'%m [%p] '",
  log_timezone: "'UTC'",
  // Statements that fail are told to the client; their messages quote what was entered.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_statement: "'none'",
  log_min_duration_statement: '-1',
  log_checkpoints: 'off',
  log_autovacuum_min_duration: '-1',
  log_temp_files: '-1',
  lc_messages: "'C'",
};

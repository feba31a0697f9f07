const windowOf = `json_build_object('name', w.name, 'startsAt', w.starts_at, 'endsAt', w.ends_at)`;
const forHost = `w.removed_at IS NULL AND (w.host_ids IS NULL OR host.id = ANY(w.host_ids))`;

/**
 * $1 hosts, $2 now, $3 since when refusals count. An exception is an acceptance of a risk, or an override of the gate
 * that somebody agreed to. An acceptance that ran out is open again until somebody does something about the finding; an
 * override is closed when it was taken back, or by a report from after its end or that of its window.
 */
export const changesSql = `
  SELECT host.id AS host_id, open.it AS open, ended.it AS ended, preflight.observed_at AS preflight_at,
    (SELECT coalesce(json_agg(e ORDER BY e."expiresAt", e.name), '[]') FROM (
       SELECT work.rule AS name, coalesce(work.accepted_until, work.changed_at) AS "expiresAt", NULL::timestamptz AS "closedAt"
       FROM finding_work work WHERE work.host_id = host.id AND work.rule <> 'exception-expired'
         AND (work.state = 'accepted' OR (work.state = 'open' AND work.voided = 'expired'))
       UNION ALL
       SELECT 'override of ' || w.name, o.expires_at, NULL FROM gate_override o JOIN change_window w ON w.id = o.window_id
       WHERE o.host_id = host.id AND o.approved_at IS NOT NULL AND o.revoked_at IS NULL
         AND (seen.observed_at >= least(o.expires_at, w.ends_at)) IS NOT TRUE
     ) e) AS exceptions,
    (SELECT coalesce(json_agg(json_build_object('at', r.at, 'reason', r.reason) ORDER BY r.at DESC, r.reason), '[]')
     FROM report_refusal r WHERE r.host_id = host.id AND r.at > $3) AS refusals
  FROM host LEFT JOIN host_seen seen ON seen.host_id = host.id
  LEFT JOIN LATERAL (SELECT ${windowOf} AS it FROM change_window w
    WHERE ${forHost} AND w.ends_at > $2 ORDER BY w.starts_at, w.ends_at, w.id LIMIT 1) open ON true
  LEFT JOIN LATERAL (SELECT ${windowOf} AS it FROM change_window w
    WHERE ${forHost} AND w.ends_at <= $2 ORDER BY w.ends_at DESC, w.id LIMIT 1) ended ON true
  LEFT JOIN LATERAL (SELECT max(p.observed_at) AS observed_at FROM preflight p
    WHERE p.host_id = host.id AND p.answered_at IS NOT NULL) preflight ON true
  WHERE host.id = ANY($1::uuid[])`;

/** What a server says is as old as its newest report, unless that could not read it. Two live servers under one key prove nothing. */
const saidAt = `CASE WHEN NOT seen.identity_conflict THEN coalesce(server.frozen_at, seen.observed_at) END`;

/** $1 hosts and $2 their short names, one pair a name. */
export const productSql = `
  WITH named AS (SELECT DISTINCT * FROM unnest($1::uuid[], $2::text[]) AS input(host_id, short_name)),
  said AS (
    SELECT server.host_id, server.server, server.is_listed AND NOT server.has_strangers AS is_whole, ${saidAt} AS at
    FROM product_server server JOIN host ON host.id = server.host_id AND host.retired_at IS NULL
    LEFT JOIN host_seen seen ON seen.host_id = server.host_id
  ), lists AS (
    SELECT count(*)::int AS servers, (count(*) FILTER (WHERE is_whole))::int AS whole_lists,
      CASE WHEN bool_and(at IS NOT NULL) THEN min(at) END AS lists_read_at FROM said
  )
  SELECT asked.host_id,
    (SELECT json_build_object('server', said.server, 'observedAt', said.at) FROM said WHERE said.host_id = asked.host_id) AS own,
    (SELECT coalesce(json_agg(json_build_object('serverId', said.host_id, 'observedAt', said.at, 'entry', proxy.entry)
       ORDER BY said.host_id, proxy.place), '[]')
     FROM product_proxy proxy JOIN said ON said.host_id = proxy.server_id
     WHERE proxy.short_name IN (SELECT short_name FROM named WHERE named.host_id = asked.host_id)) AS entries,
    (SELECT coalesce(json_agg(lower(other.hostname) ORDER BY other.id), '[]') FROM host other
     WHERE other.retired_at IS NULL AND other.id <> asked.host_id AND split_part(lower(other.hostname), '.', 1)
       IN (SELECT short_name FROM named WHERE named.host_id = asked.host_id)) AS namesakes,
    lists.servers, lists.whole_lists, lists.lists_read_at
  FROM (SELECT DISTINCT host_id FROM named) asked, lists`;

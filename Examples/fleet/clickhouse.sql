-- The figures of the packs below the current folder, as <server>/<window>/: one row of server, metric, group, figure and
-- value each, where the server '*' stands for all of them. The definitions are those of `kfaudit merge`.
--
--     cd ARCHIVE && clickhouse local --queries-file clickhouse.sql --output-format CSVWithNames >figures.csv

-- What the figures need of a row, once for its server and once for all; time is how long it took or was watched. Each
-- instance of each server counts once, from the newest pack that has it. The condition on _path leaves out `latest`, a
-- second name of a pack, and `….INCOMPLETE`.
CREATE OR REPLACE TABLE seen ENGINE = Memory AS
WITH packs AS (
  SELECT
    replaceOne(_path, '/manifest.json', '') AS pack, parseDateTime64BestEffort(asOf, 3, 'UTC') AS watchedUntil,
    ifNull(source.server, '') AS server
  FROM file('*/*/manifest.json', JSONEachRow, 'asOf String, source Tuple(server Nullable(String))')
  WHERE match(_path, '/[0-9][^/]*[^/E]/manifest.json$')
), rows AS (
  SELECT *, replaceOne(_path, '/instances.ndjson', '') AS pack
  FROM file('*/*/instances.ndjson', JSONEachRow, '
    referenceId Int64, status String, workflowType Nullable(String), definitionId Nullable(String),
    user Nullable(String), start Nullable(String), durationMs Nullable(Int64), dataQuality Array(String)')
  WHERE match(_path, '/[0-9][^/]*[^/E]/instances.ndjson$')
), newest AS (
  SELECT * FROM rows JOIN packs USING (pack) ORDER BY watchedUntil DESC, pack DESC LIMIT 1 BY server, referenceId
)
SELECT
  arrayJoin([server, '*']) AS server,
  ifNull(workflowType, '') AS workflowType,
  ifNull(definitionId, '') AS definitionId,
  if(position(user, '\\') > 0, lower(user), user) AS user,
  if(status IN ('CanceledForRestart', 'Complete', 'Failed', 'Rejected', 'Running', 'Suspended'), status, 'unknown')
    AS known,
  known IN ('Complete', 'Failed', 'Rejected') AS terminal,
  known IN ('Running', 'Suspended') AS open,
  multiIf(
    known = 'unknown' OR hasAny(dataQuality, ['badDate', 'negativeDuration', 'futureDate']), NULL,
    open, toUnixTimestamp64Milli(watchedUntil) - toUnixTimestamp64Milli(parseDateTime64BestEffortOrNull(start, 3, 'UTC')),
    durationMs) AS time
FROM newest
SETTINGS input_format_skip_unknown_fields = 1;

-- A figure that is NULL is left out.
WITH
-- Wilson's 95 % interval.
1.959963984540054 AS z,
(k, n, side) -> (k / n + side * side / (2 * n) + side * sqrt(k / n * (1 - k / n) / n + side * side / (4 * n * n)))
  / (1 + side * side / n) AS wilson,
tallies AS (
  SELECT server, 'failureRates' AS metric, '' AS group, countIf(known = 'Failed') AS k, count() AS n
  FROM seen WHERE terminal GROUP BY server
  UNION ALL
  SELECT server, 'failureRates.byUser', assumeNotNull(user), countIf(known = 'Failed'), count()
  FROM seen WHERE terminal AND user IS NOT NULL GROUP BY server, user
  UNION ALL
  SELECT server, 'failureRates.byDefinition', definitionId, countIf(known = 'Failed'), count()
  FROM seen WHERE terminal GROUP BY server, definitionId
),
-- Kaplan and Meier's estimate of the share that is not finished, with log–log 95 % limits.
times AS (
  SELECT server, workflowType, assumeNotNull(time) AS time, countIf(terminal) AS d, count() AS instances
  FROM seen WHERE seen.time IS NOT NULL GROUP BY server, workflowType, time
),
risks AS (
  SELECT *, sum(instances) OVER (PARTITION BY server, workflowType ORDER BY time DESC) AS n FROM times
),
curves AS (
  SELECT
    *, exp(sum(log1p(-d / n)) OVER forwards) AS s, z * sqrt(sum(if(n > d, d / n / (n - d), 0)) OVER forwards) AS width
  FROM risks
  WINDOW forwards AS (PARTITION BY server, workflowType ORDER BY time)
),
steps AS (
  SELECT
    *, if(s > 0 AND s < 1, pow(s, exp(width / -log(s))), s) AS lower,
    if(s > 0 AND s < 1, pow(s, exp(width / log(s))), s) AS upper
  FROM curves
),
-- When a share p is finished; a product of many quotients is not exact.
(curve, p) -> minOrNullIf(time, curve <= 1 - p + 1e-12) AS reached,
(name, value) -> (name, toNullable(toFloat64(value))) AS named,
flat AS (
  SELECT server, 'population' AS metric, '' AS group, [named('instances', count())] AS figures
  FROM seen GROUP BY server
  UNION ALL
  SELECT server, 'population.byStatus', known, [named('instances', count())] FROM seen GROUP BY server, known
  UNION ALL
  SELECT server, 'population.byWorkflowType', workflowType, [named('instances', count())] FROM seen GROUP BY server, workflowType
  UNION ALL
  SELECT
    server, metric, group,
    [named('failed', k), named('terminal', n), named('rate', k / n), named('low', if(k = 0, 0, wilson(k, n, -z))),
      named('high', if(k = n, 1, wilson(k, n, z)))]
  FROM tallies
  UNION ALL
  SELECT
    server, 'turnaround', workflowType,
    [named('terminal', countIf(terminal)), named('open', countIf(open)), named('superseded', countIf(known = 'CanceledForRestart'))]
  FROM seen GROUP BY server, workflowType
  UNION ALL
  -- Type-7 percentiles; with too few instances there is none.
  SELECT
    server, 'turnaround.completedOnly', workflowType,
    [named('n', count()), named('p50', quantileExactInclusive(0.5)(time)), named('p75', quantileExactInclusive(0.75)(time)),
      named('p90', quantileExactInclusive(0.9)(time)), named('p95', if(count() >= 20, quantileExactInclusive(0.95)(time), NULL)),
      named('p99', if(count() >= 100, quantileExactInclusive(0.99)(time), NULL)), named('max', max(time))]
  FROM seen WHERE terminal AND time IS NOT NULL GROUP BY server, workflowType
  UNION ALL
  SELECT
    server, 'turnaround.kaplanMeier', workflowType,
    [named('n', sum(instances)), named('events', sum(d)), named('censored', sum(instances - d)),
      named('p50', reached(s, 0.5)), named('p50Low', reached(lower, 0.5)), named('p50High', reached(upper, 0.5)),
      named('p75', reached(s, 0.75)), named('p75Low', reached(lower, 0.75)), named('p75High', reached(upper, 0.75)),
      named('p90', reached(s, 0.9)), named('p90Low', reached(lower, 0.9)), named('p90High', reached(upper, 0.9)),
      named('p95', reached(s, 0.95)), named('p95Low', reached(lower, 0.95)), named('p95High', reached(upper, 0.95))]
  FROM steps GROUP BY server, workflowType
)
SELECT server, metric, group, pair.1 AS figure, pair.2 AS value
FROM flat ARRAY JOIN figures AS pair
WHERE value IS NOT NULL
ORDER BY ALL;

-- The figures of the packs below the current folder, as <server>/<window>/: one row of server, metric, group, figure and
-- value each, where the server '*' stands for all of them. The definitions are those of `kfaudit merge`.
--
--     cd ARCHIVE && duckdb -csv -f duckdb.sql >figures.csv

-- Neither `latest`, a second name of a pack, nor `….INCOMPLETE`.
CREATE OR REPLACE TEMP VIEW packs AS
SELECT parse_path(filename)[:-2] AS pack, "asOf"::TIMESTAMP AS watched_until, source.server AS server
FROM read_json('*/[0-9]*[!E]/manifest.json', filename = true, hive_partitioning = false,
  columns = {"asOf": 'VARCHAR', source: 'STRUCT(server VARCHAR)'});

-- Each instance of each server once, from the newest pack that has it.
CREATE OR REPLACE TEMP VIEW newest_rows AS
SELECT * EXCLUDE (filename)
FROM (
  SELECT *, parse_path(filename)[:-2] AS pack
  FROM read_json('*/[0-9]*[!E]/instances.ndjson', format = 'newline_delimited', filename = true, hive_partitioning = false,
    columns = {
      referenceId: 'BIGINT', id: 'VARCHAR', status: 'VARCHAR', outcome: 'VARCHAR', workflowType: 'VARCHAR',
      definitionName: 'VARCHAR', definitionVersion: 'BIGINT', definitionId: 'VARCHAR', user: 'VARCHAR',
      userKind: 'VARCHAR', action: 'VARCHAR', commonName: 'VARCHAR', subject: 'VARCHAR', start: 'TIMESTAMP',
      lastModified: 'TIMESTAMP', durationMs: 'BIGINT', stepName: 'VARCHAR', stepUniqueName: 'VARCHAR', stepId: 'VARCHAR',
      statusMessage: 'VARCHAR', failureClass: 'VARCHAR', title: 'VARCHAR', titleRule: 'VARCHAR',
      dataQuality: 'VARCHAR[]'})
) JOIN packs USING (pack)
QUALIFY row_number() OVER (PARTITION BY server, referenceId ORDER BY watched_until DESC, pack DESC) = 1;

-- What the figures need of a row, once for its server and once for all; "time" is how long it took or was watched.
CREATE OR REPLACE TEMP TABLE seen AS
SELECT
  unnest([coalesce(server, ''), '*']) AS server,
  coalesce(workflowType, '') AS workflowType,
  coalesce(definitionId, '') AS definitionId,
  CASE WHEN contains("user", '\')
    THEN translate("user", 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') ELSE "user" END AS "user",
  CASE WHEN status IN ('CanceledForRestart', 'Complete', 'Failed', 'Rejected', 'Running', 'Suspended')
    THEN status ELSE 'unknown' END AS known,
  known IN ('Complete', 'Failed', 'Rejected') AS terminal,
  known IN ('Running', 'Suspended') AS open,
  CASE
    WHEN known = 'unknown' OR list_has_any(dataQuality, ['badDate', 'negativeDuration', 'futureDate']) THEN NULL
    WHEN open THEN epoch_ms(watched_until) - epoch_ms(start)
    ELSE durationMs
  END AS "time"
FROM newest_rows;

CREATE OR REPLACE TEMP VIEW population AS
SELECT server, 'population' AS metric, '' AS "group", count(*)::DOUBLE AS instances FROM seen GROUP BY ALL
UNION ALL SELECT server, 'population.byStatus', known, count(*) FROM seen GROUP BY ALL
UNION ALL SELECT server, 'population.byWorkflowType', workflowType, count(*) FROM seen GROUP BY ALL;

-- Wilson's 95 % interval.
CREATE OR REPLACE TEMP MACRO wilson(k, n, side) AS
  (k / n + side * side / (2 * n) + side * sqrt(k / n * (1 - k / n) / n + side * side / (4 * n * n)))
  / (1 + side * side / n);

CREATE OR REPLACE TEMP VIEW failure_rates AS
WITH tallies AS (
  SELECT server, 'failureRates' AS metric, '' AS "group", count_if(known = 'Failed') AS k, count(*) AS n
  FROM seen WHERE terminal GROUP BY ALL
  UNION ALL
  SELECT server, 'failureRates.byUser', "user", count_if(known = 'Failed'), count(*)
  FROM seen WHERE terminal AND "user" IS NOT NULL GROUP BY ALL
  UNION ALL
  SELECT server, 'failureRates.byDefinition', definitionId, count_if(known = 'Failed'), count(*)
  FROM seen WHERE terminal GROUP BY ALL
)
SELECT
  server, metric, "group", k::DOUBLE AS failed, n::DOUBLE AS terminal, k / n AS rate,
  CASE WHEN k = 0 THEN 0.0::DOUBLE ELSE wilson(k, n, -1.959963984540054::DOUBLE) END AS low,
  CASE WHEN k = n THEN 1.0::DOUBLE ELSE wilson(k, n, 1.959963984540054::DOUBLE) END AS high
FROM tallies;

CREATE OR REPLACE TEMP VIEW turnaround AS
SELECT
  server, 'turnaround' AS metric, workflowType AS "group", count_if(terminal)::DOUBLE AS terminal,
  count_if(open)::DOUBLE AS open, count_if(known = 'CanceledForRestart')::DOUBLE AS superseded
FROM seen GROUP BY ALL;

-- Type-7 percentiles; with too few instances there is none.
CREATE OR REPLACE TEMP VIEW completed_only AS
SELECT
  server, 'turnaround.completedOnly' AS metric, workflowType AS "group", count(*)::DOUBLE AS n,
  quantile_cont("time", 0.5)::DOUBLE AS p50, quantile_cont("time", 0.75)::DOUBLE AS p75,
  quantile_cont("time", 0.9)::DOUBLE AS p90,
  CASE WHEN count(*) >= 20 THEN quantile_cont("time", 0.95)::DOUBLE END AS p95,
  CASE WHEN count(*) >= 100 THEN quantile_cont("time", 0.99)::DOUBLE END AS p99,
  max("time")::DOUBLE AS max
FROM seen WHERE terminal AND "time" IS NOT NULL GROUP BY ALL;

-- Kaplan and Meier's estimate of the share that is not finished, with log–log 95 % limits.
CREATE OR REPLACE TEMP VIEW steps AS
WITH times AS (
  SELECT server, workflowType, "time", count_if(terminal) AS d, count(*) AS instances
  FROM seen WHERE "time" IS NOT NULL GROUP BY ALL
), risks AS (
  SELECT *, sum(instances) OVER (PARTITION BY server, workflowType ORDER BY "time" DESC) AS n FROM times
), curves AS (
  SELECT
    *, product((n - d) / n) OVER forwards AS s,
    1.959963984540054::DOUBLE * sqrt(sum(d / nullif(n::DOUBLE * (n - d), 0)) OVER forwards) AS width
  FROM risks
  WINDOW forwards AS (PARTITION BY server, workflowType ORDER BY "time")
)
SELECT
  *, CASE WHEN s > 0 AND s < 1 THEN pow(s, exp(width / -ln(s))) ELSE s END AS lower,
  CASE WHEN s > 0 AND s < 1 THEN pow(s, exp(width / ln(s))) ELSE s END AS upper
FROM curves;

-- When a share p is finished; a product of many quotients is not exact.
CREATE OR REPLACE TEMP MACRO reached(curve, p, times) AS min(times) FILTER (curve <= 1 - p::DOUBLE + 1e-12::DOUBLE)::DOUBLE;

CREATE OR REPLACE TEMP VIEW kaplan_meier AS
SELECT
  server, 'turnaround.kaplanMeier' AS metric, workflowType AS "group", sum(instances)::DOUBLE AS n, sum(d)::DOUBLE AS events,
  sum(instances - d)::DOUBLE AS censored,
  reached(s, 0.5, "time") AS p50, reached(lower, 0.5, "time") AS p50Low, reached(upper, 0.5, "time") AS p50High,
  reached(s, 0.75, "time") AS p75, reached(lower, 0.75, "time") AS p75Low, reached(upper, 0.75, "time") AS p75High,
  reached(s, 0.9, "time") AS p90, reached(lower, 0.9, "time") AS p90Low, reached(upper, 0.9, "time") AS p90High,
  reached(s, 0.95, "time") AS p95, reached(lower, 0.95, "time") AS p95Low, reached(upper, 0.95, "time") AS p95High
FROM steps GROUP BY ALL;

-- UNPIVOT leaves out what is NULL.
SELECT server, metric, "group", figure, "value"
FROM (
  FROM (UNPIVOT population ON COLUMNS(* EXCLUDE (server, metric, "group")) INTO NAME figure VALUE "value")
  UNION ALL FROM (UNPIVOT failure_rates ON COLUMNS(* EXCLUDE (server, metric, "group")) INTO NAME figure VALUE "value")
  UNION ALL FROM (UNPIVOT turnaround ON COLUMNS(* EXCLUDE (server, metric, "group")) INTO NAME figure VALUE "value")
  UNION ALL FROM (UNPIVOT completed_only ON COLUMNS(* EXCLUDE (server, metric, "group")) INTO NAME figure VALUE "value")
  UNION ALL FROM (UNPIVOT kaplan_meier ON COLUMNS(* EXCLUDE (server, metric, "group")) INTO NAME figure VALUE "value")
)
ORDER BY ALL;

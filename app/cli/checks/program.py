"""Masthead's own state in the database: its schema, its jobs."""

from collections.abc import Iterator

import psycopg

from app import migrate
from app.cli.checks.finding import Finding, bad, doubtful, good

LATE_SECONDS = 60


def migrations(connection: psycopg.Connection, subject: str = "migrations") -> Finding:
    found = migrate.standing_of(migrate.revision(connection))
    if found.fit is migrate.Fit.BEHIND:
        state = f"at revision {found.revision}" if found.revision else "empty"
        return bad(
            subject, f"the database is {state}, {found.head} is needed", "Run `masthead migrate`."
        )
    if found.fit is migrate.Fit.AHEAD:
        return bad(
            subject,
            f"the database is at revision {found.revision}, unknown to this program",
            "Run the newer Masthead that migrated it.",
        )
    return good(subject, f"at revision {found.revision}")


def waiting_jobs(connection: psycopg.Connection) -> Iterator[Finding]:
    row = connection.execute(
        "SELECT count(*) FILTER (WHERE status = 'failed'),"
        " count(*) FILTER (WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now()),"
        " (SELECT extract(epoch FROM now() - min(event.at)) FROM jobs.procrastinate_events event"
        "   JOIN jobs.procrastinate_jobs job ON job.id = event.job_id"
        "   WHERE job.status = 'todo' AND coalesce(job.scheduled_at, now()) <= now())"
        " FROM jobs.procrastinate_jobs"
    ).fetchone()
    assert row is not None
    failed, waiting, oldest = row
    if waiting and oldest > LATE_SECONDS:
        yield doubtful(
            "jobs",
            f"{waiting} wait, the oldest for {oldest / 60:.0f} minutes",
            "Is a worker running? `masthead serve` has one; `masthead worker` is another.",
        )
    else:
        yield good("jobs", f"{waiting} wait")
    if failed:
        yield doubtful(
            "failed jobs",
            f"{failed} were given up",
            "The log says why (event job_failed); `masthead rerender --all` makes good what "
            "readers may be missing, forgets them, and has follow-ups tried again.",
        )


def consumers(connection: psycopg.Connection) -> Iterator[Finding]:
    """Whether those who follow the change log keep up, and those whom they tell listen."""
    rows = connection.execute(
        "SELECT consumers.name, head.seq - consumers.seq, extract(epoch FROM now() -"
        "   (SELECT at FROM published.changes WHERE seq > consumers.seq ORDER BY seq LIMIT 1))"
        " FROM desk.consumers CROSS JOIN published.head ORDER BY consumers.name"
    ).fetchall()
    late = [(name, behind, age) for name, behind, age in rows if behind and age > LATE_SECONDS]
    for name, behind, age in late:
        yield doubtful(
            "change log",
            f"{name} is {behind} changes behind, the oldest of {age / 60:.0f} minutes ago",
            "Is a worker running? If so, its log says why (event consumer_failed).",
        )
    if not late:
        yield good("change log", f"{len(rows)} follow it, and keep up")
    row = connection.execute(
        "SELECT count(*), count(DISTINCT target) FROM desk.errands"
        " WHERE next_at IS NULL AND ok = false"
    ).fetchone()
    assert row is not None
    failed, targets = row
    if failed:
        yield doubtful(
            "told to others",
            f"{failed} pings and pushes to {targets} places were given up",
            "`/desk/hubs`, `/desk/index-now` and the receipts of deliveries say why, and the log "
            "(event errand_given_up).",
        )

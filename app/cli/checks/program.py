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

"""A count made by hand, small enough to be checked with a pencil."""

from infra.cost.count import Count, Kept, Outside, Tick, Work

SMALL = Count(
    on="2026-11-26",
    machine="a machine",
    python="3.13.0",
    journey=("one step",),
    functions={
        "submit_api": Work(
            invocations=1,
            cpu_ms=10.0,
            calls={"dynamodb.transact_write_items": 1, "s3.head_object": 1},
            log_lines=2,
            log_bytes=500,
            write_units={"Dossiers": 12},
            read_units={"Dossiers": 3.0},
        ),
        "onestop_api": Work(
            invocations=1,
            cpu_ms=5.0,
            calls={"dynamodb.put_item": 1, "stepfunctions.send_task_success": 1},
            write_units={"Ledgers": 4},
            read_units={"Dossiers": 1.5},
        ),
        "onestop_start_flow": Work(invocations=1, cpu_ms=2.0, calls={"stepfunctions.start_execution": 1}),
        "messages_issue_paper": Work(
            invocations=1, cpu_ms=300.0, calls={"s3.put_object": 2, "kms.sign": 3}, write_units={"Messages": 6}
        ),
        "outbox_publish": Work(
            invocations=4,
            cpu_ms=8.0,
            calls={"dynamodb.update_item": 4, "events.put_events": 4},
            write_units={"Anchors": 4},
        ),
    },
    outside=Outside(requests=2, log_bytes=600, calls={"s3.upload": 1, "s3.get_object": 1}, bytes_out=500_000),
    states=4,
    events={"vn.motcua.dossier.submitted": 1, "vn.motcua.draft.opened": 3},
    rows={"Dossiers": 4},
    intake_changes=1,
    kept=Kept(rows=10_000, files=1_000_000),
    swept=Work(cpu_ms=10.0, calls={"dynamodb.query": 2}, read_units={"Dossiers": 2.0}),
    chains=2,
    ticks={"EveryDay": Tick(function="catalogue_export", per_month=30, work=Work(invocations=1, cpu_ms=100.0))},
    fixed={"cloudwatch.alarms": 10, "kms.keys": 2},
    system_lines=False,
)

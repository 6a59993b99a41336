"""The whole house in one process: site, clock and engine."""

from diaodu.cli.office import workspace


def serve() -> None:
    """启动服务：网页、时钟、任务引擎在一个进程里；Ctrl-C 或 SIGTERM 结束。"""
    import os

    import typer

    from diaodu import clock, log
    from diaodu.language import _
    from flows.embedding import environment

    settings, engine = workspace()
    log.to_file(settings.home, terminal=True)
    (settings.home / "prefect").mkdir(exist_ok=True)
    os.environ.update(environment(settings.home, settings.serve_host, settings.serve_port))

    from diaodu.web.serving import serve as keep_serving  # Prefect reads its environment when it is imported

    typer.echo(_("网址：") + f"http://{settings.serve_host}:{settings.serve_port}/")
    keep_serving(settings, engine, clock.now)

"""The command group. Subcommands are loaded when they are asked for, so that `--help` is quick."""

from __future__ import annotations

import importlib
import keyword

import click

from milepost import __version__

COMMANDS = {
    "archive": "Move the points of old runs to the artifact store.",
    "db": "Upgrade, check, back up and restore a store's database.",
    "doctor": "Check a database and say what to do.",
    "du": "Show where the bytes of a database went.",
    "experiments": "List, search, create, delete, restore and export experiments.",
    "export": "Write runs and experiments to one portable bundle.",
    "gc": "Remove deleted runs and experiments for good.",
    "import": "Move experiments and runs of another tracker into a database.",
    "run": "Run a command as a run: its console, its end, what it logs.",
    "runs": "List, search, delete, restore and export runs.",
    "server": "Serve the tracking API.",
    "sync": "Send what was logged while a server was away.",
    "version": "Print the versions of Milepost and of the MLflow wire it speaks.",
}


class LazyGroup(click.Group):
    """A group that imports `milepost.cli.<name>` and takes its `command` when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        command: click.Command = importlib.import_module(f"milepost.cli.{name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with `milepost server`, then point any MLflow client at the address it prints.",
)
@click.version_option(__version__, "--version", message="milepost %(version)s")
def main() -> None:
    """Milepost, an experiment tracker that speaks MLflow's protocol.

    Every option can also be set in the environment, as MILEPOST_<OPTION> (for example
    MILEPOST_PORT=8080 for --port).
    """

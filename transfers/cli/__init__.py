"""The command line: thin commands, one file per group, each imported only when it is called."""

from __future__ import annotations

import gc
import importlib
import os
import sys

import click

from transfers import __version__

COMMANDS = {
    "assess": ("transfers.cli.assess", "Assess routes; write an impact assessment for each destination."),
    "batch": ("transfers.cli.batch", "Assess a whole table of routes."),
    "why": ("transfers.cli.why", "Explain a conclusion finding by finding, down to the sources."),
    "clauses": ("transfers.cli.clauses", "Look up clause sets, choose among them, make and check papers."),
    "compare": ("transfers.cli.search", "Put every transfer tool side by side for one route."),
    "country": ("transfers.cli.country", "Look up and compare the law of countries; keep the records true."),
    "impact": ("transfers.cli.impact", "Tell which routes a change of law, facts or day moves, and why."),
    "importer": ("transfers.cli.importer", "Look up importers and what they hold; keep the registry."),
    "questions": ("transfers.cli.questions", "List the open questions that matter, or ask them of an importer."),
    "remedies": ("transfers.cli.search", "Search for the smallest changes that make a route permissible."),
    "route": ("transfers.cli.route", "Make routes from a record of processing activities."),
    "schema": ("transfers.cli.schema", "Print the JSON Schema of a record."),
    "test": ("transfers.cli.test", "Run golden routes written in YAML."),
}
"""Every command: where it lives and its one line of help."""

BAD_INPUT = 2
ENVIRONMENT = 3


class LazyGroup(click.Group):
    """Imports a command on use, so that ``--version`` and ``--help`` load neither models nor data."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        command = getattr(module, cmd_name, None) or module.command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(_no_such_command(args[0]))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in sorted(COMMANDS)])


@click.group(cls=LazyGroup)
@click.version_option(__version__, prog_name="transborder", message="%(prog)s %(version)s")
def cli() -> None:
    """Say whether personal data may go to another jurisdiction, on what ground, and why."""


def main() -> None:
    """Entry point. Exit 0: done; 1: done, and the answer is no; 2: bad input; 3: the environment."""
    os.environ.setdefault(
        "PYDANTIC_DISABLE_PLUGINS", "__all__"
    )  # looking for plugins reads about every package installed
    gc.disable()  # a short process builds much and frees little: collecting costs a fifth of its time
    try:
        code = cli.main(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(ENVIRONMENT)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except RuntimeError as error:
        from transfers.tables.reading import MissingExtra

        if not isinstance(error, MissingExtra):
            raise
        click.echo(f"Error: {error}", err=True)
        sys.exit(ENVIRONMENT)
    except OSError as error:
        click.echo(f"Error: {error.strerror or error}: {error.filename or ''}", err=True)
        click.echo("Check that the folder exists, is writable and has room, then run the command again.", err=True)
        sys.exit(ENVIRONMENT)


def _no_such_command(name: str) -> str:
    import difflib

    near = difflib.get_close_matches(name, COMMANDS, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else f" Commands: {', '.join(sorted(COMMANDS))}."
    return f"there is no command {name!r}.{hint}"

"""The table of commands. A new command is a line here and a file of its own; nothing is imported for the overview."""

# Name, where it is, what it does.
COMMANDS = (
    ("demo", "demo:demo", "See it: make an organization with a year of life, serve it, say what to try."),
    ("init", "init:init", "Begin: create an organization and its owner, and print a sign-in link."),
    ("serve", "serve:serve", "Serve the API, with a worker beside it."),
    ("work", "work:work", "Only perform due jobs: mails, webhooks, transitions by the clock."),
    ("migrate", "migrate:migrate", "Bring the database to this version's schema."),
    (
        "apply",
        "season:apply",
        "Make groups and their year what a season file says, through the running service.",
    ),
    ("export", "season:export", "Print groups as a season file that applies as unchanged."),
    ("schema", "season:schema", "Print the JSON Schema of a document, for editors; needs no service."),
    ("people", "people:app", "Bring people in from other systems, through the running service."),
    (
        "sync",
        "sync:app",
        "Bring people over from a connected account, or a file, with a difference before it.",
    ),
    ("seed", "seed:seed", "Make a fresh organization in a known state, with tokens, for tests."),
    ("keys", "keys:app", "List, make and revoke keys."),
    ("openapi", "openapi:openapi", "Print the contract as OpenAPI 3.1; needs no database."),
    ("settings", "settings:settings", "Show the configuration, secrets hidden."),
)
ABOUT = "The service behind moderated peer groups: ten brains on one problem."
CODES = "Exit codes: 0 all done, 1 rejected or in conflict, 2 usage, 3 server or database unreachable."


def overview() -> str:
    """What `peergroup --help` prints."""
    widest = max(len(name) for name, _, _ in COMMANDS)
    lines = [f"  {name:<{widest}}  {does}" for name, _, does in COMMANDS]
    return "\n".join(
        [
            "Usage: peergroup COMMAND [OPTIONS]",
            "",
            ABOUT,
            "",
            *lines,
            "",
            "Each command has its own --help; --version prints the version.",
            CODES,
            "Configuration comes from PEERGROUP_* variables: see 'peergroup settings'.",
        ]
    )

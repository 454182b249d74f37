"""What can be wrong with the database, each in a sentence that says what to do."""


class ClusterError(Exception):
    """The database cannot be used; the message is for the person at the keyboard."""


# What PostgreSQL writes when trying again cannot help, and what we say then.
HOPELESS = {
    "No space left on device": (
        "The disk is full, so the database cannot start. Free some space (the data "
        "is in {data}) and start again: nothing that was saved is lost."
    ),
    "database files are incompatible with server": (
        "The database in {data} was made by another version of PostgreSQL. Use the "
        "release of The Deal that made it, or restore a backup into a fresh folder."
    ),
    "Read-only file system": (
        "The disk that holds {data} is read-only, so the database cannot start. "
        "Mount it for writing and start again."
    ),
    "has wrong ownership": (
        "The database in {data} belongs to another user. Start as the user who made "
        "it, or give the folder back to that user."
    ),
    "invalid checkpoint record": (
        "The database in {data} is damaged and cannot start. Keep the folder as it "
        "is and restore the last backup into a fresh one."
    ),
}


def hopeless(log: str, *, data: object) -> str | None:
    """Give our sentence where the server's log says that trying again is useless."""
    for words, sentence in HOPELESS.items():
        if words in log:
            return sentence.format(data=data)
    return None

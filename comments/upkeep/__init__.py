"""What keeps a site well: the doctor, backups, the check of the log, the `ops` commands."""

"""What the person's own page asks; every question may be left blank but the needed one."""

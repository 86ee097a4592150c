"""What each command shows: one module a command runs its job and puts what came of it in words for staff and for programs."""

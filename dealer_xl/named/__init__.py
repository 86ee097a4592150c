"""Jobs that staff ask for by their label, in a cell or in a menu: understood, and carried out as the command line does."""

from dealer_xl.named.clerk import Clerk
from dealer_xl.named.request import ASKED_FOR, REDO, Request, UnknownRequestError, read_request

__all__ = ["ASKED_FOR", "REDO", "Clerk", "Request", "UnknownRequestError", "read_request"]

"""`python -m dealer_xl`, and where the program for PCs without Python begins."""

from __future__ import annotations

import sys

from dealer_xl.frontends.frozen import main

sys.exit(main())

"""`python -m peergroup.cli` is `peergroup`."""

from peergroup.cli import main

if __name__ == "__main__":
    main()

"""`python -m rawabit.cli`, where the script `rawabit` is not on the path."""
from rawabit.cli import main

if __name__ == "__main__":
    main(prog_name="rawabit")

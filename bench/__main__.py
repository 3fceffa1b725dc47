"""All benchmarks, one after the other: `make bench`."""

from . import markup, pages, posting

SECONDS = 4

if __name__ == "__main__":
    for module in (markup, pages, posting):
        print(f"\n=== {(module.__doc__ or '').strip().splitlines()[0]}")
        module.main() if module is markup else module.main(SECONDS)

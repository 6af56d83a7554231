"""Recovery of mojibake that lost bytes: noisy-channel decoding over small tables; see docs/text-repair.md."""

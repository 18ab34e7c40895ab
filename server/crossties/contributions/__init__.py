"""What people contribute: received, judged, reviewed, accepted, taken back."""

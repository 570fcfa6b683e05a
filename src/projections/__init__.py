"""Read models: disposable, rebuilt from the record, asked at any point of both time axes."""

namespace Sync.Net.IntegrationTests.Harness;

/// <summary>Lines as they come, and those who wait for one.</summary>
internal sealed class EventWatch
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly List<(string[] Parts, TaskCompletionSource<string> Seen)> _waiting = [];

    /// <summary>How many lines there are so far.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _lines.Count;
        }
    }

    public void Add(string line)
    {
        lock (_lock)
        {
            _lines.Add(line);
            foreach ((_, TaskCompletionSource<string> seen) in _waiting.Where(w => Has(line, w.Parts))) seen.TrySetResult(line);
        }
    }

    /// <summary>The first line after the first <paramref name="seen"/> ones, past or to come, that has all the parts.</summary>
    public Task<string> SeenAsync(int seen, string[] parts)
    {
        lock (_lock)
        {
            if (_lines.Skip(seen).FirstOrDefault(line => Has(line, parts)) is { } line) return Task.FromResult(line);
            TaskCompletionSource<string> waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((parts, waiting));
            return waiting.Task;
        }
    }

    private static bool Has(string line, string[] parts) => Array.TrueForAll(parts, part => line.Contains(part, StringComparison.Ordinal));
}

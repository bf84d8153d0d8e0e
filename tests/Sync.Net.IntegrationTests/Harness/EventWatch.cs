namespace Sync.Net.IntegrationTests.Harness;

/// <summary>Lines as they come, and those who wait for one.</summary>
internal sealed class EventWatch
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly List<(string[] Parts, TaskCompletionSource<string> Seen)> _waiting = [];

    public void Add(string line)
    {
        lock (_lock)
        {
            _lines.Add(line);
            foreach ((_, TaskCompletionSource<string> seen) in _waiting.Where(w => Has(line, w.Parts))) seen.TrySetResult(line);
        }
    }

    /// <summary>The first line, past or to come, that has all the parts.</summary>
    public Task<string> SeenAsync(string[] parts)
    {
        lock (_lock)
        {
            TaskCompletionSource<string> seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_lines.Find(line => Has(line, parts)) is { } line) seen.SetResult(line);
            else _waiting.Add((parts, seen));
            return seen.Task;
        }
    }

    private static bool Has(string line, string[] parts) => Array.TrueForAll(parts, part => line.Contains(part, StringComparison.Ordinal));
}

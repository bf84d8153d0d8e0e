using System.Collections.Concurrent;
using System.Diagnostics;
using Sync.Net.Cli.Processes;

namespace Sync.Net.Cli.Demo;

/// <summary>The process of one member, and what it has told so far.</summary>
internal sealed class DemoProcess : IDisposable
{
    /// <summary>The verb of a member's own process; not for people.</summary>
    public const string MemberVerb = "demo-member";

    private readonly string _member;
    private readonly Process _process;
    private readonly ConcurrentQueue<DemoEvent> _events = new();
    private readonly TaskCompletionSource<DemoEvent?> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<string> _errors;
    private readonly Task _reading;

    private DemoProcess(string member, Process process)
    {
        _member = member;
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        _reading = ReadAsync();
    }

    public IEnumerable<DemoEvent> Events => _events;

    public static DemoProcess Start(string member, string? endpoint)
    {
        ProcessStartInfo start = OwnProgram.With(MemberVerb, member);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        // The demo is about itself, whatever run its user's shell belongs to.
        foreach (string name in start.Environment.Keys.Where(IsOurs).ToArray()) start.Environment.Remove(name);
        start.Environment["SYNC_NET_MEMBER"] = member;
        if (endpoint is not null) start.Environment["SYNC_NET_ENDPOINT"] = endpoint;
        return new DemoProcess(member, Process.Start(start)!);
    }

    /// <summary>Its first event; null if it ended without one.</summary>
    public Task<DemoEvent?> FirstEventAsync(CancellationToken cancellationToken) => _first.Task.WaitAsync(cancellationToken);

    public async Task<DemoEnd> EndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        await _reading.WaitAsync(cancellationToken);
        string errors = await _errors.WaitAsync(cancellationToken);
        return new DemoEnd(_member, _process.ExitCode, errors.Trim());
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private static bool IsOurs(string variable) => variable.StartsWith("SYNC_NET_", StringComparison.Ordinal);

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (DemoEvent.FromLine(line) is not { } told) continue;
            _events.Enqueue(told);
            _first.TrySetResult(told);
        }

        _first.TrySetResult(null);
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using Sync.Net.TestMember.Protocol;

namespace Sync.Net.IntegrationTests.Harness;

/// <summary>A process with the library in it, which does what the test says. Killed at the latest when it is disposed.</summary>
internal sealed class MemberProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentDictionary<long, PendingCall> _calls = new();
    private readonly ConcurrentQueue<string> _history = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private readonly Lock _writing = new();
    private long _lastId;

    private MemberProcess(string name, Process process)
    {
        Name = name;
        _process = process;
        _reading = Task.WhenAll(ReadEventsAsync(), ReadErrorsAsync());
    }

    public string Name { get; }

    public int Pid => _process.Id;

    /// <summary>What the process has said so far, for the text of a failed test.</summary>
    public string History => $"{Name} (pid {Pid}):\n  {string.Join("\n  ", _history)}";

    /// <summary>What the library logs in this process.</summary>
    public EventWatch Log { get; } = new();

    /// <summary>Ends when the library has logged a line with all of these words in it.</summary>
    public Task<string> LoggedAsync(params string[] parts) => LoggedSinceAsync(0, parts);

    /// <summary>As <see cref="LoggedAsync"/>, for lines after the first <paramref name="seen"/> ones.</summary>
    public Task<string> LoggedSinceAsync(int seen, params string[] parts) =>
        Log.SeenAsync(seen, parts).Within(Bounded.Limit, () => History, $"a line of the log with {string.Join(", ", parts)}");

    /// <param name="name">How the test calls it.</param>
    /// <param name="prefix">What runs the program, such as <c>ip netns exec NAME</c>; empty for this machine itself.</param>
    public static async Task<MemberProcess> StartAsync(string name, IReadOnlyList<string> prefix)
    {
        string[] command = [.. prefix, Programs.DotNet, "exec", Programs.TestMember];
        ProcessStartInfo start = new(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        MemberProcess member = new(name, Process.Start(start)!);
        try
        {
            await member._ready.Task.Within(Bounded.Limit, () => member.History);
            return member;
        }
        catch
        {
            await member.DisposeAsync();
            throw;
        }
    }

    /// <summary>Begins a command; <see cref="PendingCall"/> tells what comes of it.</summary>
    public PendingCall Send(Command command)
    {
        PendingCall call = new(this, Interlocked.Increment(ref _lastId), command.Op);
        _calls[call.Id] = call;
        string line = Lines.Write(command with { Id = call.Id });
        _history.Enqueue("> " + line);
        lock (_writing)
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }

        return call;
    }

    /// <summary>Stops the process with SIGSTOP; returns when none of its threads runs any more.</summary>
    public async Task StopAsync()
    {
        Signals.Stop(Pid);
        await ProcessState.StoppedAsync(Pid).Within(Bounded.Limit);
    }

    public void Continue() => Signals.Continue(Pid);

    /// <summary>Kills the process with SIGKILL; returns when, as <see cref="Stopwatch.GetTimestamp"/> tells it.</summary>
    public async Task<long> KillAsync()
    {
        long at = Stopwatch.GetTimestamp();
        Signals.Kill(Pid);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).Within(Bounded.Limit);
        return at;
    }

    /// <summary>Lets the process dispose everything and end.</summary>
    public async Task ExitAsync()
    {
        Send(new Command { Id = 0, Op = Ops.Exit });
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).Within(Bounded.Limit, () => History);
        Assert.Equal(0, _process.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_process.HasExited) _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended between the two.
        }

        await _reading;
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private async Task ReadEventsAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _history.Enqueue("< " + line);
            MemberEvent e = Lines.Read<MemberEvent>(line);
            if (e.Kind == EventKind.Ready) _ready.TrySetResult();
            else if (e.Kind == EventKind.Log) Log.Add(e.Text!);
            else if (_calls.TryGetValue(e.Id, out PendingCall? call)) call.OnEvent(e);
        }

        _ready.TrySetException(new InvalidOperationException($"{Name} ended before it was ready."));
        foreach (PendingCall call in _calls.Values) call.OnProcessEnded();
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line) _history.Enqueue("! " + line);
    }
}

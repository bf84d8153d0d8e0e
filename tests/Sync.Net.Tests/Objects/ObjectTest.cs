using Microsoft.Extensions.Time.Testing;
using Sync.Net.Transport;

namespace Sync.Net.Tests.Objects;

/// <summary>The public objects, on a network within the test and in a time that stands still unless the test moves it.</summary>
public abstract class ObjectTest : BoundedTest, IAsyncLifetime
{
    private protected static readonly string[] Two = ["h#1", "h#2"];
    private protected static readonly string[] Three = ["h#1", "h#2", "h#3"];

    private readonly List<IAsyncDisposable> _made = [];
    private readonly MemoryTransport _network = new();

    private protected FakeTimeProvider Time { get; } = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _made.Reverse();
        foreach (IAsyncDisposable each in _made) await AdvanceUntilAsync(each.DisposeAsync().AsTask());
        Dispose();
        GC.SuppressFinalize(this);
    }

    private protected SimulatedProcess StartProcess() => new(_network);

    /// <summary>Options of a member in a process; by default in one that nobody else shares.</summary>
    private protected SyncOptions Options(SimulatedProcess? process = null) =>
        new() { Transport = process ?? StartProcess(), TimeProvider = Time, Random = new Random(1) };

    private protected Barrier MakeBarrier(
        string self, string tag, string[]? roster = null, SyncOptions? options = null, TimeSpan? timeout = null, SyncServer? server = null) =>
        Keep(new Barrier(self, tag, timeout, roster, options ?? Options(), server));

    private protected SyncData<T> MakeData<T>(
        string self, string session, string[] hosts, SyncOptions? options = null, string? master = null, SyncServer? server = null)
        where T : notnull => Keep(new SyncData<T>(master ?? hosts[0], self, hosts, session, null, options ?? Options(), server));

    private protected async Task<SyncServer> StartServerAsync(SimulatedProcess? process = null, string listen = "h:0") => Keep(
        await SyncServer.StartAsync(new SyncServerOptions { Listen = listen, Transport = process ?? StartProcess(), TimeProvider = Time }, Token));

    private protected T Keep<T>(T made)
        where T : IAsyncDisposable
    {
        _made.Add(made);
        return made;
    }

    /// <summary>
    /// Moves the time on until something has happened that needs it. Not for what goes over a connection: the time would run
    /// away from the bytes, and silence is death.
    /// </summary>
    private protected async Task AdvanceUntilAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            Token.ThrowIfCancellationRequested();
            Time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }
        await task;
    }

    private protected Task<T[]> AllAsync<T>(params Task<T>[] calls) => Task.WhenAll(calls).WaitAsync(Token);

    /// <summary>How a call failed.</summary>
    private protected async Task<SyncFailure> FailureAsync(Task call)
    {
        Exception e = await Assert.ThrowsAnyAsync<Exception>(() => call.WaitAsync(Token));
        Assert.DoesNotContain('\n', e.Message);
        return Assert.IsAssignableFrom<ISyncFailure>(e).Failure;
    }
}

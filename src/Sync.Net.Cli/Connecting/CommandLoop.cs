using System.Diagnostics;
using Sync.Net.Transport;

namespace Sync.Net.Cli.Connecting;

/// <summary>
/// Runs a command on the thread that calls it, with nothing beside it: no thread reads, none keeps time and none waits for work. That is most
/// of a short command's time. Once it takes longer than <see cref="Soon"/>, timers run and signals are listened to.
/// </summary>
/// <remarks>Only the first connection is the loop's; what is not quick to reach, and a second one, is read as any other member's is.</remarks>
#pragma warning disable CA1001 // The stream is its dialler's to dispose.
internal sealed class CommandLoop : ITransport
#pragma warning restore CA1001
{
    public static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);

    [ThreadStatic]
    private static CommandLoop? current;

    private readonly CommandTime _time = new(Soon);
    private CommandStream? _stream;

    private CommandLoop()
    {
    }

    /// <summary>What is run by a loop is a command, and uses its connection and its time.</summary>
    public static void Prepare(SyncOptions options)
    {
        options.IsCommand = true;
        if (current is not { } loop) return;
        options.Transport = loop;
        options.TimeProvider = loop._time;
    }

    /// <summary>Runs the work to its end.</summary>
    /// <param name="start">Starts the work, on this thread.</param>
    /// <param name="takesLonger">It is not over soon.</param>
    public static Task<int> RunAsync(Func<Task<int>> start, Action takesLonger)
    {
        CommandLoop loop = new();
        current = loop;
        Task<int> work;
        try
        {
            work = start();
        }
        finally
        {
            current = null;
        }
        loop.RunUntilOver(work, takesLonger);
        return work;
    }

    public ValueTask<Stream> ConnectAsync(SyncEndpoint endpoint, CancellationToken cancellationToken) =>
        SocketTransport.Instance.ConnectAsync(endpoint, cancellationToken);

    public ValueTask<Stream> DialAsync(SyncEndpoint endpoint, CancellationToken cancellationToken) =>
        current == this && _stream is null && PromptSocket.ConnectOrNull(endpoint.Host, endpoint.Port, endpoint.Path, Soon) is { } socket
            ? new(_stream = new CommandStream(socket))
            : SocketTransport.Instance.DialAsync(endpoint, cancellationToken);

    public IListener Listen(SyncEndpoint endpoint) => SocketTransport.Instance.Listen(endpoint);

    public ValueTask<bool> IsLocalAsync(SyncEndpoint endpoint, CancellationToken cancellationToken) =>
        SocketTransport.Instance.IsLocalAsync(endpoint, cancellationToken);

    private void RunUntilOver(Task<int> work, Action takesLonger)
    {
        long started = Stopwatch.GetTimestamp();
        while (!work.IsCompleted)
        {
            TimeSpan left = Soon - Stopwatch.GetElapsedTime(started);
            if (left <= TimeSpan.Zero) break;
            Advance(work, left);
        }
        if (work.IsCompleted) return;

        _time.Run();
        takesLonger();
        // Its end may come from elsewhere, while this thread waits for a read to be asked for.
        if (_stream is { } stream) work.ContinueWith(_ => stream.Wake(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        while (!work.IsCompleted) Advance(work, Timeout.InfiniteTimeSpan);
    }

    private void Advance(Task work, TimeSpan patience)
    {
        if (_stream is null) ((IAsyncResult)work).AsyncWaitHandle.WaitOne(patience);
        else if (_stream.ReadOnce(patience) == CommandStream.Look.Over) _stream = null;
    }
}

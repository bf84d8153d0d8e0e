using System.Diagnostics;
using System.IO.Pipelines;
using Sync.Net.Transport;

namespace Sync.Net.Cli.Connecting;

/// <summary>A command's connection: the thread that waits for the command's end does its reading, and goes on with what awaited it.</summary>
/// <remarks>One read and one write at a time. A cancelled read ends the connection.</remarks>
internal sealed class CommandStream(PromptSocket socket) : DuplexStream
{
    /// <summary>Longer than a round trip on one host takes.</summary>
    private static readonly TimeSpan Prompt = TimeSpan.FromMicroseconds(100);

    private readonly object _gate = new();
    private readonly ReadRequest _request = new();
    private bool _isAsked;
    private bool _isClosed;
    private bool _isAwaitedElsewhere;

    /// <summary>What a look at the connection found.</summary>
    public enum Look
    {
        /// <summary>Something was read, and what awaited it has run.</summary>
        Read,

        /// <summary>Nothing, for as long as that took.</summary>
        Nothing,

        /// <summary>It is closed, and nobody waits for it any more.</summary>
        Over,
    }

    /// <summary>Waits for a read to be asked for and for something to be read, each for that long, and reads it.</summary>
    public Look ReadOnce(TimeSpan patience)
    {
        lock (_gate)
        {
            while (!_isAsked)
            {
                if (_isClosed) return Look.Over;
                if (_isAwaitedElsewhere || !Monitor.Wait(_gate, patience)) return Look.Nothing;
            }
        }
        int? count = 0;
        Exception? failure = null;
        try
        {
            count = ReceivePromptly(patience);
            if (count is null) return Look.Nothing;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            failure = e;
        }
        lock (_gate) _isAsked = false;
        _request.End(count ?? 0, failure);
        return Look.Read;
    }

    /// <summary>What the reading thread waits for has come from somewhere else.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _isAwaitedElsewhere = true;
            Monitor.Pulse(_gate);
        }
    }

    public override PipeReader CreateReader() => new CommandReader(this);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<int>(cancellationToken);
        CancellationTokenRegistration cancelling = cancellationToken.UnsafeRegister(static stream => ((CommandStream)stream!).Dispose(), this);
        lock (_gate)
        {
            if (!_isClosed)
            {
                ValueTask<int> read = _request.Begin(buffer, cancelling);
                _isAsked = true;
                Monitor.Pulse(_gate);
                return read;
            }
        }
        cancelling.Unregister();
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<int>(cancellationToken)
            : ValueTask.FromException<int>(new ObjectDisposedException(nameof(CommandStream)));
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        try
        {
            while (!buffer.IsEmpty && socket.Send(buffer.Span) is > 0 and var taken) buffer = buffer[taken..];
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return ValueTask.FromException(e);
        }
        // The server may have to be read from before it takes more, and this may be the thread that reads.
        return buffer.IsEmpty ? ValueTask.CompletedTask : new ValueTask(Task.Run(() => WriteRest(buffer), CancellationToken.None));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (_gate)
            {
                if (_isClosed) return;
                _isClosed = true;
                Monitor.Pulse(_gate);
            }
            // Wakes the thread that waits for it, which no closing would do.
            socket.Shutdown();
            socket.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <summary>
    /// A server on this host answers before a thread that was put to sleep would run again, so at first this one only lets others run. Null
    /// when there is nothing for as long as the patience lasts.
    /// </summary>
    private int? ReceivePromptly(TimeSpan patience)
    {
        for (long began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < Prompt;)
        {
            if (socket.Receive(_request.Buffer.Span) is { } count) return count;
            Thread.Yield();
        }
        return socket.WaitToReceive(patience) ? socket.Receive(_request.Buffer.Span) : null;
    }

    private void WriteRest(ReadOnlyMemory<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            socket.WaitToSend();
            buffer = buffer[socket.Send(buffer.Span)..];
        }
    }
}

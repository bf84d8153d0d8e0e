using System.Net.Sockets;

namespace Sync.Net.Transport;

/// <summary>A socket that a thread of its own reads, and that is written to by whoever writes.</summary>
/// <remarks>One read and one write at a time. A cancelled read ends the connection.</remarks>
internal sealed class DialedStream : DuplexStream
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly SocketReader _reader;

    /// <param name="socket">Connected, and never used asynchronously.</param>
    /// <param name="threads">Where the reading goes on when its thread is kept.</param>
    /// <param name="time">Tells when that is.</param>
    public DialedStream(Socket socket, ReaderThreads threads, TimeProvider time)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = new SocketReader(socket, _stream, threads, time);
    }

    /// <summary>Its thread has given up, and the runtime's own asynchronous sockets do the work.</summary>
    public bool IsAsynchronous => _reader.IsAsynchronous;

    /// <summary>The calling thread reads from now on, and what awaits a read runs on it.</summary>
    public void RunReads() => _reader.Run();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<int>(cancellationToken);
        return _reader.ReadAsync(buffer, cancellationToken.UnsafeRegister(static stream => ((DialedStream)stream!).Dispose(), this));
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        if (!_reader.IsAsynchronous)
        {
            try
            {
                WriteWhatIsTaken(ref buffer);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                return ValueTask.FromException(e);
            }
            if (buffer.IsEmpty) return ValueTask.CompletedTask;
            _reader.TurnAsynchronous();
        }
        return _stream.WriteAsync(buffer, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _reader.Dispose();
        base.Dispose(disposing);
    }

    private void WriteWhatIsTaken(ref ReadOnlyMemory<byte> buffer)
    {
        while (!buffer.IsEmpty && PromptSend.Send(_socket, buffer.Span) is > 0 and var taken) buffer = buffer[taken..];
    }
}

namespace Sync.Net.Runtime.Server;

/// <summary>
/// The outgoing frames of one connection: anybody enqueues, at most one writer at a time sends, and nobody waits.
/// </summary>
/// <remarks>
/// Enqueueing only remembers the frame, so it may happen under the group's lock; <see cref="Flush"/> writes on the
/// calling thread for as long as the kernel takes the bytes at once, and on the pool from then on.
/// </remarks>
internal sealed partial class Outbox(Stream stream, long maxPrivateBytes, IOutboxOwner owner)
{
    private readonly Lock _gate = new();
    private List<OutgoingFrame> _queued = [];
    private List<OutgoingFrame> _sending = [];
    private long _privateBytes;
    private bool _isSending;
    private bool _isClosed;

    /// <summary>Bytes are on their way that the other side has not taken yet.</summary>
    public bool IsSending => Volatile.Read(ref _isSending);

    /// <summary>False when the connection's own bytes exceed the bound: it is to be cut off.</summary>
    public bool TryEnqueue(byte[] bytes, bool shared)
    {
        lock (_gate)
        {
            if (_isClosed) return true;
            if (!shared)
            {
                // One frame always has room, however large: the bound is against piling up.
                if (_privateBytes > 0 && _privateBytes + bytes.Length > maxPrivateBytes) return false;
                _privateBytes += bytes.Length;
            }
            _queued.Add(new OutgoingFrame(bytes, shared));
            return true;
        }
    }

    /// <summary>Sends what is queued, unless somebody is at it already.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_isSending || _queued.Count == 0) return;
            _isSending = true;
            (_queued, _sending) = (_sending, _queued);
        }
        if (!TrySendOne()) _ = SendAsync();
    }

    /// <summary>The usual case, without what an asynchronous method costs: one frame, which is taken at once. False to send (the rest) otherwise.</summary>
    private bool TrySendOne()
    {
        if (_sending is not [{ Bytes.Length: <= WriteBytes } only]) return false;
        ValueTask write;
        try
        {
            write = stream.WriteAsync(only.Bytes, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            write = ValueTask.FromException(e);
        }
        if (write.IsCompletedSuccessfully)
        {
            Sent();
            return !TakeQueued();
        }
        _ = GoOnAsync(write);
        return true;
    }

    private async Task GoOnAsync(ValueTask write)
    {
        try
        {
            await write.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever a stream throws is this connection's end and nobody else's.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Close();
            owner.OnSendFailed(e);
            return;
        }
        owner.OnBytesTaken();
        Sent();
        if (TakeQueued()) await SendAsync().ConfigureAwait(false);
    }

    /// <summary>Forgets what is queued and takes nothing more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _queued.Clear();
            _privateBytes = 0;
        }
    }

    private async Task SendAsync()
    {
        try
        {
            do
            {
                await SendAllAsync(_sending).ConfigureAwait(false);
                Sent();
            }
            while (TakeQueued());
        }
#pragma warning disable CA1031 // Whatever a stream throws is this connection's end and nobody else's.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Close();
            owner.OnSendFailed(e);
        }
    }

    private bool TakeQueued()
    {
        lock (_gate)
        {
            _isSending = _queued.Count > 0;
            (_queued, _sending) = (_sending, _queued);
            return _isSending;
        }
    }

    private void Sent()
    {
        long bytes = 0;
        foreach (OutgoingFrame frame in _sending)
        {
            if (!frame.Shared) bytes += frame.Bytes.Length;
        }
        _sending.Clear();
        if (bytes == 0) return;
        lock (_gate) _privateBytes = Math.Max(0, _privateBytes - bytes);
    }
}
